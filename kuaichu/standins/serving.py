"""The small HTTP server under every stand-in: routes, JSON in and out, refusals with reasons, clean stop."""

from __future__ import annotations

import argparse
import json
import re
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

MAX_BODY = 4 * 1024 * 1024


class Refused(Exception):
    """An answer that says no: HTTP status and a reason, sent as `application/problem+json`."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class LostAnswer(Exception):
    """The work was done, but the connection is dropped before the answer goes out."""


@dataclass(frozen=True)
class Reply:
    """What goes back: status, content and its type."""

    status: int
    content: bytes
    kind: str = "application/json; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """What came in."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: Mapping[str, str]
    content: bytes
    named: dict[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The JSON object of the body. Refuses (400) anything else."""
        try:
            value = json.loads(self.content)
        except ValueError:
            raise Refused(400, "the body is not JSON") from None
        if not isinstance(value, dict):
            raise Refused(400, "the body is not a JSON object")
        return value


Handler = Callable[[Request], Reply]


def reply(value: object, status: int = 200) -> Reply:
    """A JSON answer."""
    return Reply(status, json.dumps(value, ensure_ascii=False).encode())


def html(text: str) -> Reply:
    """A page."""
    return Reply(200, text.encode(), "text/html; charset=utf-8")


def text_of(body: Mapping[str, Any], name: str, *, longest: int = 500, pattern: str = "") -> str:
    """A required text field. Refuses (422) when absent, empty, too long or not of the pattern."""
    value = body.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise Refused(422, f"'{name}' must be a text of 1 to {longest} characters")
    if pattern and not re.fullmatch(pattern, value):
        raise Refused(422, f"'{name}' is not well-formed")
    return value


class Site:
    """Routes by method and path pattern, e.g. `PUT /vehicles/{plate}`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._routes: list[tuple[str, re.Pattern[str], Handler]] = []
        self.on("GET", "/health", lambda _: reply({"status": "ok", "name": name}))

    def on(self, method: str, path: str, handler: Handler) -> None:
        """Answer `method path` with `handler`; `{name}` in the path matches one segment."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
        self._routes.append((method, re.compile(pattern), handler))

    def answer(self, request: Request) -> Reply:
        """The reply to one request; refusals become problem documents."""
        try:
            return self._route(request)
        except Refused as no:
            problem = {"status": no.status, "title": self.name, "detail": no.reason}
            content = json.dumps(problem, ensure_ascii=False).encode()
            return Reply(no.status, content, "application/problem+json")

    def _route(self, request: Request) -> Reply:
        known_path = False
        for method, pattern, handler in self._routes:
            if match := pattern.fullmatch(request.path):
                known_path = True
                if method == request.method:
                    request.named.update(match.groupdict())
                    return handler(request)
        raise Refused(405 if known_path else 404, "no such method here" if known_path else "no such address")


def serve(site: Site, *, host: str, port: int, close: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT, then stop taking connections and call `close`."""
    server = Server((host, port), site)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="http")
    thread.start()
    bound = server.server_address[1]
    sys.stdout.write(f"{site.name} listens on http://{host}:{bound}\n")
    sys.stdout.flush()
    stop.wait()
    server.shutdown()
    thread.join()
    server.server_close()
    close()


def arguments(description: str) -> argparse.ArgumentParser:
    """The options every stand-in has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one and prints it")
    parser.add_argument("--store", type=Path, required=True, help="the SQLite file")
    return parser


class Server(ThreadingHTTPServer):
    """A thread for each connection; connections stay open between requests."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.site = site
        super().__init__(address, _Connection)

    def server_bind(self) -> None:
        """Bind without asking the name service for our own name, which may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "standin"
    sys_version = ""
    timeout = 75
    wbufsize = -1  # head and body leave in one piece: two pieces wait 40 ms for each other
    disable_nagle_algorithm = True
    server: Server

    def _handle(self) -> None:
        content = self._content()
        if content is None:
            return
        parts = urlsplit(self.path)
        query = parse_qs(parts.query)
        headers = {name.lower(): value for name, value in self.headers.items()}
        method = "GET" if self.command == "HEAD" else self.command
        request = Request(method, unquote(parts.path, errors="replace"), query, headers, content)
        try:
            answer = self.server.site.answer(request)
        except LostAnswer:
            self.close_connection = True
            return
        self._send(answer)

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):  # every method goes the same way; the routes know which exist
            return self._handle
        raise AttributeError(name)

    def _content(self) -> bytes | None:
        length = self.headers.get("Content-Length", "0")
        chunked = "Transfer-Encoding" in self.headers
        if chunked or not length.isdigit() or int(length) > MAX_BODY:
            status = 411 if chunked else 413
            self.close_connection = True
            self._send(Reply(status, b'{"detail": "the body needs a stated length of at most 4 MB"}'))
            return None
        return self.rfile.read(int(length))

    def _send(self, answer: Reply) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.content)))
        self.send_header("Cache-Control", "no-store")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: addresses and bodies of a register are nobody's log lines."""
