from __future__ import annotations

import errno
import hashlib
import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuaichu.connectors.storage.disk import Disk, connect
from kuaichu.kernel.refusals import Invalid, NotFound, Upstream


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return connect({"root": str(tmp_path / "files")})


def left_over(disk: Disk) -> list[Path]:
    return list((disk.path("a" * 64).parents[1] / "partial").iterdir())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=2000), max_size=6))
def test_what_is_put_is_found_by_its_hash(disk, chunks):
    whole = b"".join(chunks)
    stored = disk.put(iter(chunks), max_bytes=len(whole))
    assert stored.sha256 == hashlib.sha256(whole).hexdigest()
    assert stored.size == len(whole)
    assert disk.put(whole, max_bytes=10**6) == stored == disk.put(io.BytesIO(whole), max_bytes=10**6)
    with disk.open(stored.sha256) as kept:
        assert kept.read() == whole
    assert disk.path(stored.sha256).parts[-2:] == (stored.sha256[:2], stored.sha256)
    assert left_over(disk) == []


def test_sm3_is_that_of_the_standard(disk):
    assert disk.put(b"abc", 3).sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_too_large_leaves_nothing(disk):
    with pytest.raises(Invalid) as large:
        disk.put(iter([b"a" * 10, b"b" * 10]), max_bytes=19)
    assert large.value.code == "too_large"
    assert left_over(disk) == []
    assert not disk.exists(hashlib.sha256(b"a" * 10 + b"b" * 10).hexdigest())


def test_a_broken_upload_leaves_nothing(disk):
    def breaking():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(Upstream) as lost:
        disk.put(breaking(), max_bytes=100)
    assert lost.value.retry
    assert left_over(disk) == []


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_names_that_are_no_hashes(disk, name):
    assert not disk.exists(name)
    with pytest.raises(NotFound):
        disk.path(name)
    with pytest.raises(NotFound):
        disk.open(name)


def test_missing_is_not_found(disk):
    assert not disk.exists("a" * 64)
    with pytest.raises(NotFound):
        disk.open("a" * 64)


def test_files_never_change(disk):
    stored = disk.put(b"first", 100)
    path = disk.path(stored.sha256)
    before = path.stat().st_ino
    assert path.stat().st_mode & 0o222 == 0
    disk.put(b"first", 100)
    assert path.stat().st_ino == before


def test_the_same_file_from_many_threads(disk):
    with ThreadPoolExecutor(8) as pool:
        hashes = {
            s.sha256 for s in pool.map(lambda n: disk.put(b"x" * 50_000 + bytes([n % 4]), 10**6), range(64))
        }
    assert len(hashes) == 4
    assert all(disk.exists(one) for one in hashes)
    assert left_over(disk) == []


def test_a_full_disk_is_upstream(disk, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Upstream):
        disk.put(b"x", 10)
    assert left_over(disk) == []


@pytest.mark.kill
def test_a_killed_writer_leaves_no_broken_file(disk, tmp_path):
    root = tmp_path / "files"
    program = (
        "import sys; from kuaichu.connectors.storage.disk import connect\n"
        f"disk = connect({{'root': {str(root)!r}}})\n"
        "for n in range(10**6):\n"
        "    print(disk.put((str(n) * 20000).encode(), 10**9).sha256, flush=True)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    known = [writer.stdout.readline().strip() for _ in range(20)]
    os.kill(writer.pid, signal.SIGKILL)
    known += [line.strip() for line in writer.stdout.read().splitlines() if len(line.strip()) == 64]
    writer.wait()
    writer.stdout.close()
    assert all(disk.exists(one) for one in known)
    files = [path for path in root.glob("??/??/*") if path.is_file()]
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in files)
    for partial in left_over(disk):
        os.utime(partial, (time.time() - 90_000,) * 2)
    connect({"root": str(root)})
    assert left_over(disk) == []
