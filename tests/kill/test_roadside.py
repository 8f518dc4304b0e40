"""A report at the roadside survives everything: cut network, closed tab, killed browser, killed server.

At each step and in the middle of each upload: nothing is asked twice, there is one case, all bytes arrive.
`--all-kills` walks every step with every interruption; the ordinary run takes a sample.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.interruptions import CLEAR, Line, Phone, Weather
from tests.conftest import CHROMIUM_ARGS, PLACE, SIZES, require
from tests.kill.asking import asked
from tests.kill.roadside import ANSWERS, SHOTS, Reporter
from tests.servers import Server
from tests.stories.builders import Town

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.kill, pytest.mark.browser, pytest.mark.needs("chromium")]
FAIR = Weather(bits=3_000_000, round_trip=0.05)
STALLED = replace(FAIR, bits=4_000)
MIDDLE = 24_000
AWAY = 5.0
COOKIES = 33.0
KEEPING = 0.5
"""A phone that dies in the same moment as the tap has noticed no tap; after so long it has kept the form."""
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


class Interrupted(Exception):
    """The page one was on is no more."""


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


@pytest.fixture(scope="module")
def world(make_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(make_server, tmp_path_factory.mktemp("roadside"))
    yield made
    made.close()


@pytest.fixture
def reporter(world: World, chromium: Browser, tmp_path: Path) -> Iterator[Reporter]:
    world.line.weather = FAIR
    profile = tmp_path / "profile"
    profile.mkdir()
    look: dict[str, Any] = SIZES["phone"] | {
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "geolocation": PLACE,
    }
    phone = Phone(
        chromium.browser_type,
        profile,
        require("chromium"),
        CHROMIUM_ARGS,
        permissions=["geolocation"],
        **look,
    )
    somebody = Reporter(phone, world.line, world.plate(), world.town.number(), world.town.code)
    yield somebody
    print("\n".join(somebody.log))  # shown where a test fails
    phone.close()


def patient(at: str, began: float) -> None:
    """Browsers write cookies to disk every 30 seconds, and nobody real has read a message's code by then.

    A proven part whose cookie died with its browser is opened by a new code; until then the draft does it.
    """
    if at == "code":
        time.sleep(max(0.0, COOKIES - (time.monotonic() - began)))


def strike_at_press(world: World, reporter: Reporter, moment: str, kind: str) -> None:
    """Right after the tap that sends the form of `moment`."""
    done = []

    def pressed(at: str) -> None:
        if at == moment and not done:
            done.append(at)
            if kind in ("tab", "browser"):
                time.sleep(KEEPING)  # the tap itself must have been noticed
            strike(world, reporter, kind)

    reporter.on_press = pressed


def strike(world: World, reporter: Reporter, kind: str) -> None:
    """Now; raises Interrupted when the page is gone."""
    world.strike(kind)
    if kind == "tab":
        reporter.phone.close_tab()
        raise Interrupted
    if kind == "browser":
        reporter.phone.kill()
        raise Interrupted


def strike_in_upload(world: World, reporter: Reporter, shot: str, kind: str) -> None:
    """In the middle of the bytes of one photograph: there the line stalls, then it happens."""
    reached, sent = threading.Event(), [0]

    def seen(data: bytes) -> bool:
        begins = b"/photos/" + shot.encode() in data
        sent[0] = len(data) if begins else sent[0] + len(data) if sent[0] else 0
        return sent[0] > MIDDLE

    def then() -> None:
        world.line.weather = STALLED
        reached.set()

    def taken(at: str) -> None:
        if at == shot and not reached.is_set():
            assert reached.wait(20), "the upload never came to its middle"
            world.line.weather = FAIR
            strike(world, reporter, kind)

    world.line.when(seen, then)
    reporter.on_photo = taken


def test_nothing_is_lost_and_nothing_asked_twice(
    world: World, reporter: Reporter, moment: str, kind: str, record_property: Callable[[str, object], None]
) -> None:
    before = asked(world.server, "from kuaichu.cases.models import Case\nprint(Case.objects.count())", {})
    reporter.open("/")
    reporter.phone.kept()
    if moment.startswith("photo."):
        strike_in_upload(world, reporter, moment.removeprefix("photo."), kind)
    else:
        strike_at_press(world, reporter, moment, kind)
    began = time.monotonic()
    if kind == "browser":
        reporter.before_press = lambda at: patient(at, began)
    reporter.open("/start")
    try:
        reporter.walk()
    except Interrupted:
        reporter.resume()
        reporter.walk()
    for name, value in {
        "seconds": time.monotonic() - began,
        "taps": reporter.taps,
        "chars": reporter.chars,
    }.items():
        record_property(name, round(value, 1))
    whole(world, reporter, before)


def whole(world: World, reporter: Reporter, before: int) -> None:
    """One case with everything in it, and nothing entered twice."""
    found = settled(world, reporter)
    assert found["all"] == before + 1, "more than one case"
    assert found["cases"] == 1
    assert dict(found["photos"]) == reporter.digests
    assert len(found["photos"]) == len(SHOTS), "a photograph is there twice"
    twice = {what: count for what, count in reporter.entered.items() if count > 1}
    assert not twice, twice
    once = ("cases.opened", "cases.code_asked", "cases.phone_proven", "cases.party_confirmed")
    assert {kind: found["facts"].get(kind) for kind in once} == dict.fromkeys(once, 1)
    assert found["facts"]["cases.photographed"] == len(SHOTS)
    for name in ("movement", "zone", "other_movement", "other_zone"):
        assert found["told"][name] == ANSWERS[f"happened/{name}"]["answer"]
    assert found["told"]["words"] == ANSWERS["happened/words"]["answer"]
    assert (found["place"], found["weather"]) == (ANSWERS["place"]["place"], "1")
    assert (found["phone"], found["owner"], found["status"]) == (reporter.number, True, "confirmed")


def settled(world: World, reporter: Reporter, seconds: float = 40) -> dict[str, Any]:
    """What the server has once the phone has sent all its photographs."""
    end = time.monotonic() + seconds
    while True:
        found = asked(world.server, FOUND, {"party": reporter.party, "plate": reporter.plate})
        if len(found["photos"]) >= len(SHOTS) or time.monotonic() > end:
            return dict(found)
        time.sleep(1)


def test_a_clear_day_for_comparison(world: World, reporter: Reporter) -> None:
    """Without any interruption: taps and typed characters of one party, first tap to confirmed."""
    world.line.weather = CLEAR
    began = time.monotonic()
    reporter.open("/start")
    reporter.walk()
    seconds = time.monotonic() - began
    print(
        f"\none party: {reporter.taps} taps, {reporter.chars} typed characters, {seconds:.1f} s of a script"
    )
    assert reporter.taps <= 45
    assert not [what for what, count in reporter.entered.items() if count > 1]
