"""`kuaichu replay`: real accidents drive the running system through its public interfaces.

Taipei City's accidents with property damage only, one after another at their (compressed) times, moved into
the area of this installation's city: two parties each, photographs, codes, officer, insurers, payout.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kuaichu.commands import set_up

if TYPE_CHECKING:
    from kuaichu.commands.seeding.keeping import Kept
    from kuaichu.replaying.accidents import Accident, Area
    from kuaichu.replaying.driver import Plan
    from kuaichu.replaying.figures import Figures

STAGES = ("reported", "photographed", "joined", "certified", "closed", "handed_over", "lost")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--file", type=Path, help="a file of accidents (default: the project's sample)")
    parser.add_argument(
        "--from", type=date.fromisoformat, dest="first", metavar="YYYY-MM-DD", help="first day"
    )
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--cases", type=int, help="at most so many")
    parser.add_argument("--speed", type=float, default=600.0, help="how much faster than life (default 600)")
    parser.add_argument("--rate", type=float, default=0.0, help="cases a second instead of their own times")
    parser.add_argument("--together", type=int, default=8, help="accidents under way at most")
    parser.add_argument("--photos", type=int, default=6)
    parser.add_argument("--agree", type=float, default=0.55, help="share of parties who agree by themselves")
    parser.add_argument(
        "--excluded", type=float, default=0.06, help="share that the law keeps out, by what is told"
    )
    parser.add_argument("--base", help="the system's address (default: that of the running demo)")
    parser.add_argument("--phones", help="the address of the phones (default: that of the running demo)")
    parser.add_argument(
        "--officer", action="append", metavar="NAME:PASSWORD", help="default: two of the demo's"
    )
    parser.add_argument("--patience", type=float, default=180.0, help="seconds until a call is given up")
    parser.add_argument(
        "--run", default="", help="a name: the same name reports the same accidents, not new ones"
    )
    parser.add_argument("--keep-going", action="store_true", help="day after day until interrupted")
    parser.add_argument("--json", action="store_true", help="figures as JSON on standard output")


def run(options: argparse.Namespace) -> int:
    """Replay; 1 when an accident was lost."""
    set_up()
    from kuaichu.replaying import accidents

    known = list(accidents.read(options.file or accidents.SAMPLE))
    lost = 0
    first, name = options.first, options.run or secrets.token_hex(4)
    while True:
        chosen = accidents.span(known, first, options.days)[: options.cases]
        if not chosen:
            print("There are no such accidents in the file. 文件中没有该时段的事故", file=sys.stderr)
            return 2
        result = _replay(chosen, options, name)
        lost += result.lost
        if not options.keep_going:
            return 1 if lost else 0
        first, name = None, secrets.token_hex(4)


def _replay(chosen: list[Accident], options: argparse.Namespace, name: str) -> Figures:
    from kuaichu.replaying.accidents import moved
    from kuaichu.replaying.driver import drive

    plan, area = _plan(options, name)
    with _Bar(len(chosen), quiet=options.json) as bar:
        result = asyncio.run(drive(moved(chosen, area), _with(plan, bar)))
    if options.json:
        print(json.dumps(result.to_json(), ensure_ascii=False))
    else:
        from kuaichu.commands.tables import show_figures

        show_figures(result)
    return result


def _plan(options: argparse.Namespace, name: str) -> tuple[Plan, Area]:
    from django.conf import settings

    from kuaichu.commands.seeding import keeping
    from kuaichu.kernel.city import city
    from kuaichu.replaying.accidents import Area
    from kuaichu.replaying.driver import Plan

    here = city(settings.DEFAULT_CITY)
    profile, kept = here.profile, keeping.load()
    pairs = [tuple(text.split(":", 1)) for text in options.officer or []]
    pairs = pairs or demo_officers(kept)
    addresses = demo_addresses()
    plan = Plan(
        base=options.base or addresses.get("web") or settings.BASE_URL,
        phones=options.phones or addresses.get("phones") or here.connector("sms")["base_url"],
        plate_prefix=profile.plate_prefix,
        officers=tuple((user, password) for user, password in pairs),
        run=name,
        speed=options.speed,
        rate=options.rate,
        together=options.together,
        photos=options.photos,
        agree_share=options.agree if pairs else 1.0,
        excluded_share=options.excluded,
        patience=options.patience,
    )
    edges = (profile.west, profile.south, profile.east, profile.north)
    return plan, Area(profile.centre_lon, profile.centre_lat, *edges)


def demo_officers(kept: Kept) -> list[tuple[str, str]]:
    """Name and password of the demonstration's two officers."""
    return [(kept.links[k], kept.password) for k in ("officer", "officer2") if k in kept.links]


def demo_addresses() -> dict[str, str]:
    """Where the programs of the running demonstration answer, by name."""
    from kuaichu.commands.running.places import load

    return {name: f"http://127.0.0.1:{port}" for name, port in load().items()}


def _with(plan: Plan, bar: _Bar) -> Plan:
    from dataclasses import replace

    return replace(plan, tick=bar.tick)


class _Bar:
    """A progress bar with a count of each stage."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        words = TextColumn("{task.description}")
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), words)
        self._progress = Progress(*columns, console=Console(stderr=True), disable=quiet)
        self._counts = dict.fromkeys(STAGES, 0)
        self._task = self._progress.add_task("", total=total)

    def tick(self, stage: str) -> None:
        """One accident reached a stage."""
        self._counts[stage] = self._counts.get(stage, 0) + 1
        words = "  ".join(f"{name} {count}" for name, count in self._counts.items() if count)
        ended = stage in ("closed", "handed_over", "lost")
        self._progress.update(self._task, description=words, advance=1 if ended else 0)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()
