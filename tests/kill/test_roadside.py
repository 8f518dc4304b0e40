"""A report at the roadside survives everything: cut network, closed tab, killed browser, killed server.

At each step and in the middle of each upload: nothing is asked twice, there is one case, all bytes arrive.
`--all-kills` walks every step with every interruption; the ordinary run takes a sample.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.browser.interruptions import CLEAR
from tests.kill.asking import asked
from tests.kill.roadside import Reporter
from tests.kill.world import FAIR, World, whole

pytestmark = [pytest.mark.kill, pytest.mark.browser, pytest.mark.needs("chromium")]
STALLED = replace(FAIR, bits=4_000)
MIDDLE = 24_000
COOKIES = 33.0
KEEPING = 0.5
"""Seconds after a tap was taken in which the phone keeps the form; one that dies earlier knows of no tap."""


class Interrupted(Exception):
    """The page one was on is no more."""


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
                reporter.noticed()
                time.sleep(KEEPING)
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
