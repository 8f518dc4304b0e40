"""The lot is fair and can be drawn again by anybody; in a rehearsal of 10,000 cases nothing starves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.desks.centre import lots, ordering
from kuaichu.desks.centre.rehearsal import Plan, Rehearsal, chi_square

SEED = lots.seed_of("secret", "yancheng", date(2026, 11, 22))
OFFICERS = [f"officer-{n}" for n in range(7)]


def day(n: int = 40, **changed: Any) -> dict[str, Any]:
    """A day's drawings as the public page tells them."""
    key = lots.key_of(SEED, "ab" * 32)
    draws = [
        {
            "item": f"item-{n}", "case": str(UUID(int=n)), "kind": "request", "round": 1, "head": "ab" * 32,
            "candidates": OFFICERS, "left_out": {},
            "officer": lots.winner(key, lots.subject_of(UUID(int=n), "request", 1), OFFICERS),
        }
        for n in range(n)
    ]  # fmt: skip
    return {"seed": SEED.hex(), "commitment": lots.commitment(SEED), "draws": draws} | changed


def test_an_honest_day_has_no_fault() -> None:
    assert lots.faults(day()) == []


def test_a_favour_is_found() -> None:
    told = day()
    draw = told["draws"][3]
    draw["officer"] = next(o for o in OFFICERS if o != draw["officer"])
    assert lots.faults(told) == [f"{UUID(int=3)}|request|1: the lot gives another officer"]


def test_a_guest_a_second_try_and_another_seed_are_found() -> None:
    told = day()
    told["draws"][0]["officer"] = "a friend"
    told["draws"].append({**told["draws"][1], "round": 3})
    found = " ".join(lots.faults(told))
    assert "was no candidate" in found
    assert "a round is missing" in found
    assert "committed" in " ".join(lots.faults(day(commitment="00")))
    assert "not over" in " ".join(lots.faults(day(seed="")))


@given(st.sets(st.text(min_size=1), min_size=1), st.integers(1, 9))
def test_the_order_of_candidates_changes_nothing(officers: set[str], number: int) -> None:
    subject = lots.subject_of("case", "request", number)
    won = lots.winner(SEED, subject, sorted(officers))
    assert won in officers
    assert lots.winner(SEED, subject, sorted(officers, reverse=True)) == won
    others = officers - {won}
    if others:  # somebody else's absence would not have helped
        smaller = officers - {sorted(others)[0]}
        assert lots.winner(SEED, subject, smaller) == won


def test_days_and_cities_have_seeds_of_their_own() -> None:
    seeds = {lots.seed_of("s", city, date(2026, 1, d)) for city in ("a", "b") for d in range(1, 29)}
    assert len(seeds) == 56


def test_the_test_of_fairness_can_fail() -> None:
    fair = [(n % 5, 5) for n in range(1000)]
    assert chi_square(fair).p > 0.999
    assert chi_square(fair + [(0, 5)] * 100).p < 0.001


@pytest.mark.parametrize("load", [0.7, 0.95])
def test_ten_thousand_cases(load: float) -> None:
    found = Rehearsal(Plan(load=load)).run()
    chance = found.chance
    print(f"load {load}: chi2 {chance.statistic:.1f}, df {chance.freedom}, p {chance.p:.3f}")
    assert chance.freedom > 20
    assert 0.001 < chance.p < 0.999
    assert found.left == 0
    assert found.served.total() == 10_000 == len(found.waits) + len(found.urgent_waits)
    assert max(found.served.values()) < 1.25 * min(found.served.values())
    assert max(found.waits + found.urgent_waits) < 900


def test_a_flood_of_urgent_cases_starves_nobody() -> None:
    """Twice as much as the officers can do, nine of ten urgent: the others still go by their time."""
    found = Rehearsal(Plan(cases=3000, officers=6, load=2.0, urgent=0.9, silent=0)).run()
    assert found.left == 0
    assert max(found.waits) < 1.2 * max(found.urgent_waits)


class Thing:
    def __init__(self, number: int, rank: int, due: int) -> None:
        self.id, self.rank = UUID(int=number), rank
        self.due_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=due)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(-60, 60)), max_size=30))
def test_order_of_work(told: list[tuple[int, int]]) -> None:
    now, patience = datetime(2026, 1, 1, tzinfo=UTC), timedelta(minutes=10)
    rows = [Thing(n, *one) for n, one in enumerate(told)]
    ordered = ordering.in_order(rows, now, patience)
    assert sorted(r.id for r in rows) == sorted(r.id for r in ordered)
    keys = [(-1 if now - r.due_at > patience else r.rank, r.due_at) for r in ordered]
    assert keys == sorted(keys)
