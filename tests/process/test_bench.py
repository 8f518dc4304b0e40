"""What officers decide besides liability, each with all that follows: papers, messages, money."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from kuaichu.cases import evidence
from kuaichu.cases.models import Case
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.bench import endings, returns
from kuaichu.desks.liability.bench.returns import Missing
from kuaichu.desks.liability.models import Determination, EvidenceRequest
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people.models import Account, Organisation
from kuaichu.people.roles import system
from tests.process.walking import Road, drawn, officer, settle
from tests.stories.builders import Town, photograph

pytestmark = pytest.mark.django_db


def held(town: Town, **changes: Any) -> tuple[Road, Actor]:
    """A case in the hands of an officer."""
    road, who = Road(town).ready(), officer(**changes)
    road.want("officer")
    road.take(who)
    return road, who


def row_of(road: Road) -> Determination:
    return Determination.objects.filter(case_id=road.id).order_by("-requested_at")[0]


def send(road: Road, label: str, shot: str) -> None:
    """A photograph of a party arrives."""
    capture = evidence.Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
    evidence.photograph(road.actor(label), road.id, capture, photograph(uuid.uuid4().int))
    drain()


class TestReturnedForEvidence:
    def test_it_goes_to_the_phone_and_comes_back_to_the_same_officer(self, town: Town) -> None:
        road, who = held(town)
        determinations.draft(who, road.id, {"facts_found": "so far", "citations": []})
        returns.ask(who, road.id, Missing("B", "damage", "左后角近照"))
        drain()
        assert any("/j/" in text for text in town.messages(road.numbers["B"])[:1])
        assert row_of(road).status == "returned"
        with pytest.raises(NotFound):  # free for the next case meanwhile
            determinations.held_by(who, road.id)
        send(road, "A", "damage")
        send(road, "B", "front")
        assert row_of(road).status == "returned"  # of the other party, or not what was asked for
        send(road, "B", "damage")
        assert EvidenceRequest.objects.get().status == "came"
        assert drawn(officer()) is None  # kept for who asked
        again = drawn(who)
        assert again is not None
        assert row_of(road).draft["facts_found"] == "so far"
        road.determine(who)
        settle()
        assert road.status == "decided"

    def test_what_does_not_come_gives_the_case_back(self, town: Town) -> None:
        road, who = held(town)
        asked = returns.ask(who, road.id, Missing("A", "plate"))
        returns.settle(system("yancheng"), road.id, asked.pk)
        returns.settle(system("yancheng"), road.id, asked.pk)
        assert EvidenceRequest.objects.get().status == "lapsed"
        assert row_of(road).status == "waiting"
        assert row_of(road).kept_for == uuid.UUID(who.id)
        assert road.kinds()["liability.evidence_settled"] == 1

    @pytest.mark.parametrize(("field", "missing"), [
        ("label", Missing("Z", "damage")), ("shot", Missing("A", "selfie")),
        ("words", Missing("A", "damage", "x" * 301)),
    ])  # fmt: skip
    def test_the_field_that_is_wrong_is_named(self, town: Town, field: str, missing: Missing) -> None:
        road, who = held(town)
        with pytest.raises(Invalid) as refusal:
            returns.ask(who, road.id, missing)
        assert set(refusal.value.fields) == {field}
        assert row_of(road).status == "taken"


class TestEndings:
    def test_facts_that_cannot_be_established_are_certified_and_nobody_is_liable(self, town: Town) -> None:
        road, who = held(town)
        endings.certify_facts(
            who, road.id, facts_found="两车在路口接触，均有损坏。",
            reasons="双方各执一词，现场无监控，无法查清何方违反信号灯。", factor_fresh=True,
        )  # fmt: skip
        settle()
        paper = Paper.objects.get(case_id=road.id)
        assert (paper.kind, paper.status) == ("facts_certificate", "issued")
        case = Case.objects.get(pk=road.id)
        assert (case.status, case.outcome) == ("closed", "facts")
        assert not road.kinds()["claims.registered"]
        assert any(paper.number in text for text in town.messages(road.numbers["B"]))
        with pytest.raises(NotFound):
            road.determine(who)

    def test_a_case_is_not_accepted_with_written_reasons(self, town: Town) -> None:
        road, who = held(town)
        with pytest.raises(Invalid) as refusal:
            endings.refuse(who, road.id, ground="because", reasons="no", factor_fresh=True)
        assert set(refusal.value.fields) == {"ground", "reasons"}
        with pytest.raises(NotAllowed):
            endings.refuse(
                who,
                road.id,
                ground="not_traffic",
                reasons="车辆停放在院内时树枝掉落砸损。",
                factor_fresh=False,
            )
        endings.refuse(
            who, road.id, ground="not_traffic", reasons="车辆停放在院内时树枝掉落砸损。", factor_fresh=True
        )
        settle()
        paper = Paper.objects.get(case_id=road.id)
        assert (paper.kind, paper.status) == ("rejection_notice", "issued")
        assert "不属于道路交通事故" in bytes(paper.facts).decode()
        assert Case.objects.get(pk=road.id).outcome == "not_accepted"

    def test_only_the_other_unit_is_offered_what_was_transferred(self, town: Town) -> None:
        road, who = held(town)
        unit = Organisation.objects.create(city="yancheng", code="YC-2", kind="police", name="二大队")
        with pytest.raises(Invalid):
            endings.transfer(who, road.id, unit_id=who.organisation_id or uuid.uuid4())
        endings.transfer(who, road.id, unit_id=unit.pk)
        drain()
        assert drawn(officer()) is None
        there = officer()
        Account.objects.filter(pk=there.id).update(organisation=unit)
        moved = Actor("staff", there.id, there.city, there.grants, organisation_id=unit.pk)
        taken = drawn(moved)
        assert taken is not None
        assert taken.case_id == road.id


def test_what_is_signed_takes_no_other_ending(town: Town) -> None:
    road, who = held(town)
    road.determine(who)
    for call in (
        lambda: returns.ask(who, road.id, Missing("A", "damage")),
        lambda: endings.transfer(
            who, road.id, unit_id=Organisation.objects.create(city="yancheng", code="X", kind="police").pk
        ),
        lambda: endings.refuse(
            who, road.id, ground="not_here", reasons="不属于本单位管辖范围。", factor_fresh=True
        ),
        lambda: endings.certify_facts(
            who, road.id, facts_found="两车在路口接触，均有损坏。", reasons="事实无法查清，理由如上所述。",
            factor_fresh=True,
        ),
    ):  # fmt: skip
        with pytest.raises(WrongState):
            call()
    assert row_of(road).status == "signed"
