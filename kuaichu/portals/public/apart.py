"""Strangers' PDF files are parsed in a process of their own, which knows nothing and may do nothing.

The process gets the file and the roots on its standard input; it has no environment, writes no file, and ends
when its CPU seconds or its memory are used up: then the file is "unreadable". A machine too busy to give it
those seconds is no fault of the file: then we are "busy".
Loading the parser takes about a second, judging a file a tenth: one process waits ready, and every file still
gets a fresh one. A process nobody needs ends by itself after a few minutes.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import hashlib
import resource
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from kuaichu.desks.documents import checking

SECONDS = 20.0
CPU_SECONDS = 4
MEMORY = 512 * 1024 * 1024
AT_ONCE = 2
PATIENCE_SECONDS = 5.0
IDLE_SECONDS = 240
_ROOT = Path(__file__).resolve().parents[3]


class Busy(Exception):
    """All processes are at work, or too slow at this moment; try again in a few seconds."""


class Bench:
    """The processes of this server process."""

    def __init__(self, seconds: float = SECONDS, *, spare: bool = True) -> None:
        self._keeps_spare = spare
        self._seconds = seconds
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._spare: subprocess.Popen[bytes] | None = None

    def judge(self, pdf: bytes, trust: checking.Trust, *, now: datetime) -> checking.Report:
        """What `checking.check` says of the file, "unreadable" if it reached a limit. Raises `Busy`."""
        if not self._places.acquire(timeout=PATIENCE_SECONDS):
            raise Busy
        try:
            answer = self._ask(_question(pdf, trust, now))
        finally:
            self._places.release()
        return _report(answer, pdf)

    def _ask(self, question: bytes) -> bytes:
        process = self._take()
        try:
            answer = self._told(process, question)
            if process.returncode == -signal.SIGALRM:  # the spare went home just as it was called
                process = _started()
                answer = self._told(process, question)
            return answer
        finally:
            process.kill()
            process.communicate()
            self._refill()

    def _told(self, process: subprocess.Popen[bytes], question: bytes) -> bytes:
        """The answer, empty when the process broke or reached a limit. Raises `Busy` for a slow machine."""
        try:
            return process.communicate(question, self._seconds)[0]
        except subprocess.TimeoutExpired as slow:  # a hostile file ends by its CPU seconds, long before
            raise Busy from slow

    def _take(self) -> subprocess.Popen[bytes]:
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None and spare.poll() is None:
            return spare
        return _started()

    def _refill(self) -> None:
        with self._lock:
            if self._keeps_spare and (self._spare is None or self._spare.poll() is not None):
                self._spare = _started()


def _started() -> subprocess.Popen[bytes]:
    """A process that has nothing of ours: no environment, no open file but the two pipes."""
    return subprocess.Popen(
        [sys.executable, "-B", "-m", "kuaichu.portals.public.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
        cwd="/",
        close_fds=True,
    )


def _question(pdf: bytes, trust: checking.Trust, now: datetime) -> bytes:
    """One line of JSON, then the file. Whether the log knows the file is asked here, not there."""
    digest = hashlib.sha256(pdf).digest()
    head = {
        "roots": [base64.b64encode(root).decode() for root in trust.roots],
        "timestamp_roots": [base64.b64encode(root).decode() for root in trust.timestamp_roots],
        "logged": trust.logged(digest),
        "crls": [base64.b64encode(one).decode() for one in trust.crls],
        "now": now.isoformat(),
    }
    return msgspec.json.encode(head) + b"\n" + pdf


def _report(answer: bytes, pdf: bytes) -> checking.Report:
    with contextlib.suppress(msgspec.MsgspecError):
        return msgspec.json.decode(answer, type=checking.Report)
    return checking.Report(checking.Verdict.UNREADABLE, hashlib.sha256(pdf).hexdigest())


def _limit() -> None:
    """No more than this from here on; what is already loaded counts as memory."""
    for kind, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(kind, (most, most))


def _judged(head: dict[str, Any], pdf: bytes) -> checking.Report:
    logged = bool(head["logged"])
    trust = checking.Trust(
        tuple(map(base64.b64decode, head["roots"])),
        tuple(map(base64.b64decode, head["timestamp_roots"])),
        lambda _digest: logged,
        tuple(map(base64.b64decode, head["crls"])),
    )
    return _without_strangers(checking.check(pdf, trust, now=datetime.fromisoformat(head["now"])))


def _without_strangers(report: checking.Report) -> checking.Report:
    """A signature we do not trust may name a private person: nobody needs to know whom."""
    signatures = tuple(s if s.trusted else dataclasses.replace(s, signer="") for s in report.signatures)
    return dataclasses.replace(report, signatures=signatures)


def main() -> None:
    """Judge the one file on standard input and write the report to standard output."""
    checking.check(b"%PDF-", checking.Trust(()), now=datetime.now(UTC))  # loads what is loaded late
    signal.alarm(IDLE_SECONDS)
    head = sys.stdin.buffer.readline()
    signal.alarm(0)
    if not head:
        return
    _limit()
    report = _judged(msgspec.json.decode(head), sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.json.encode(report))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
