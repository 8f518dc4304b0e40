"""Who is asked first: properties of the ranking, without any database."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases.places.datums import Position, distance_m
from kuaichu.desks.dispatch.nearest import Candidate, rank
from kuaichu.desks.dispatch.rules import DispatchRules

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PLACE = Position(33.3776, 120.1573)
RULES = DispatchRules()
ROLES = ["patrol_officer", "auxiliary", "specialist", "persuader"]

candidates = st.lists(
    st.builds(
        Candidate,
        account_id=st.uuids(version=4),
        role=st.sampled_from(ROLES),
        insurer=st.sampled_from(["", "HUAIHAI", "TAIHU"]),
        since=st.datetimes(datetime(2026, 11, 21), datetime(2026, 11, 22), timezones=st.just(UTC)),
        busy=st.booleans(),
        where=st.none() | st.builds(Position, st.floats(33.0, 34.0), st.floats(119.5, 120.8)),
        told_at=st.none() | st.integers(0, 60).map(lambda m: NOW - timedelta(minutes=m)),
    ),
    max_size=12,
    unique_by=lambda c: c.account_id,
)


def ranked(found, place=PLACE, wants=("patrol_officer", "specialist"), shunned=(), insurers=("HUAIHAI",)):
    return rank(place, found, wants=wants, shunned=shunned, insurers=insurers, now=NOW, rules=RULES)


@given(candidates)
def test_only_who_may_go_and_can(found: list[Candidate]) -> None:
    by_id = {c.account_id: c for c in found}
    for choice in ranked(found):
        one = by_id[choice.account_id]
        assert one.role in ("patrol_officer", "specialist")
        assert not one.busy
        assert one.where is not None
        assert one.told_at is not None
        assert NOW - one.told_at <= timedelta(minutes=RULES.fresh_minutes)
        assert choice.metres == round(distance_m(PLACE, one.where)) <= RULES.reach_m


@given(candidates)
def test_nearest_first_with_the_penalty_of_the_own_insurer(found: list[Candidate]) -> None:
    by_id = {c.account_id: c for c in found}
    costs = [
        (c.metres or 0) + (RULES.own_insurer_m if by_id[c.account_id].insurer == "HUAIHAI" else 0)
        for c in ranked(found)
    ]
    assert costs == sorted(costs)


@given(candidates, st.randoms())
def test_the_order_in_which_they_are_given_does_not_matter(found: list[Candidate], dice) -> None:
    mixed = list(found)
    dice.shuffle(mixed)
    assert ranked(mixed) == ranked(found)


@given(candidates)
def test_who_was_asked_is_not_asked_again(found: list[Candidate]) -> None:
    first = ranked(found)
    if first:
        later = ranked(found, shunned=[str(first[0].account_id)])
        assert later == first[1:]


@given(candidates)
def test_without_a_place_the_longest_on_duty_comes_first(found: list[Candidate]) -> None:
    by_id = {c.account_id: c for c in found}
    since = [by_id[c.account_id].since for c in ranked(found, place=None, insurers=())]
    assert since == sorted(since)
    assert all(c.metres is None for c in ranked(found, place=None))


def test_a_neutral_specialist_is_preferred_to_one_a_little_nearer() -> None:
    def at(metres: float, insurer: str) -> Candidate:
        where = Position(PLACE.lat + metres / 111_195, PLACE.lon)
        return Candidate(uuid.uuid4(), "specialist", insurer, NOW, False, where, NOW)

    own, neutral, far = at(500, "HUAIHAI"), at(2000, "TAIHU"), at(2900, "TAIHU")
    order = [c.account_id for c in ranked([far, own, neutral])]
    assert order == [neutral.account_id, own.account_id, far.account_id]
