"""`python -m bench.ring [--officers 30] [--cases 300] [--rings 40]`: how soon a centre hears, and takes.

A real server on SQLite with as many seats as officers, each of whom holds the live stream of the work page
(`/live/work`). Measured are, in milliseconds:

- ring 响铃: from the commit of a new request in another process until each stream has its `ring` event, while
  nothing else happens (a stream that has just rung is silent for `kuaichu.server.WORK_SECONDS`);
- take 取案: one answer of `POST /police/api/take` that gave a case, while all officers take at once, end what
  they took and ask again until nothing waits.

Cases, staff and sessions are rows and verbs of the product in a temporary folder. The parties' accounts are a
plain collision from behind, so that the engine proposes for every case that is taken.
Ends with 1 when a case was taken twice or lost; how long anything took decides nothing.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.centre import CITY, Officer, Stream, city_file, new_case, new_officer, until_settled

QUIET_SECONDS = 1.2
"""Longer than a stream of everything is silent after a ring (`kuaichu.server.WORK_SECONDS`)."""
PATIENCE_SECONDS = 30.0
"""So long a ring is waited for, and so long nobody may take anything before what waits counts as lost."""


@dataclass
class Taking:
    """What the officers got: cases in the order taken, seconds of each take, answers that were refusals.

    `whole` is how long all of it took, in seconds; `load` the machine's load average before and after.
    """

    cases: list[UUID] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    whole: float = 0.0
    load: str = ""
    newest: float = field(default_factory=time.monotonic)


def faults(made: Iterable[UUID], answered: Iterable[UUID], journal: Iterable[UUID]) -> tuple[int, int]:
    """How many cases were taken twice, and how many never, by the officers' answers or by the journal."""
    told, written = Counter(answered), Counter(journal)
    every = set(made) | set(told) | set(written)
    twice = sum(told[case] > 1 or written[case] > 1 for case in every)
    return twice, sum(not told[case] or not written[case] for case in every)


def rings(streams: Sequence[Stream], first_number: int, times: int) -> tuple[list[UUID], list[float], int]:
    """Request so many new cases, each when all is quiet: the cases, seconds by stream, rings not heard."""
    from kuaichu.kernel import bell

    committed: dict[UUID, float] = {}
    made, seconds, unheard = [], list[float](), 0

    def note(stream: UUID, _seq: int) -> None:
        committed.setdefault(stream, time.monotonic())

    stop = bell.subscribe(note)
    for number in range(times):
        _until_quiet(streams)
        case_id = new_case(first_number + number)
        made.append(case_id)
        moment = committed[case_id]
        end = moment + PATIENCE_SECONDS
        while time.monotonic() < end and any(one.first_since(moment) is None for one in streams):
            time.sleep(0.02)
        found = [stream.first_since(moment) for stream in streams]
        seconds += [one for one in found if one is not None]
        unheard += found.count(None)
    stop()
    return made, seconds, unheard


def _until_quiet(streams: Sequence[Stream]) -> None:
    """Else a ring of something before would be taken for the one that is measured."""
    until_settled()
    begun = time.monotonic()
    while time.monotonic() < max([begun, *(s.heard[-1] for s in streams if s.heard)]) + QUIET_SECONDS:
        time.sleep(0.05)


def take_all(port: int, crew: Sequence[Officer], count: int) -> Taking:
    """Everybody takes, ends and asks again at once, until `count` were taken or nobody gets anything more."""
    found, start = Taking(), threading.Barrier(len(crew))
    begun, load = time.monotonic(), os.getloadavg()[0]
    with ThreadPoolExecutor(len(crew)) as pool:
        working = [pool.submit(_work, port, one, found, count, start) for one in crew]
    for one in working:
        one.result()
    found.whole, found.load = time.monotonic() - begun, f"{load:.1f}, {os.getloadavg()[0]:.1f}"
    return found


def _work(port: int, officer: Officer, found: Taking, count: int, start: threading.Barrier) -> None:
    from django.db import connection

    from kuaichu.desks.liability import requests

    start.wait(PATIENCE_SECONDS)
    found.newest = time.monotonic()
    while len(found.cases) < count and time.monotonic() < found.newest + PATIENCE_SECONDS:
        before = time.monotonic()
        status, answer = _take(port, officer)
        now = time.monotonic()
        if status != 200 or answer["case"] is None:
            found.refused += [f"{status} {answer.get('code', '')}"] if status != 200 else []
            time.sleep(0.05)
            continue
        case_id = UUID(answer["case"]["id"])
        found.cases.append(case_id)
        found.seconds.append(now - before)
        found.newest = now
        requests.end(officer.actor, case_id, why="measured")
    connection.close()


def _take(port: int, officer: Officer) -> tuple[int, dict[str, Any]]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        link.request("POST", "/police/api/take", body=b"{}", headers=officer.headers())
        answer = link.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if "json" in answer.headers.get("Content-Type", "") else {}
    finally:
        link.close()


def measure(folder: Path, port: int, officers: int, cases: int, times: int) -> int:
    """All of it in this folder, with the settings that lead there; prints the table, 0 or 1."""
    import django

    django.setup()
    from django.core.management import call_command

    from kuaichu.commands.running.supervising import Child, Supervisor
    from kuaichu.commands.running.waiting import until_answers
    from kuaichu.kernel.models import Entry

    call_command("migrate", verbosity=0)
    waiting = [new_case(number) for number in range(cases)]
    crew = [new_officer(number) for number in range(officers)]
    supervisor = Supervisor(lambda text: None)
    command = [sys.executable, "-m", "kuaichu", "serve", "--port", str(port)]
    server = supervisor.add(Child("web", command, folder / "web.log"))
    try:
        until_answers(f"http://127.0.0.1:{port}/", 120)
        streams = [Stream(port, one) for one in crew]
        for stream in streams:
            stream.start()
        more, seconds, unheard = rings(streams, cases, times)
        until_settled()
        every = [*waiting, *more]
        found = take_all(port, crew, len(every))
    except BaseException:
        sys.stderr.write(server.tail(30) + "\n")
        raise
    finally:
        supervisor.stop()
    journal = Entry.objects.filter(kind="liability.taken").values_list("case_id", flat=True)
    twice, lost = faults(every, found.cases, (case for case in journal if case is not None))
    _show(officers, seconds, unheard, found, (len(every), twice, lost))
    return 1 if twice or lost else 0


def _show(
    officers: int, seconds: Sequence[float], unheard: int, found: Taking, counts: tuple[int, int, int]
) -> None:
    from rich.console import Console
    from rich.table import Table

    made, twice, lost = counts
    table = Table(
        "", "n", "median ms", "p95 ms", "most ms", title=f"{officers} officers at once 名民警同时在线"
    )
    table.add_row("ring until heard 响铃", *_spread(seconds))
    table.add_row("a take 取案", *_spread(found.seconds))
    out = Console(width=100)
    out.print(table)
    out.print(f"rings not heard in {PATIENCE_SECONDS:.0f} s: {unheard}; refused takes: {len(found.refused)}")
    if found.refused:
        out.print(f"refusals: {dict(Counter(found.refused))}")
    out.print(
        f"{len(found.cases)} takes of {made} cases in {found.whole:.1f} s; twice: {twice}, lost: {lost}"
    )
    out.print(
        f"load of the last minute before and after the takes: {found.load}; {os.cpu_count()} processors"
    )


def _spread(seconds: Sequence[float]) -> tuple[str, str, str, str]:
    """How many; of these seconds the median, 95th percentile (nearest rank) and most, in milliseconds."""
    if not seconds:
        return "0", "–", "–", "–"
    ranked = sorted(seconds)
    late = ranked[-(-95 * len(ranked) // 100) - 1]
    middle, high, most = (f"{one * 1000:.1f}" for one in (statistics.median(ranked), late, ranked[-1]))
    return str(len(ranked)), middle, high, most


def main(words: Sequence[str] | None = None) -> int:
    """Measure in a temporary folder; 1 when a case was taken twice or lost."""
    from kuaichu.commands.running.places import any_free

    parser = argparse.ArgumentParser(prog="python -m bench.ring", description="How soon a centre hears.")
    parser.add_argument("--officers", type=int, default=30)
    parser.add_argument("--cases", type=int, default=300, help="cases that wait from the start")
    parser.add_argument("--rings", type=int, default=40, help="new requests that are timed")
    options = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="kuaichu-ring-", dir="/tmp") as name:
        folder, port = Path(name), any_free(set())
        city_file(folder / "cities", options.officers)
        os.environ |= {
            "KUAICHU_VAR": name,
            "KUAICHU_DATABASE": f"sqlite:///{name}/kuaichu.sqlite3",
            "KUAICHU_BASE_URL": f"http://127.0.0.1:{port}",
            "KUAICHU_CITY": CITY,
            "KUAICHU_CITY_DIRS": f"{name}/cities",
            "KUAICHU_LOG": "ERROR",
            "DJANGO_SETTINGS_MODULE": "kuaichu.settings",
        }
        return measure(folder, port, options.officers, options.cases, options.rings)


if __name__ == "__main__":
    sys.exit(main())
