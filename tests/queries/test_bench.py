"""Opinions compared, and what is known from before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases import files
from kuaichu.desks.liability.models import Determination, Opinion
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people import roles
from kuaichu.queries.bench.history import history
from kuaichu.queries.bench.opinions import compared, kappa
from tests.process.walking import Road, officer
from tests.stories.builders import Town

GRADES = st.sampled_from(["A FULL", "B FULL", "A EQUAL"])


def test_kappa_by_hand() -> None:
    """Cohen 1960: 20 + 15 of 50 agree, marginals 25/25 and 30/20 → kappa 0.4."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y")]) is None
    assert kappa([("y", "y")] * 5) is None


@given(st.lists(st.tuples(GRADES, GRADES), min_size=2, max_size=40))
def test_kappa_is_the_same_from_both_sides_and_never_above_one(pairs: list[tuple[str, str]]) -> None:
    one, other = kappa(pairs), kappa([(b, a) for a, b in pairs])
    assert one == pytest.approx(other) if one is not None else other is None
    assert one is None or one <= 1 + 1e-9


@pytest.mark.django_db
def test_supervision_sees_agreement_and_differences(town: Town) -> None:
    road, who = Road(town).ready(), officer()
    road.want("officer")
    road.take(who)
    row = Determination.objects.get()
    for source, grades in (("officer", {"A": "EQUAL", "B": "EQUAL"}), ("engine", {"A": "FULL", "B": "NONE"})):
        Opinion.objects.create(
            case_id=road.id, determination=row, city=row.city, source=source, grades=grades, at=clock.now()
        )
    with pytest.raises(NotAllowed):
        compared(who)
    boss = Actor("staff", who.id, row.city, roles.ROLES["supervisor"])
    blind, samples = compared(boss)
    assert (blind.n, blind.agree, samples.n) == (1, 0, 0)
    assert blind.differences[0].number == road.case.number
    assert (blind.differences[0].first, blind.differences[0].second) == (
        "A FULL, B NONE", "A EQUAL, B EQUAL",
    )  # fmt: skip
    elsewhere = Actor("staff", who.id, "guangyuan", roles.ROLES["supervisor"])
    assert [one.n for one in compared(elsewhere)] == [0, 0]


@pytest.mark.django_db
def test_history_knows_the_same_car_and_person_in_this_city(town: Town) -> None:
    first, second = Road(town).ready(), Road(town).ready()
    case, parties = second.case, files.parties(second.id)
    assert not history(case, parties, files.vehicles(second.id)).earlier
    vehicle = second.vehicle("A")
    vehicle.plate = first.vehicle("A").plate
    vehicle.save()
    party = second.party("B")
    party.id_number = first.party("B").id_number
    party.save()
    known = history(case, files.parties(second.id), files.vehicles(second.id))
    assert {(one.label, one.number) for one in known.earlier} == {
        ("A", first.case.number), ("B", first.case.number),
    }  # fmt: skip
    assert any("before" in sign or "此前" in sign for sign in known.signs)
