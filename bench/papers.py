"""What papers cost: CPU milliseconds of every kind from facts to sealed file, and 2,000 issued in a row.

`python -m bench.papers` prints it (about four minutes; `--issued 0` only the first part). One process, one
thread; the keys are those of the demonstration,
the time stamp is local. Issuing goes through the verbs on a SQLite
database of its own: numbered, frozen, rendered, sealed with B-LT, stored, logged.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

ROUNDS = 5
AIM_MS = 100
AIM_PHOTOS_MS = 150
SIX = "photo_sheet"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one kind: milliseconds of CPU to render, to prepare its fields and to seal; bytes and pages."""

    kind: str
    render: float
    prepare: float
    seal: float
    size: int
    pages: int

    @property
    def total(self) -> float:
        """All together."""
        return self.render + self.prepare + self.seal


def costs(folder: Path) -> list[Cost]:
    """Every kind of paper, the median of `ROUNDS` after one to warm up, every round with another number."""
    from kuaichu.connectors.seal.software import SoftwareSeals
    from kuaichu.connectors.timestamps.local import LocalTimeStamper
    from kuaichu.desks.documents.papers.kinds import KINDS

    seals, stamps = SoftwareSeals(folder / "seal"), LocalTimeStamper(folder / "tsa")
    identity = seals.identity("371602", "滨州市公安局交通警察支队")
    return [_cost(kind, identity, stamps) for kind in KINDS.values()]


def _cost(kind: Any, identity: Any, stamps: Any) -> Cost:
    from kuaichu.desks.documents import rendering, sealing
    from tests.desks.documents.examples import assets, example
    from tests.desks.documents.samples import MOMENT

    spent, pdf = [], b""
    for turn in range(ROUNDS + 1):
        facts = replace(example(kind), number=f"鲁公交滨城〔2026〕第{1000 + turn}号")
        rendered, one = _timed(partial(rendering.render, facts, timestamp=MOMENT, assets=assets(facts)))
        prepared, two = _timed(partial(sealing.prepare, rendered))
        pdf, three = _timed(partial(_sealed, prepared, identity, stamps))
        spent.append((one, two, three))
    first, second, third = (statistics.median(column) for column in zip(*spent[1:], strict=True))
    return Cost(kind.KIND, first, second, third, len(pdf), rendering.page_count(rendered))


def say(line: str) -> None:
    """A line for whoever called."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _sealed(prepared: bytes, identity: Any, stamps: Any) -> bytes:
    from kuaichu.desks.documents import sealing

    made = sealing.certify(prepared, identity=identity, timestamper=stamps, now=datetime.now(UTC))
    assert made.level is sealing.Level.LT, made.lowered_by
    return made.pdf


def _timed(work: Callable[[], bytes]) -> tuple[bytes, float]:
    start = time.process_time()
    made = work()
    return made, (time.process_time() - start) * 1000


@dataclass(frozen=True, slots=True)
class Run:
    """Papers issued in a row: CPU ms each, resident memory in MB after the first hundred and at the end."""

    count: int
    each_ms: float
    early_mb: float
    late_mb: float


def issue_many(count: int) -> Run:
    """Number, make and issue `count` certificates, each of a case of its own. Needs a database set up."""
    from django.db import close_old_connections

    from kuaichu.cases import intake
    from kuaichu.desks.documents import certificates
    from kuaichu.kernel.ids import new_id
    from kuaichu.people.roles import system, visitor
    from tests.desks.documents.samples import certificate

    actor, case, early = system("yancheng"), None, 0.0
    start = time.process_time()
    for turn in range(count):
        if turn % 10 == 0:
            case, _party = intake.open_case(visitor("yancheng"))
        assert case is not None
        paper = certificates.number(
            actor, case.pk, kind="summary_certificate", basis_id=new_id(),
            build=lambda head: certificate(
                paper_id=str(head.paper_id), number=head.number, issued_at=head.issued_at, parties=_unsigned()
            ),
        )  # fmt: skip
        certificates.issue(actor, paper.pk, certificates.make(paper, drawings={}))
        if turn == min(100, count // 2):
            gc.collect()
            early = _resident()
    close_old_connections()
    gc.collect()
    spent = (time.process_time() - start) * 1000 / max(1, count)
    return Run(count, spent, early, _resident())


def _unsigned() -> Any:
    from tests.desks.documents.samples import CERTIFICATE_PARTIES

    return tuple(replace(one, drawing="", signed_at=None) for one in CERTIFICATE_PARTIES[:2])


def _resident() -> float:
    """Memory of this process now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> int:
    """Print both parts; 1 when an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issued", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kuaichu-papers-", dir="/tmp") as folder:
        os.environ["KUAICHU_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kuaichu.settings")
        import django

        django.setup()
        missed = _print_costs(costs(Path(folder)))
        if options.issued:
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
            run = issue_many(options.issued)
            say(f"{run.count} issued in a row: {run.each_ms:.0f} ms CPU each")
            say(f"memory, MB: {run.early_mb:.0f} after 100, {run.late_mb:.0f} at the end")
    return int(missed)


def _print_costs(found: list[Cost]) -> bool:
    say(f"{'kind':24}{'render':>8}{'fields':>8}{'seal':>8}{'total ms':>10}{'KB':>7}{'pages':>7}")
    for one in found:
        say(
            f"{one.kind:24}{one.render:8.1f}{one.prepare:8.1f}{one.seal:8.1f}{one.total:10.1f}"
            f"{one.size / 1024:7.0f}{one.pages:7}"
        )
    return any(one.total > (AIM_MS if one.pages == 1 else AIM_PHOTOS_MS) for one in found)


if __name__ == "__main__":
    sys.exit(main())
