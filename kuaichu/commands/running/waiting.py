"""Waiting for programs to answer."""

from __future__ import annotations

import http.client
import time
from urllib.parse import urlsplit


def answers(url: str, seconds: float = 5) -> bool:
    """Whether something answers there without a fault of its own."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def until_answers(url: str, seconds: float = 30) -> None:
    """Wait until it answers. Raises SystemExit with the address when it does not."""
    end = time.monotonic() + seconds
    while not answers(url):
        if time.monotonic() > end:
            raise SystemExit(f"{url} does not answer 无应答")
        time.sleep(0.05)
