"""Between city and insurer: everything passes through here and is noted; some of it is lost on purpose.

The city's messages come to `/hooks` and go on to the insurer's webhook; the insurer's calls come to every
other address and go on to the city.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

STEPS = ("acknowledgement", "assessments", "approval")
_DROPPED = {"connection", "transfer-encoding", "content-length", "content-encoding", "keep-alive", "host"}


@dataclass(frozen=True)
class Call:
    """One call of the insurer's system, and the city's answer (0: it was lost on purpose)."""

    method: str
    path: str
    key: str
    body: bytes
    status: int
    told: int

    @property
    def step(self) -> str:
        """Which step of a claim it is; empty for none."""
        return next((name for name in STEPS if f"/{name}" in self.path), "")


@dataclass(frozen=True)
class Message:
    """One message of the city, and what the insurer's webhook answered (0: nothing, -1: not handed on)."""

    headers: dict[str, str]
    body: bytes
    status: int


@dataclass
class Relay:
    """`lose` names steps whose first answer is lost; while `swallow`, messages are not handed on."""

    base: str
    endpoint: str
    lose: set[str] = field(default_factory=set)
    swallow: bool = False
    calls: list[Call] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._http = httpx.Client(timeout=15, trust_env=False, follow_redirects=False)
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    def start(self, port: int = 0) -> str:
        """Listen; the address to give to the insurer's system as the city's."""
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        threading.Thread(target=self._server.serve_forever, name="relay", daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        self._http.close()

    def deliver(self, headers: dict[str, str], body: bytes) -> int:
        """Hand a message to the insurer's webhook; its status, 0 for no answer."""
        try:
            status = self._http.post(self.endpoint, content=body, headers=headers).status_code
        except httpx.TransportError:
            status = 0
        return status

    def hook(self, headers: dict[str, str], body: bytes) -> int:
        """The city tells something."""
        if self.swallow:
            self.messages.append(Message(headers, body, -1))
            return 200
        status = self.deliver(headers, body)
        self.messages.append(Message(headers, body, status))
        return status or 502

    def forward(self, method: str, path: str, headers: dict[str, str], body: bytes) -> httpx.Response | None:
        """The insurer calls; None when the answer is lost on purpose."""
        answer = self._http.request(method, self.base + path, content=body, headers=headers)
        key = next((v for name, v in headers.items() if name.lower() == "idempotency-key"), "")
        made = Call(method, path, key, body, answer.status_code, len(self.messages))
        with self._lock:
            lost = answer.is_success and made.step in self.lose
            self.lose -= {made.step} if lost else set()
            self.calls.append(Call(method, path, key, body, 0, made.told) if lost else made)
        return None if lost else answer


def _handler(relay: Relay) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {n: v for n, v in self.headers.items() if n.lower() not in _DROPPED}
            if self.path == "/hooks":
                self._say(relay.hook(headers, body), {}, b"")
                return
            try:  # the host as the caller knows it: addresses in answers lead here again
                sent = {**headers, "Host": self.headers.get("Host", "")}
                answer = relay.forward(self.command, self.path, sent, body)
            except httpx.TransportError:
                self._say(502, {}, b"")
                return
            if answer is None:
                self.close_connection = True
                return
            self._say(answer.status_code, dict(answer.headers), answer.content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _pass  # noqa: N815 - the library's names

        def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers.items():
                if name.lower() not in _DROPPED:
                    self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body if status != 304 else b"")

        def log_message(self, format: str, *arguments: Any) -> None:
            """Nothing."""

    return Handler


def until(holds: Callable[[], Any], seconds: float) -> bool:
    """Whether it held within so many seconds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True
