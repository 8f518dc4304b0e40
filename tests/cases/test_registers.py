"""The registers: what their answers make of a party, early, late and more than once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kuaichu.cases import intake, parties
from kuaichu.cases.models import Party
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.people import roles
from tests.process.walking import Road, settle
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def part() -> Party:
    return intake.open_case(roles.visitor("yancheng"))[1]


class TestRegisters:
    def test_an_answer_about_another_driver_is_not_taken(self, town: Town) -> None:
        from kuaichu.cases import registers

        road = Road(town)
        road.describe()
        road.prove("A")
        road.drive("A", insurer="HUAIHAI")
        party, vehicle = road.party("A"), road.vehicle("A")
        found = registers.ask("yancheng", party, vehicle)
        parties.identify(
            road.actor("A"), road.id,
            parties.Identity(is_owner=False, name="李明", id_number="E12345678"),
        )  # fmt: skip
        registers.record(roles.system("yancheng"), road.id, party.pk, found)
        assert road.party("A").driver is None
        assert (road.party("A").name, road.party("A").id_number) == ("李明", "E12345678")

    def test_another_day_is_asked_again(self, town: Town) -> None:
        road = Road(town)
        road.describe()
        road.prove("A")
        road.drive("A", insurer="HUAIHAI")
        assert road.vehicle("A").policies
        road.describe(happened_at=clock.now() - timedelta(days=20))
        assert road.vehicle("A").policies is None
        settle()
        assert road.vehicle("A").policies
        assert road.status == "reporting"

    def test_a_register_that_answers_late_opens_the_ways(self, town: Town) -> None:
        road = Road(town).both_joined()
        from kuaichu.cases.models import Vehicle

        Vehicle.objects.filter(case_id=road.id).update(policies=None, answered_at=None)
        for label in "AB":
            parties.confirm(road.actor(label), road.id)
        drain()
        road.case.refresh_from_db()
        assert road.status == "ready"
        assert "SELF" not in road.case.screening["allowed"]
        from kuaichu.kernel.journal import event_of
        from kuaichu.process.reading import ask_again

        ask_again(event_of(Entry.objects.filter(stream=road.id, kind="cases.described").first()))
        settle()
        road.case.refresh_from_db()
        assert "SELF" in road.case.screening["allowed"]
