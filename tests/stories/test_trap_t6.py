"""Trap T6: the third accident in sixty days with the same two phones must not pass as a minor one."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from kuaichu.cases import evidence, parties
from kuaichu.cases.models import Case
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import wishes
from kuaichu.desks.risk.models import Inquiry, Trace
from kuaichu.desks.risk.words import PARTY, STAFF
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import NotAllowed
from tests.process.walking import Road
from tests.stories.builders import Town, photograph

pytestmark = pytest.mark.django_db


def again(town: Town, numbers: dict[str, str], days: int) -> Road:
    """Another accident of the same two phones, so many days ago."""
    with clock.at(clock.now() - timedelta(days=days)):
        road = Road(town)
        road.numbers = numbers
        return road.ready()


def test_t6_two_phones_for_the_third_time(town: Town) -> None:
    numbers = {"A": town.number(), "B": town.number()}
    first = again(town, numbers, 55)
    assert not Inquiry.objects.exists()  # once is no sign
    again(town, numbers, 30)
    road = Road(town)
    road.numbers = numbers
    road.both_joined()
    old = photograph(7)
    for one in (first, road):
        capture = evidence.Capture(client_id=uuid.uuid4(), shot="other", source="in_app")
        evidence.photograph(one.actor("A"), one.id, capture, old)
    for label in "AB":
        parties.confirm(road.actor(label), road.id)
    drain()
    case = Case.objects.get(pk=road.id)
    inquiry = Inquiry.objects.get(case=case)
    assert {"PAIR:", "OFTEN:A", "OFTEN:B"} <= {f"{one['code']}:{one['label']}" for one in inquiry.signs}
    assert inquiry.points >= 100
    assert (case.status, case.watched) == ("ready", "open")
    told = case.screening or {}
    assert "FRAUD_FLAG" in [hit["gate"] for hit in told["hits"]]
    assert {"SUMMARY", "GENERAL"} <= set(told["allowed"]), "an officer decides, nobody is refused"
    assert not {"SELF", "ONLINE"} & set(told["allowed"])
    with pytest.raises(NotAllowed):
        wishes.choose(road.actor("A"), road.id, "agree")
    assert not Paper.objects.filter(case=case).exists()  # no certificate by itself
    assert any("/j/" in text and case.number in text for text in town.messages(numbers["A"]))
    hashes = set(Trace.objects.values_list("hash", flat=True))
    assert not any(number in one for one in hashes for number in numbers.values())


def test_every_sign_has_words_for_both() -> None:
    assert set(STAFF) == set(PARTY)
