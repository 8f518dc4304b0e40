"""Processor time and memory of processes, read from /proc (Linux)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kuaichu.commands.running.naming import WORK

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cpu:
    """Seconds of processor time by role."""

    web: float
    work: float
    database: float

    def __sub__(self, other: Cpu) -> Cpu:
        return Cpu(self.web - other.web, self.work - other.work, self.database - other.database)

    @property
    def total(self) -> float:
        """All roles."""
        return self.web + self.work + self.database


def _fields(stat: Path) -> list[str]:
    return stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def seconds(pid: int, *, with_dead_children: bool = False) -> float:
    """User and system time of a process, all its threads, living or ended."""
    fields = _fields(Path(f"/proc/{pid}/stat"))
    wanted = fields[11:15] if with_dead_children else fields[11:13]
    return sum(map(int, wanted)) / TICK


def seconds_of_threads(pid: int, name: str) -> float:
    """Time of the living threads which bear this name."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        if (task / "comm").read_text(encoding="utf-8").strip() == name:
            total += sum(map(int, _fields(task / "stat")[11:13]))
    return total / TICK


def family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return [pid, *map(int, children)]


def cpu(web: int, work: int | None, database: int | None) -> Cpu:
    """Processor time so far. Without its own process, work is done by named threads of the web process."""
    inside = seconds_of_threads(web, WORK) if work is None else 0.0
    own = seconds(work) if work is not None else inside
    rows = 0.0
    if database is not None:
        first, *others = family(database)
        rows = seconds(first, with_dead_children=True) + sum(map(seconds, others))
    return Cpu(seconds(web) - inside, own, rows)


def resident(pid: int) -> int:
    """Memory held, in bytes (PSS: shared pages count by their share)."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
