"""A small centre on a real server: every stream rings, each case is taken once. Times are only printed."""

from __future__ import annotations

import re
import subprocess
import sys
from uuid import UUID

import pytest

from bench.ring import faults
from tests.servers import ROOT

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@pytest.mark.kill
@pytest.mark.slow
def test_everybody_hears_and_everything_is_taken_once() -> None:
    words = ["--officers", "4", "--cases", "12", "--rings", "3"]
    command = [sys.executable, "-m", "bench.ring", *words]
    done = subprocess.run(command, check=False, cwd=ROOT, text=True, capture_output=True, timeout=300)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    heard, taken = (
        int(re.search(rf"{name} *│ (\d+)", done.stdout)[1])
        for name in ("响铃", "取案")  # type: ignore[index]
    )
    assert (heard, taken) == (4 * 3, 12 + 3)
    assert "twice: 0, lost: 0" in done.stdout


@pytest.mark.parametrize(
    ("answered", "journal", "twice", "lost"),
    [
        ([ONE, TWO, THREE], [THREE, TWO, ONE], 0, 0),
        ([ONE, TWO, TWO, THREE], [ONE, TWO, THREE], 1, 0),
        ([ONE, TWO, THREE], [ONE, TWO, TWO, THREE], 1, 0),
        ([ONE, TWO], [ONE, TWO, THREE], 0, 1),
        ([ONE, TWO, THREE], [ONE, TWO], 0, 1),
        ([ONE, ONE, TWO], [ONE, TWO], 1, 1),
    ],
)
def test_what_counts_as_twice_and_as_lost(
    answered: list[UUID], journal: list[UUID], twice: int, lost: int
) -> None:
    assert faults([ONE, TWO, THREE], answered, journal) == (twice, lost)
