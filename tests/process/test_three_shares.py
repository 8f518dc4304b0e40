"""A car and an e-bike: the grade, the insurers' clearing share and the civil share go their own ways."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from kuaichu.cases import intake, parties, statements
from kuaichu.desks.claims.models import Calculation
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import agreements, determinations
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel.city import city
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid
from kuaichu.people import roles
from kuaichu.people.models import Organisation
from kuaichu.queries.losses import loss_case
from kuaichu.queries.packet import liability
from kuaichu.queries.timeline import timeline
from tests.process import walking
from tests.process.walking import Road, officer, settle
from tests.stories.builders import INSURERS, SIGNATURE, Town

pytestmark = pytest.mark.django_db
CROSSING = {"A.avoided": False, "B.dismounted": False}
TOLD = {
    "A": statements.Statement(
        movement="STRAIGHT", zone="FRONT", other_movement="CROSSING_ROAD", other_zone="LEFT", answers=CROSSING
    ),
    "B": statements.Statement(movement="CROSSING_ROAD", zone="LEFT", answers=CROSSING),
}


class RiderRoad(Road):
    """A hits B, who rides an e-bike across the road; A had not slowed."""

    def __init__(self, town: Town, code: str) -> None:
        self.code = code
        for insurer, name in INSURERS.items():
            Organisation.objects.get_or_create(
                city=code, code=insurer, defaults={"kind": Organisation.Kind.INSURER, "name": name}
            )
        self.town = town
        self.case, self.a = intake.open_case(roles.visitor(code))
        self.numbers = {"A": town.number(), "B": town.number()}
        self.id = self.case.pk

    def ready(self) -> RiderRoad:
        profile = city(self.code).profile
        self.describe(lon=profile.centre_lon, lat=profile.centre_lat)
        self.prove("A")
        self.drive("A", insurer="HUAIHAI")
        self.photograph()
        self.invite()
        self.prove("B")
        rider = parties.Identity(
            vehicle_kind="NMV", plate="盐城 123456", name="王小明", id_number="11010519491231002X"
        )
        parties.identify(self.actor("B"), self.id, rider)
        for label, told in TOLD.items():
            statements.state(self.actor(label), self.id, told)
            parties.confirm(self.actor(label), self.id)
        drain()
        self.case.refresh_from_db()
        assert self.status == "ready", self.case.screening
        return self

    def assess(self, fen: int = 150_000) -> None:
        actor = walking.insurer("HUAIHAI", self.code)
        claim = walking.Claim.objects.get(case_id=self.id)
        walking.filings.acknowledge(actor, claim.pk, f"RPT{claim.pk.hex[-8:]}")
        vehicle = self.vehicle("A")
        loss = walking.filings.Loss([walking.filings.Line("前保险杠", "part", fen)], fen, "李工")
        walking.filings.assess(actor, claim.pk, vehicle.pk, loss, may={vehicle.pk})


def ruling(**changes: Any) -> Ruling:
    given = {
        "grades": {"A": "SECONDARY", "B": "PRIMARY"}, "form": "5", "citations": ["法57"],
        "facts_found": "乙方骑电动自行车横过机动车道，与甲方汽车相撞。",
        "reasons": "乙方未下车推行，甲方未减速避让。",
    }  # fmt: skip
    return Ruling(**(given | changes))


def lines(road: Road) -> list[tuple[str, str, str, int]]:
    row = Calculation.objects.get(case_id=road.id)
    return [(x["cover"], x["from"], x["to"], x["fen"]) for x in row.lines]


@pytest.mark.parametrize("code", ["yancheng", "binzhou"])
def test_an_agreement_keeps_three_shares(town: Town, code: str) -> None:
    road = RiderRoad(town, code).ready()
    road.want("agree")
    row = Agreement.objects.get(case_id=road.id)
    assert row.grades == {"A": "SECONDARY", "B": "PRIMARY"}
    assert (row.shares, row.clearing_shares) == ({"A": "2/5", "B": "3/5"}, {"A": "3/10", "B": "7/10"})
    assert row.share_rule == {
        "table": {"yancheng": "jiangsu", "binzhou": "shandong"}[code],
        "basis": "province",
    }
    for label in "AB":
        agreements.sign(road.actor(label), road.id, path=SIGNATURE, read=True)
    settle()
    paper = Paper.objects.get(case_id=road.id)
    assert paper.status == "issued"
    assert "按本省规定分担：甲方40%，乙方60%" in bytes(paper.facts).decode()
    assert any("A 40% B 60%" in x.what and "A 30% B 70%" in x.what for x in timeline(road.id))
    told = liability(road.id)
    assert told is not None
    assert told["civil_shares"] == told["shares"] == {"A": "2/5", "B": "3/5"}
    assert told["clearing_shares"] == {"A": "3/10", "B": "7/10"}
    loss = loss_case(road.case)
    assert loss is None, "nothing is assessed yet"
    road.assess()
    settle()
    loss = loss_case(road.case)
    assert loss is not None
    assert loss.nonmotors[0].motor_share == Fraction(2, 5)
    # EX9: of the car's 1,500 yuan the rider owes 60 %
    assert lines(road) == [("PERSONAL", "B", "A", 90_000), ("OWN_BORNE", "A", "A", 60_000)]


def test_a_determination_takes_the_table_or_what_the_officer_fixes_within_it(town: Town) -> None:
    road = RiderRoad(town, "binzhou").ready()
    road.want("officer")
    who = officer("binzhou")
    road.take(who)
    with pytest.raises(Invalid) as refused:
        determinations.determine(who, road.id, ruling(shares={"A": "1/2", "B": "1/2"}), factor_fresh=True)
    assert "30" in str(refused.value.fields["shares"])
    determinations.determine(who, road.id, ruling(shares={"A": "7/20", "B": "13/20"}), factor_fresh=True)
    row = Determination.objects.get(case_id=road.id)
    assert row.shares == row.clearing_shares == {"A": "7/20", "B": "13/20"}
    assert row.share_rule == {"table": "shandong", "basis": "fixed"}
    settle()
    assert Paper.objects.get(case_id=road.id).status == "issued"


def test_a_car_without_fault_still_owes_the_rider_a_part(town: Town) -> None:
    road = RiderRoad(town, "yancheng").ready()
    road.want("officer")
    who = officer("yancheng")
    road.take(who)
    determinations.determine(who, road.id, ruling(grades={"A": "NONE", "B": "FULL"}), factor_fresh=True)
    row = Determination.objects.get(case_id=road.id)
    assert (row.shares, row.clearing_shares) == ({"A": "1/10", "B": "9/10"}, {"A": "0", "B": "1"})
    settle()
    road.assess()
    settle()
    loss = loss_case(road.case)
    assert loss is not None
    assert loss.nonmotors[0].motor_share == Fraction(1, 10)
    assert lines(road) == [("PERSONAL", "B", "A", 150_000)]


def test_where_nothing_fixes_the_share_the_clause_clears(town: Town) -> None:
    road = RiderRoad(town, "guangyuan").ready()
    road.want("officer")
    who = officer("guangyuan")
    road.take(who)
    determinations.determine(who, road.id, ruling(), factor_fresh=True)
    row = Determination.objects.get(case_id=road.id)
    assert (row.shares, row.clearing_shares) == ({}, {"A": "3/10", "B": "7/10"})
    assert row.share_rule["basis"] == "open"
    settle()
    road.assess()
    settle()
    assert lines(road) == [("PERSONAL", "B", "A", 105_000), ("OWN_BORNE", "A", "A", 45_000)]
