"""A server behind a line that may break, the town around it, and what it knows in the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.interruptions import Line, Weather
from tests.kill.answers import ANSWERS, NEEDED
from tests.kill.asking import asked
from tests.kill.roadside import Reporter
from tests.servers import Server
from tests.stories.builders import Town

FAIR = Weather(bits=3_000_000, round_trip=0.05)
AWAY = 5.0
FOUND = """
from collections import Counter
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.kernel.models import Entry
party = Party.objects.select_related("case").get(pk=given["party"])
case = party.case
print(json.dumps({
    "cases": Vehicle.objects.filter(plate=given["plate"]).count(),
    "all": Case.objects.count(),
    "photos": sorted(Evidence.objects.filter(case=case).values_list("shot", "sha256")),
    "facts": Counter(Entry.objects.filter(case_id=case.pk).values_list("kind", flat=True)),
    "told": party.statement, "place": case.place, "weather": case.weather, "status": party.status,
    "phone": party.phone, "owner": party.is_owner,
}, default=str))
"""


class World:
    """The server behind its line, and the town around it."""

    def __init__(self, make_server: Callable[..., Server], folder: Path) -> None:
        self.town = Town(folder)
        addresses = {
            f"KUAICHU_{port.upper()}_URL": one["base_url"] for port, one in self.town.connectors().items()
        }
        self.server = make_server(**addresses, KUAICHU_WORK="2", KUAICHU_LOG="WARNING").start()
        self.line = Line(self.server.url, FAIR)
        self.cars = 0

    def plate(self) -> str:
        """A car nobody has reported yet."""
        self.cars += 1
        return self.town.car(f"苏J{30000 + self.cars}")

    def strike(self, kind: str) -> None:
        """What needs no browser to go wrong."""
        if kind == "network":
            self.line.cut()
            threading.Timer(AWAY, self.line.mend).start()
        elif kind == "server":
            self.server.kill()
            threading.Timer(AWAY / 2, self.server.start).start()

    def close(self) -> None:
        """End everything."""
        self.line.close()
        self.server.kill()
        self.town.close()


def whole(world: World, reporter: Reporter, before: int) -> None:
    """One case with everything in it, and nothing entered twice."""
    found = settled(world, reporter)
    assert found["all"] == before + 1, "more than one case"
    assert found["cases"] == 1
    taken = reporter.taken
    assert {*NEEDED} <= {*taken}
    assert dict(found["photos"]) == taken
    assert len(found["photos"]) == len(taken), "a photograph is there twice"
    twice = {what: count for what, count in reporter.entered.items() if count > 1}
    assert not twice, twice
    once = ("cases.opened", "cases.code_asked", "cases.phone_proven", "cases.party_confirmed")
    assert {kind: found["facts"].get(kind) for kind in once} == dict.fromkeys(once, 1)
    assert found["facts"]["cases.photographed"] == len(taken)
    for name in ("movement", "zone", "other_movement", "other_zone"):
        assert found["told"][name] == ANSWERS[f"happened/{name}"]["answer"]
    assert found["told"]["words"] == ANSWERS["happened/words"]["answer"]
    assert (found["place"], found["weather"]) == (ANSWERS["place"]["place"], "1")
    assert (found["phone"], found["owner"], found["status"]) == (reporter.number, True, "confirmed")


def settled(world: World, reporter: Reporter, seconds: float = 90) -> dict[str, Any]:
    """What the server has once the phone has sent all its photographs."""
    end = time.monotonic() + seconds
    while True:
        found = asked(world.server, FOUND, {"party": reporter.party, "plate": reporter.plate})
        if len(found["photos"]) >= len(reporter.taken) or time.monotonic() > end:
            return dict(found)
        time.sleep(1)
