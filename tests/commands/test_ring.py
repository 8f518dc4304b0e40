"""Thirty queue pages listen to a real server while cases are reported: how soon each of them rings."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable

import pytest

from tests.servers import ROOT, Server

LISTENERS, REPORTS = 30, 20
SIGN_IN = """
import django; django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from kuaichu.people.models import Account, Organisation
home = Organisation.objects.create(city=settings.DEFAULT_CITY, kind="police", code="C", name="C")
account = Account.objects.create(username="boss", organisation=home, roles=["supervisor"])
store = import_module(settings.SESSION_ENGINE).SessionStore()
store[SESSION_KEY] = str(account.pk)
store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
store[HASH_SESSION_KEY] = account.get_session_auth_hash()
store.create()
print("session", settings.SESSION_COOKIE_NAME, store.session_key)
"""


def listen(
    server: Server, cookie: str, heard: list[float], ready: threading.Semaphore, stop: threading.Event
) -> None:
    """One queue page: the moments of its rings."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    line.request("GET", "/live/work", headers={"Cookie": cookie, "Accept": "text/event-stream"})
    answer = line.getresponse()
    assert answer.status == 200, answer.status
    ready.release()
    while not stop.is_set():
        told = answer.readline()
        if told.startswith(b"data:"):
            heard.append(time.monotonic())
    line.close()


def report(server: Server) -> tuple[float, float]:
    """Somebody reports an accident; when it was sent, and when it was answered."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    line.request("GET", "/start")
    page = line.getresponse()
    cookies = "; ".join(c.partition(";")[0] for c in page.headers.get_all("Set-Cookie") or [])
    fields = dict(re.findall(r'name="(csrfmiddlewaretoken|number)" value="([^"]+)"', page.read().decode()))
    headers = {
        "Cookie": cookies, "Referer": f"{server.url}/start",
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    sent = time.monotonic()
    line.request("POST", "/start", urllib.parse.urlencode(fields), headers)
    answer = line.getresponse()
    answer.read()
    assert answer.status == 302, answer.status
    return sent, time.monotonic()


@pytest.mark.slow
def test_thirty_pages_ring_within_a_second(make_server: Callable[..., Server]) -> None:
    server = make_server().start()
    told = subprocess.run(
        [sys.executable, "-c", SIGN_IN], check=True, capture_output=True, text=True, cwd=ROOT,
        env=server.environment | {"DJANGO_SETTINGS_MODULE": "kuaichu.settings"},
    ).stdout  # fmt: skip
    name, key = re.search(r"^session (\S+) (\S+)$", told, re.MULTILINE).groups()  # type: ignore[union-attr]
    heard: list[list[float]] = [[] for _page in range(LISTENERS)]
    ready, stop = threading.Semaphore(0), threading.Event()
    for own in heard:
        threading.Thread(target=listen, args=(server, f"{name}={key}", own, ready, stop), daemon=True).start()
    assert all(ready.acquire(timeout=60) for _page in heard)
    delays: list[float] = []
    for _report in range(REPORTS):
        before = [len(own) for own in heard]
        sent, _answered = report(server)
        end = time.monotonic() + 10
        while any(len(own) == n for own, n in zip(heard, before, strict=True)) and time.monotonic() < end:
            time.sleep(0.005)
        delays += [own[n] - sent if len(own) > n else 10.0 for own, n in zip(heard, before, strict=True)]
    stop.set()
    delays.sort()
    median, high = delays[len(delays) // 2], delays[int(len(delays) * 0.95)]
    print(f"{len(delays)} rings on {LISTENERS} pages: p50 {median * 1000:.0f} ms, p95 {high * 1000:.0f} ms")
    assert high < 1.0
