"""The signs on a small city's years: the same every time, rings are found, few others are looked at."""

from __future__ import annotations

from kuaichu.desks.risk.rules import RiskRules
from kuaichu.desks.risk.town import Plan, Town
from kuaichu.desks.risk.trial import try_out

SMALL = Plan(drivers=4_000, years=2, accidents=200, seed=7)


def test_rings_are_noticed_and_few_innocents() -> None:
    found = try_out(SMALL, RiskRules())
    assert found.accidents == found.staged + 400 - (400 - (found.accidents - found.staged))
    assert found.precision > 0.9
    assert found.recall > 0.75
    assert found.lead["one man"] <= 6
    assert 0 < found.lead["garage"] <= 6
    assert len(found.innocents) <= 8


def test_without_rings_hardly_anybody_is_looked_at() -> None:
    found = try_out(SMALL, RiskRules())
    blind = try_out(SMALL, RiskRules(threshold=10_000))
    assert (blind.flagged, blind.recall) == (0, 0.0)
    assert found.flagged > blind.flagged


def test_the_same_seed_gives_the_same_years() -> None:
    assert Town(SMALL).accidents() == Town(SMALL).accidents()
    assert Town(SMALL).accidents() != Town(Plan(4_000, 2, 200, 8)).accidents()
