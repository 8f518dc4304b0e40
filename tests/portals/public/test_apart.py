"""The process apart: files are read where they can harm nobody."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuaichu.desks.documents import checking
from kuaichu.portals.public import apart, verify
from kuaichu.portals.public.apart import Bench, Busy
from kuaichu.queries import verification

JSON = {"accept": "application/json"}
VECTORS = Path(__file__).parents[2] / "data" / "vectors" / "signatures"
pytestmark = pytest.mark.django_db


def bomb(copies: int) -> bytes:
    """A file whose object stream unpacks to `copies` megabytes."""
    packed = zlib.compress(b"\0" * copies * 2**20, 9)
    head = b"%%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(
        packed
    )
    body = head + packed + b"\nendstream\nendobj\n"
    rows = zlib.compress(b"\x00\x00\x00\x00\x00" + b"\x01\x00\x00\x00\x09" + b"\x02\x00\x00\x00\x01")
    start = len(body)
    body += b"3 0 obj\n<</Type/XRef/Size 3/W[1 3 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(
        rows
    )
    return body + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


@pytest.mark.slow
def test_a_file_that_unpacks_to_gigabytes_ends_in_time(upload):
    hostile = bomb(3000)
    assert len(hostile) < checking.SIZE_LIMIT
    start = time.monotonic()
    answer = upload(hostile, headers=JSON)
    assert answer.status_code == 503 or answer.json()["answer"] == "unreadable"  # 503 on a crowded machine
    assert time.monotonic() - start < 2 * apart.SECONDS


def trust() -> checking.Trust:
    return checking.Trust(())


def test_a_slow_machine_is_busy_and_leaves_no_process_behind():
    bench = Bench(seconds=0.01)
    with pytest.raises(Busy):
        bench.judge(b"%PDF-1.7", trust(), now=datetime.now(UTC))
    assert bench._places.acquire(blocking=False)


def test_a_process_that_breaks_means_unreadable(monkeypatch):
    monkeypatch.setattr(apart, "_question", lambda pdf, trust, now: b"not json\n" + pdf)
    report = Bench().judge(b"%PDF-1.7", trust(), now=datetime.now(UTC))
    assert report.verdict is checking.Verdict.UNREADABLE
    assert report.file_sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()


def test_a_spare_that_went_home_is_called_again(issued):
    bench = Bench()
    bench._refill()
    spare = bench._spare
    bench._take = lambda: spare  # as if it had still been there when asked
    os.kill(spare.pid, signal.SIGALRM)
    spare.wait()
    report = bench.judge(issued.pdf, verification.trust(logged=False), now=datetime.now(UTC))
    assert report.verdict is checking.Verdict.GENUINE


def test_a_dead_spare_process_is_replaced(issued):
    bench = Bench()
    bench._refill()
    bench._spare.kill()
    bench._spare.wait()
    report = bench.judge(issued.pdf, verification.trust(logged=False), now=datetime.now(UTC))
    assert report.verdict is checking.Verdict.GENUINE


def test_the_process_apart_says_what_the_function_says(issued):
    known, now = verification.trust(logged=False), datetime.now(UTC)
    for pdf in (issued.pdf, issued.pdf + b"x"):
        assert Bench().judge(pdf, known, now=now) == checking.check(pdf, known, now=now)


def test_a_process_waits_ready_and_each_file_gets_its_own(issued):
    bench, known = Bench(), verification.trust(logged=False)
    bench.judge(issued.pdf, known, now=datetime.now(UTC))
    waiting = bench._spare
    assert waiting.poll() is None
    assert bench.judge(issued.pdf, known, now=datetime.now(UTC)).verdict is checking.Verdict.GENUINE
    assert waiting.poll() is not None
    assert bench._spare is not waiting


def test_too_many_at_once_are_asked_to_wait(issued, upload, monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE_SECONDS", 0.05)
    for _place in range(apart.AT_ONCE):
        verify.BENCH._places.acquire()
    try:
        page = upload(issued.pdf, headers={"accept-language": "en"})
    finally:
        for _place in range(apart.AT_ONCE):
            verify.BENCH._places.release()
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    with pytest.raises(Busy):
        _exhausted().judge(b"", trust(), now=datetime.now(UTC))


def _exhausted() -> Bench:
    bench = Bench()
    bench._places = threading.BoundedSemaphore(1)
    bench._places.acquire()
    return bench


def test_the_process_apart_has_no_environment_and_cannot_write(tmp_path):
    process = apart._started()
    try:
        environment = Path(f"/proc/{process.pid}/environ").read_bytes()
        assert b"KUAICHU" not in environment
        assert b"SECRET" not in environment
    finally:
        process.kill()
        process.communicate()
