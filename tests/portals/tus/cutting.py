"""A line that breaks: a TCP proxy that lets so many bytes pass and then hangs up."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress


class Line:
    """Forwards to a port of this machine. `left` bytes from the client may still pass (None: any number),
    each 16 KB after a `pause` in seconds; `down` answers nobody.
    """

    def __init__(self, port: int) -> None:
        self.target, self.left, self.cuts, self.passed = port, None, 0, 0
        self.down, self.pause = False, 0.0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    left: int | None

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                threading.Thread(target=self._forward, args=(client,), daemon=True).start()

    def _forward(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            if self.down:
                return
            with socket.create_connection(("127.0.0.1", self.target), timeout=20) as server:
                threading.Thread(target=self._back, args=(server, client), daemon=True).start()
                self._there(client, server)
                server.shutdown(socket.SHUT_RDWR)

    def _there(self, client: socket.socket, server: socket.socket) -> None:
        while chunk := client.recv(16_384):
            if self.down:
                return
            if self.left is not None:
                chunk, self.left = chunk[: self.left], self.left - len(chunk)
            time.sleep(self.pause)
            server.sendall(chunk)
            self.passed += len(chunk)
            if self.left is not None and self.left <= 0:
                self.left, self.cuts = None, self.cuts + 1
                return

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while chunk := server.recv(65_536):
                client.sendall(chunk)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
