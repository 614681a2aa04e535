"""Releases over HTTP, for the bureau's network: board, dictionary, Parquet and database files, and nothing else.

A file is served only under the name that its release's manifest lists, from the folder of that release, which never
changes. What is current is told by a redirect to it, so that whoever reads in parts goes on with the file he began.
Judging and publishing have no place here.
"""

from __future__ import annotations

import hmac
import re
import ssl
from collections.abc import Awaitable, Callable
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from stat import S_ISREG

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URL, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn import Config

from orchestration.operations.refusing import ANSWERS, HEADERS, NOT_FOUND, PROTOCOL, InChinese
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.identifiers import is_identifier
from warehouse.reasons import reason_of
from warehouse.release.manifest import NAME, Manifest
from warehouse.release.releases import Release, Releases

FIRST_PAGE = "board/index.html"
TOKEN_PREFIX = "t"
"""First part of addresses that carry the token: ``/t/<token>/...``."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,256}")
_LOCAL_NAMES = ["localhost", "127.0.0.1", "::1", "[::1]"]
_MANIFESTS = 16
"""Releases whose manifests are kept in memory."""
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".duckdb": "application/octet-stream",
}
_POLICY = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_PLAIN_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; {_POLICY}"
"""For pages without a script; those of the board and the dictionary name their own themselves."""
_KEPT = "private, max-age=31536000, immutable"
_NO_RELEASE = "还没有任何发布。"
_NO_ACCESS = "需要访问口令：在地址中写 /t/口令/，或在请求头中写 Authorization: Bearer 口令。"
_WRONG_PAIR = "证书与私钥不是一对。"
_NO_PAIR = "证书或私钥不能用：两者都应为 PEM 格式，私钥不带口令（openssl pkey -in 原私钥 -out 新私钥 可去掉口令）。"
_PATIENCE = 2
"""Seconds that clients have to go when it is interrupted; one that says nothing would hold it for half a minute."""
_Handler = Callable[[Request], Awaitable[Response]]


def check_access(host: str, token: str | None) -> None:
    """UsageError unless the host is this machine alone, or a token of sixteen characters or more is asked for."""
    if token is None and not is_local(host):
        raise UsageError(f"在 {host} 上提供服务须有访问口令：用 --token 或环境变量 JIXIAO_TOKEN 给出。")
    if token is not None and not _TOKEN.fullmatch(token):
        raise UsageError("访问口令应为 16 到 256 个字母、数字、- 或 _。")


def check_certificate(cert: Path | None, key: Path | None) -> None:
    """UsageError unless both are given and belong together, as PEM files without a password, or neither is."""
    if cert is None and key is None:
        return
    if cert is None or key is None:
        raise UsageError("证书与私钥须同时给出：--cert 和 --key。")
    try:
        for path in (cert, key):
            path.read_bytes()
        # A password is given, so that nobody is asked for one.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except ssl.SSLError as error:
        raise UsageError(_WRONG_PAIR if error.reason == "KEY_VALUES_MISMATCH" else _NO_PAIR, str(error)) from error
    except OSError as error:
        raise UsageError(f"无法读取“{error.filename}”：{reason_of(error)}。", str(error)) from error


def is_local(host: str) -> bool:
    """Whether only this machine reaches the host."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def configuration(home: Home, token: str | None, cert: Path | None = None, key: Path | None = None) -> Config:
    """What the server needs to know to serve the application."""
    return Config(
        application(home, token),
        http=PROTOCOL,
        ws="none",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ssl_certfile=cert,
        ssl_keyfile=key,
        timeout_graceful_shutdown=_PATIENCE,
    )


def application(home: Home, token: str | None = None) -> Starlette:
    """The application for the home's releases; with a ``token``, nothing is served without it.

    Without one it answers only to the names of this machine, so that no page from elsewhere can ask through a browser.
    """
    site = _Site(home)
    middleware = [Middleware(_SafeHeaders), Middleware(InChinese)]
    if token is None:
        middleware.append(Middleware(TrustedHostMiddleware, allowed_hosts=_LOCAL_NAMES))
    paths = {
        "/": site.first,
        "/current/{name:path}": site.current,
        "/releases/{release_id}/{name:path}": site.file,
    }
    routes = [Route(path, _guarded(handler, token), methods=["GET"]) for path, handler in paths.items()]
    if token is not None:
        routes += [
            Route(f"/{TOKEN_PREFIX}/{{token}}{path}", _guarded(handler, token), methods=["GET"])
            for path, handler in paths.items()
        ]
    return Starlette(routes=routes, middleware=middleware, exception_handlers=ANSWERS)


def _guarded(handler: _Handler, token: str | None) -> _Handler:
    async def guarded(request: Request) -> Response:
        if token is not None and not _is_allowed(request, token):
            return PlainTextResponse(_NO_ACCESS, 401, {"WWW-Authenticate": "Bearer"})
        return await handler(request)

    return guarded


def _is_allowed(request: Request, token: str) -> bool:
    """Compared in a time that says nothing of how much was right."""
    given = request.path_params.get("token")
    if given is None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return False
    return hmac.compare_digest(given.strip().encode(), token.encode())


class _Site:
    """What the addresses lead to."""

    def __init__(self, home: Home) -> None:
        self._releases = Releases(home)
        self._folder = home.releases

    async def first(self, request: Request) -> Response:
        """The first page of the current board."""
        return await self._moved(request, FIRST_PAGE)

    async def current(self, request: Request) -> Response:
        """The file of that name in the release that is current now."""
        return await self._moved(request, request.path_params["name"])

    async def file(self, request: Request) -> Response:
        """A file of a release, whole or in parts."""
        release_id, name = request.path_params["release_id"], request.path_params["name"]
        return await run_in_threadpool(self._file, request, release_id, name)

    async def _moved(self, request: Request, name: str) -> Response:
        release = await run_in_threadpool(self._releases.current)
        if release is None:
            return PlainTextResponse(_NO_RELEASE, 404)
        if name != NAME and name not in _manifest(release.path)["files"]:
            return PlainTextResponse(NOT_FOUND, 404)
        prefix = f"/{TOKEN_PREFIX}/{request.path_params['token']}" if "token" in request.path_params else ""
        target = URL(path=f"{prefix}/releases/{release.release_id}/{name}")
        return RedirectResponse(target, 307, {"Cache-Control": "no-store"})

    def _file(self, request: Request, release_id: str, name: str) -> Response:
        path = self._listed(release_id, name)
        if path is None:
            return PlainTextResponse(NOT_FOUND, 404)
        entry = _manifest(self._folder / release_id)["files"].get(name)
        tag = f'"{entry["sha256"]}"' if entry else f'"{release_id}"'
        if tag in _tags(request, "if-none-match"):
            return Response(status_code=304, headers={"ETag": tag, "Cache-Control": _KEPT})
        wanted = _tags(request, "if-match")
        if wanted and tag not in wanted and "*" not in wanted:
            return PlainTextResponse("文件已经不同。", 412)
        headers = {"ETag": tag, "Cache-Control": _KEPT, "Content-Security-Policy": _policy(name)}
        media_type = _TYPES.get(path.suffix, "application/octet-stream")
        return FileResponse(path, headers=headers, media_type=media_type, stat_result=path.stat())

    def _listed(self, release_id: str, name: str) -> Path | None:
        """The file, if the release's manifest lists it and it lies in the release itself, reached by no link."""
        folder = self._folder / release_id
        if not is_identifier(release_id) or not folder.is_dir():
            return None
        if name != NAME and name not in _manifest(folder)["files"]:
            return None
        path = folder / name
        if path.resolve() != folder.resolve().parent / release_id / name or not path.exists():
            return None
        return path if S_ISREG(path.stat().st_mode) else None


@lru_cache(_MANIFESTS)
def _manifest(folder: Path) -> Manifest:
    """A release never changes, nor does its manifest."""
    return Release(folder).manifest


def _tags(request: Request, header: str) -> list[str]:
    return [tag.strip() for tag in request.headers.get(header, "").split(",") if tag.strip()]


def _policy(name: str) -> str:
    return _POLICY if name.startswith("board/") or name == "dictionary.html" else _PLAIN_POLICY


class _SafeHeaders:
    """Every response carries the headers that keep it where it belongs."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on, with the headers put in."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)
