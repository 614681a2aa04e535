"""Releases over HTTP, asked as clients ask: plain sockets for what a polite client would not send, a real DuckDB."""

import http.client
import shutil
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from homes import copy_of

from orchestration.operations.serving import check_access, check_certificate, configuration
from warehouse.errors import UsageError
from warehouse.home import Home
from warehouse.release.manifest import file_entries, write_manifest
from warehouse.release.releases import Release, Releases

pytestmark = pytest.mark.pipeline

TOKEN = "Kouling_0123456789-abc"


class Served:
    """A server in a thread of its own; closed by ``stop``."""

    def __init__(self, home: Home, token: str | None, cert: Path | None = None, key: Path | None = None) -> None:
        self.home = home
        config = configuration(home, token, cert, key)
        config.port = 0
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        self.port = self._server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by small letters, body; redirects are not followed, the path is sent as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, body

    def raw(self, asked: str) -> tuple[int, dict[str, str], str]:
        """Status, headers by small letters, body of what is sent as it stands."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(asked.encode())
            response = http.client.HTTPResponse(connection)
            response.begin()
            return (
                response.status,
                {name.lower(): value for name, value in response.getheaders()},
                response.read().decode(),
            )


@pytest.fixture(scope="module")
def home(published, tmp_path_factory) -> Home:
    home = copy_of(published, tmp_path_factory.mktemp("served") / "home")
    release = Releases(home).current()
    release.path.chmod(0o755)
    (release.path / "secret").symlink_to(home.config)
    (release.path / "loose.html").write_text("not listed")
    page = release.path / "quality" / "index.html"
    page.parent.chmod(0o755)
    page.unlink()
    page.symlink_to(home.config)
    return home


@pytest.fixture(scope="module")
def open_site(home):
    served = Served(home, None)
    yield served
    served.stop()


@pytest.fixture(scope="module")
def guarded_site(home):
    served = Served(home, TOKEN)
    yield served
    served.stop()


@pytest.fixture(scope="module")
def release(home):
    return Releases(home).current()


def test_current_leads_to_the_release_that_never_changes(open_site, release):
    status, headers, _ = open_site.ask("/current/warehouse.duckdb")
    assert status == 307
    assert headers["location"] == f"/releases/{release.release_id}/warehouse.duckdb"
    assert headers["cache-control"] == "no-store"
    assert open_site.ask("/")[1]["location"] == f"/releases/{release.release_id}/board/index.html"


def test_files_come_whole_and_in_parts(open_site, release):
    path, content = f"/releases/{release.release_id}/warehouse.duckdb", release.database.read_bytes()
    tag = f'"{release.manifest["files"]["warehouse.duckdb"]["sha256"]}"'
    status, headers, body = open_site.ask(path, "HEAD")
    assert (status, body, headers["content-length"], headers["etag"]) == (200, b"", str(len(content)), tag)
    assert headers["accept-ranges"] == "bytes"
    assert open_site.ask(path)[2] == content
    status, headers, body = open_site.ask(path, Range="bytes=4096-8191")
    assert (status, body) == (206, content[4096:8192])
    assert headers["content-range"] == f"bytes 4096-8191/{len(content)}"
    assert open_site.ask(path, Range="bytes=-16")[2] == content[-16:]
    assert open_site.ask(path, Range=f"bytes={len(content)}-")[0] == 416
    assert open_site.ask(path, Range="bytes=0-15", If_Range='"other"')[0] == 200
    assert open_site.ask(path, Range="bytes=0-15", If_Match='"other"')[0] == 412
    assert open_site.ask(path, If_None_Match=tag)[::2] == (304, b"")


@pytest.mark.parametrize(
    "name", ["board/index.html", "dictionary.html", "parquet/core.dim_project.parquet", "manifest.json"]
)
def test_everything_that_a_release_shows_is_there(open_site, release, name):
    status, headers, body = open_site.ask(f"/releases/{release.release_id}/{name}")
    assert (status, body) == (200, (release.path / name).read_bytes())
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_nothing_outside_a_release_is_reached(open_site, home, release):
    inside = f"/releases/{release.release_id}"
    for path in (
        f"{inside}/../../../jixiao.toml",
        f"{inside}/..%2f..%2f..%2fjixiao.toml",
        f"{inside}/%2e%2e/%2e%2e/%2e%2e/jixiao.toml",
        f"{inside}/board/../../../../jixiao.toml",
        f"{inside}/board/..%5c..%5cjixiao.toml",
        f"{inside}/%2fetc%2fpasswd",
        f"{inside}//etc/passwd",
        f"{inside}/board/index.html%00",
        f"{inside}/secret",
        f"{inside}/quality/index.html",
        f"{inside}/loose.html",
        f"{inside}/board",
        f"{inside}/board/",
        f"{inside}/",
        "/releases/",
        "/releases",
        "/current/",
        "/current/../jixiao.toml",
        "/releases/../current/warehouse.duckdb",
        "/releases/..%2f..%2fledger/x",
        "/ledger",
        "/docs",
        "/openapi.json",
    ):
        status, headers, body = open_site.ask(path)
        assert status == 404, path
        assert home.config.read_bytes() not in body
        assert headers["x-content-type-options"] == "nosniff"


def test_nothing_is_changed_by_asking(open_site, release):
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        status, headers, body = open_site.ask(f"/releases/{release.release_id}/dictionary.html", method)
        assert (status, headers["allow"]) == (405, "GET, HEAD")
        assert body.decode() == "这里只供查看（GET、HEAD），不接受别的请求。"


@pytest.mark.parametrize("host", ["evil.example", "", "localhost.evil.example", "x@localhost:1", "[::2]", "[", "本机"])
def test_without_a_token_only_names_of_this_machine_are_answered(open_site, host):
    status, headers, body = open_site.raw(f"GET /current/dictionary.html HTTP/1.1\r\nHost: {host}\r\n\r\n")
    assert (status, "localhost" in body) == (400, True)
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:8686", "[::1]:8686", "[::1]"])
def test_names_of_this_machine_are_answered(open_site, host):
    assert open_site.ask("/current/dictionary.html", Host=host)[0] == 307


@pytest.mark.parametrize(
    "asked",
    [
        "nonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        "绩效 / HTTP/1.1\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01",
    ],
)
def test_what_is_no_request_is_answered_in_chinese(open_site, asked):
    status, headers, body = open_site.raw(asked)
    assert (status, body) == (400, "看不懂这个请求，请检查地址。")
    assert (headers["content-type"], headers["connection"]) == ("text/plain; charset=utf-8", "close")


def test_an_address_of_any_length_is_answered_in_chinese(open_site):
    status, _, body = open_site.raw(f"GET /{'x' * 100_000} HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert status in (400, 404)
    assert "\u4e00" <= body[0] <= "\u9fff"


@pytest.mark.parametrize("parts", ["bytes=x", "lines=1-2", "bytes=5-2", "bytes=999999999-"])
def test_senseless_parts_of_a_file_are_refused_in_chinese(open_site, release, parts):
    status, _, body = open_site.ask(f"/releases/{release.release_id}/dictionary.html", Range=parts)
    assert (status, body.decode()) in ((400, "请求的字节范围不对。"), (416, ""))


def test_a_fault_of_the_server_is_told_in_chinese_as_safely_as_all_else(open_site, release, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("x")

    monkeypatch.setattr("orchestration.operations.serving._manifest", broken)
    status, headers, body = open_site.ask(f"/releases/{release.release_id}/dictionary.html")
    assert (status, body.decode().startswith("系统内部出错")) == (500, True)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_a_websocket_is_not_opened(open_site):
    asked = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    assert open_site.raw(asked)[0] == 307


def test_a_token_is_asked_for_in_header_or_address(guarded_site, release):
    name = f"releases/{release.release_id}/dictionary.html"
    for path, headers in (
        (f"/{name}", {}),
        (f"/{name}", {"Authorization": "Bearer wrong"}),
        (f"/{name}", {"Authorization": f"Basic {TOKEN}"}),
        (f"/t/wrong/{name}", {}),
        (f"/t/{TOKEN[:-1]}/{name}", {}),
        ("/", {}),
        ("/current/board/index.html", {}),
    ):
        status, sent, body = guarded_site.ask(path, **headers)
        assert (status, sent["www-authenticate"]) == (401, "Bearer"), path
        assert "口令" in body.decode()
    assert guarded_site.ask(f"/{name}", Authorization=f"Bearer {TOKEN}")[0] == 200
    assert guarded_site.ask(f"/t/{TOKEN}/{name}")[0] == 200
    location = guarded_site.ask(f"/t/{TOKEN}/")[1]["location"]
    assert location == f"/t/{TOKEN}/releases/{release.release_id}/board/index.html"


def test_other_machines_are_served_only_with_a_token():
    check_access("127.0.0.1", None)
    check_access("0.0.0.0", TOKEN)
    for host, token in (("0.0.0.0", None), ("192.168.1.2", None), ("::", None), ("127.0.0.1", "short")):
        with pytest.raises(UsageError, match="口令"):
            check_access(host, token)


def test_each_new_release_is_followed_and_nobody_reads_of_two(published, tmp_path):
    home = copy_of(published, tmp_path / "home")
    before = Releases(home).current()
    later = _changed_copy(before, "29990101T000000Z-0001")
    own = duckdb.connect(str(before.database), read_only=True)
    published_places = own.sql(PLACES.replace("warehouse.", "")).fetchone()
    served = Served(home, None)
    address = f"http://127.0.0.1:{served.port}/current/warehouse.duckdb"
    try:
        old = served.ask("/current/warehouse.duckdb")[1]["location"]
        reader, lasting = _attached(address), _attached(f"http://127.0.0.1:{served.port}{old}")
        for each in (reader, lasting):
            assert each.sql("SELECT count(*) FROM warehouse.meta.release").fetchone() == (1,)
        home.current.unlink()
        home.current.symlink_to(f"releases/{later.release_id}")
        new = served.ask("/current/warehouse.duckdb")[1]["location"]
        assert (old != new, served.ask(new, "HEAD")[0], served.ask(old, "HEAD")[0]) == (True, 200, 200)
        assert served.ask(new, "HEAD")[1]["etag"] != served.ask(old, "HEAD")[1]["etag"]
        assert lasting.sql(PLACES).fetchone() == published_places
        # DuckDB asks for what is current anew with every part, sees another tag and gives up: it never mixes the two.
        # Its message quotes the bytes that it refused, which Python may fail to read as text.
        with pytest.raises((duckdb.Error, UnicodeDecodeError)):
            reader.sql(PLACES).fetchone()
        fresh = _attached(address)
        assert fresh.sql("SELECT count(*) FROM warehouse.core.further").fetchone() == (300_000,)
        home.current.unlink()
        assert served.ask("/current/warehouse.duckdb")[0] == 404
    finally:
        served.stop()


PLACES = "SELECT count(*), sum(hash(raw_text)) FROM warehouse.core.provenance"


def _changed_copy(release, release_id):
    folder = release.path.with_name(release_id)
    shutil.copytree(release.path, folder)
    database = folder / "warehouse.duckdb"
    database.chmod(0o644)
    with duckdb.connect(str(database)) as connection:
        connection.execute("CREATE TABLE core.further AS SELECT hash(i) AS i FROM range(300000) AS r(i)")
    (folder / "manifest.json").chmod(0o644)
    write_manifest(folder, {**release.manifest, "files": file_entries(folder)})
    return Release(folder)


def test_duckdb_attaches_the_current_release(guarded_site, release):
    connection = _attached(f"http://127.0.0.1:{guarded_site.port}/t/{TOKEN}/current/warehouse.duckdb")
    found = connection.sql("SELECT count(*), sum(budget_yuan) FROM warehouse.mart.project_execution").fetchone()
    own = duckdb.connect(str(release.database), read_only=True)
    assert found == own.sql("SELECT count(*), sum(budget_yuan) FROM mart.project_execution").fetchone()
    assert found[0] > 0


def _attached(address: str, *settings: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(";".join([f"LOAD '{_httpfs()}'", *settings]))
    connection.execute(f"ATTACH '{address}' AS warehouse (READ_ONLY)")
    return connection


def _httpfs() -> str:
    package = pytest.importorskip("duckdb_extension_httpfs", reason="DuckDB's httpfs extension is not installed")
    path = files(package) / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    if not path.is_file():
        pytest.skip(f"httpfs is installed for another version than DuckDB {duckdb.__version__}")
    return str(path)


@pytest.fixture(scope="module")
def pair(tmp_path_factory) -> tuple[Path, Path]:
    """A certificate for this machine and its key, as files."""
    return _pair(tmp_path_factory.mktemp("pair"))


def _pair(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begin = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "cert.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(Encoding.PEM))
    paths[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


def test_with_a_certificate_everything_is_encrypted_and_duckdb_attaches(home, release, pair):
    check_certificate(*pair)
    served = Served(home, TOKEN, *pair)
    try:
        trusting = ssl.create_default_context(cafile=pair[0])
        connection = http.client.HTTPSConnection("localhost", served.port, context=trusting)
        connection.request("GET", f"/t/{TOKEN}/current/dictionary.html")
        assert connection.getresponse().status == 307
        connection.close()
        with pytest.raises((http.client.BadStatusLine, OSError)):
            served.ask("/")
        address = f"https://localhost:{served.port}/t/{TOKEN}/current/warehouse.duckdb"
        with pytest.raises(duckdb.Error):
            _attached(address)
        reader = _attached(address, f"SET GLOBAL ca_cert_file = '{pair[0]}'")
        assert reader.sql("SELECT max(release_id) FROM warehouse.meta.release").fetchone() == (release.release_id,)
        reader.close()
    finally:
        served.stop()


def test_a_wrong_certificate_is_told_before_anything_is_served(pair, tmp_path):
    cert, key = pair
    (tmp_path / "other").mkdir()
    _, other = _pair(tmp_path / "other")
    locked, nonsense = tmp_path / "locked.pem", tmp_path / "nonsense.pem"
    secret = load_pem_private_key(key.read_bytes(), None)
    locked.write_bytes(secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")))
    nonsense.write_text("nothing")
    for given, words in (
        ((cert, None), "须同时给出"),
        ((None, key), "须同时给出"),
        ((cert, other), "不是一对"),
        ((cert, locked), "不带口令"),
        ((nonsense, key), "PEM"),
        ((cert, tmp_path / "none.pem"), "none.pem”：不存在。"),
        ((tmp_path, key), "是文件夹"),
    ):
        with pytest.raises(UsageError, match=words):
            check_certificate(*given)
    check_certificate(None, None)
