"""What all stand-ins have in common."""

from __future__ import annotations

import socket
import time

import pytest

OPTIONS = {
    "register": [],
    "policies": [],
    "rail": [],
    "phones": [],
    "insurer": ["--base", "http://127.0.0.1:9", "--client-id", "x", "--secret", "whsec_c2VjcmV0"],
}


@pytest.mark.parametrize("name", OPTIONS)
def test_starts_at_once_answers_and_stops_cleanly(run, name):
    one = run(name, *OPTIONS[name])
    assert one.get("/health").json() == {"status": "ok", "name": name}
    page = one.get("/")
    assert page.status_code == 200
    assert '<html lang="zh-CN">' in page.text
    assert 'lang="en"' in page.text
    began = time.monotonic()
    assert one.stop() == 0
    assert time.monotonic() - began < 2
    assert one.start() < 1.5  # 0.1 s alone; the machine may be busy with other tests
    assert one.get("/health").status_code == 200


def test_refusals_are_json_with_reasons(run):
    one = run("register")
    assert one.get("/nowhere").json()["detail"] == "no such address"
    assert one.get("/vehicles/query").status_code == 405
    broken = one.http.post("/vehicles/query", content=b"{")
    assert (broken.status_code, broken.headers["content-type"]) == (400, "application/problem+json")
    assert one.http.post("/vehicles/query", content=b"[]").status_code == 400
    assert one.http.request("BREW", "/").status_code == 405
    assert one.http.head("/").status_code == 200


def test_a_body_too_large_or_without_length_is_refused(run):
    one = run("phones")
    head = b"POST /messages HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n"
    with socket.create_connection(("127.0.0.1", one.port)) as raw:
        raw.sendall(head)
        assert raw.recv(100).startswith(b"HTTP/1.1 413")
    assert one.http.post("/messages", content=iter([b"{}"])).status_code == 411


def test_the_connection_is_kept_and_answers_fast(run):
    one = run("rail")
    one.get("/health")
    began = time.monotonic()
    for _ in range(50):
        one.get("/health")
    each = (time.monotonic() - began) / 50
    assert each < 0.03  # 40 ms would be the two halves of an answer waiting for each other
    with socket.create_connection(("127.0.0.1", one.port)) as raw:
        for _ in range(2):
            raw.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b'"ok"' in raw.recv(1000)
