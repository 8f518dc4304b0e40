"""From the first tap to sealed evidence, and to two confirmed parts: what two practised people need.

`pytest tests/browser/test_practised.py -n 0 -s --runs 5` prints the medians that docs/howto/offline.md names.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.interruptions import CLEAR
from tests.browser.practising import (
    Effort,
    Practised,
    back_by_hand,
    by_code,
    by_hand,
    clear,
    other_part,
    to_the_seal,
)
from tests.kill.world import World
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.needs("chromium", "zbarimg")]
MOST_TYPED = 12
MOST_TAPS = 34
"""To the seal, by the one who reports."""


@pytest.fixture(scope="module")
def town(make_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(make_server, tmp_path_factory.mktemp("practised"))
    made.line.weather = CLEAR
    yield made
    made.close()


def phone(make_page: Callable[..., Page]) -> Page:
    page = make_page("phone")
    page.set_default_timeout(30_000)
    return page


def walked(town: World, make_page: Callable[..., Page], *, phones: int) -> tuple[Effort, Effort]:
    """The effort of both until the evidence is sealed and each has seen that, and until both confirmed."""
    effort, page = Effort(), phone(make_page)
    first = Practised(page, town, effort)
    second = Practised(phone(make_page) if phones == 2 else page, town, effort)
    to_the_seal(first)
    sealed = effort.so_far()
    clear(first)
    first.told("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    (by_code if phones == 2 else by_hand)(first, second)
    other_part(second)
    second.confirm()
    if phones == 1:
        back_by_hand(first)
    first.confirm()
    return sealed, effort.so_far()


def said(name: str, efforts: list[Effort]) -> str:
    def middle(of: Callable[[Effort], float]) -> float:
        return statistics.median(map(of, efforts))

    return (
        f"{name}: {middle(lambda e: e.taps):.0f} taps, {middle(lambda e: e.typed):.0f} typed characters "
        f"({middle(lambda e: e.offered):.0f} more where the phone fills nothing in), "
        f"{middle(lambda e: e.pages):.0f} pages, {middle(lambda e: e.seconds):.1f} s of machine, "
        f"{middle(lambda e: e.person):.0f} s with a person's hands"
    )


@pytest.mark.parametrize("phones", [2, 1])
def test_two_practised_people(
    town: World, make_page: Callable[..., Page], request: pytest.FixtureRequest, phones: int
) -> None:
    runs = [walked(town, make_page, phones=phones) for _run in range(request.config.getoption("runs"))]
    print("\n" + said(f"{phones} phone(s), sealed", [sealed for sealed, _all in runs]))
    print(said(f"{phones} phone(s), both confirmed", [everything for _sealed, everything in runs]))
    assert max(sealed.taps for sealed, _all in runs) <= MOST_TAPS
    assert max(everything.typed for _sealed, everything in runs) <= MOST_TYPED
