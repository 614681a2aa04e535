"""Servers on loopback that take messages: one for mail, one for JSON over HTTP."""

from __future__ import annotations

import email
import email.policy
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from aiosmtpd.controller import Controller


class Mailbox:
    """What a mail server was sent; ``refuses`` makes it refuse."""

    def __init__(self):
        self.mails = []
        self.refuses = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return "451 later"
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


class AnyPort(Controller):
    """A controller that takes a free port, and knows it when it wakes its server."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server() -> Iterator[tuple[str, Mailbox]]:
    """A mail server; the beginning of an address for it, and what it gets."""
    mailbox = Mailbox()
    controller = AnyPort(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield f"mailto://127.0.0.1:{controller.port}?mode=insecure&from=jixiao@example.gov.cn&to=", mailbox
    finally:
        controller.stop()


class Hook:
    """What an HTTP server was posted; ``answer`` is what it says, always with status 200."""

    def __init__(self):
        self.posts = []
        self.answer = {"errcode": 0, "code": 0}
        self.status = 200


@contextmanager
def http_server() -> Iterator[tuple[str, Hook]]:
    """An HTTP server; its host with port, and what it gets."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            hook.posts.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(hook.status)
            self.end_headers()
            self.wfile.write(json.dumps(hook.answer).encode())

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}", hook
        finally:
            server.shutdown()
            thread.join()
