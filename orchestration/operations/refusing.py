"""What is answered to whoever asks the server for what it does not give, always in Chinese. What it gives, and to whom,
is not said here.
"""

from __future__ import annotations

from asyncio import WriteTransport
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from warehouse.errors import JixiaoError

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every response carries."""
NOT_FOUND = "没有这个文件。"
_ONLY_READ = "这里只供查看（GET、HEAD），不接受别的请求。"
_NOT_UNDERSTOOD = "看不懂这个请求，请检查地址。"
_OTHER_NAME = "没有设访问口令时，只能在本机用 localhost 或 127.0.0.1 访问。"
_WRONG_PARTS = "请求的字节范围不对。"
_FAILED = "系统内部出错，这个请求没有完成。详情在服务的日志中。"


class InChinese:
    """What libraries refuse with 400, they refuse in English: a name that is none of this machine's, senseless parts of
    a file."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on, but for the words of such refusals."""
        said = _WRONG_PARTS if any(name == b"range" for name, _ in scope.get("headers", ())) else _OTHER_NAME
        is_refused = False

        async def sending(message: Message) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start" and message["status"] == 400:
                is_refused = True
                MutableHeaders(scope=message)["content-length"] = str(len(said.encode()))
            elif is_refused:
                message = {**message, "body": said.encode()}
            await send(message)

        await self._app(scope, receive, sending)


async def _nothing(request: Request, error: Exception) -> Response:
    return PlainTextResponse(NOT_FOUND, 404)


async def _only_read(request: Request, error: Exception) -> Response:
    return PlainTextResponse(_ONLY_READ, 405, {"Allow": "GET, HEAD"})


async def _broken(request: Request, error: Exception) -> Response:
    return PlainTextResponse(error.message if isinstance(error, JixiaoError) else _FAILED, 500, HEADERS)


ANSWERS: Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
    404: _nothing,
    405: _only_read,
    JixiaoError: _broken,
    Exception: _broken,
}


class _Connection(Protocol):
    transport: WriteTransport


def _refuse(protocol: _Connection, _: str) -> None:
    """What the protocol answers to what is no request, before there is one that the application could answer."""
    body = _NOT_UNDERSTOOD.encode()
    headers = {
        **HEADERS,
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": len(body),
        "Connection": "close",
    }
    lines = ["HTTP/1.1 400 Bad Request", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    protocol.transport.write("\r\n".join(lines).encode() + body)
    protocol.transport.close()


PROTOCOL = type("Protocol", (AutoHTTPProtocol,), {"send_400_response": _refuse})
"""The protocol that uvicorn would choose, but for the words of its refusal."""
