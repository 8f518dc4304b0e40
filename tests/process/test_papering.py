"""Papers that are asked for: who may, what is refused readably, what comes of it, and who reads it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.utils import translation

from kuaichu.desks.claims.models import Assessment, Claim
from kuaichu.desks.documents.models import Paper, PaperOrder
from kuaichu.desks.documents.ordering.catalogue import FORMS, INSURER, OFFICER, forms_of
from kuaichu.desks.documents.ordering.orders import Asked
from kuaichu.desks.liability import serving
from kuaichu.desks.liability.rechecks import reviews, taking
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.process.papering.asking import ask
from kuaichu.queries.own_case import papers_of
from kuaichu.queries.papering.ordered import BUILDS
from kuaichu.queries.verdicts import facts_of
from tests.process.paper_forms import TOLD
from tests.process.test_rechecks import reviewer
from tests.process.walking import Road, insurer, officer
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(town: Town) -> Road:
    return Road(town).ready()


@pytest.fixture
def who(road: Road) -> Actor:
    made = officer()
    road.want("officer")
    road.take(made)
    return made


def asked(kind: str, **changes: str) -> Asked:
    return Asked(kind, TOLD[kind] | changes, uuid.uuid4())


def made(road: Road, actor: Actor, kind: str, **changes: str) -> Paper:
    order = ask(actor, road.id, asked(kind, **changes), factor_fresh=True)
    drain()
    return Paper.objects.get(basis_id=order.pk)


def facts(paper: Paper) -> Any:
    found = facts_of(paper)
    assert found is not None
    return found


def read_by(road: Road, label: str) -> set[str]:
    return {paper.kind for paper in papers_of(road.party(label))}


def test_every_form_has_its_builder_and_every_builder_its_form() -> None:
    assert set(FORMS) == set(BUILDS)
    assert set(forms_of(OFFICER)) | set(forms_of(INSURER)) == set(FORMS)


def test_all_that_an_officer_can_ask_for_is_made_sealed_and_read_by_whom_it_is_for(
    road: Road, who: Actor
) -> None:
    for kind in TOLD:
        paper = made(road, who, kind)
        assert (paper.kind, paper.status) == (kind, Paper.Status.ISSUED), kind
        assert paper.file_sha256
        assert kind == facts(paper).KIND
    assert read_by(road, "A") - read_by(road, "B") == {"power_of_attorney", "certified_copy"}
    assert read_by(road, "B") - read_by(road, "A") == {"tow_order"}
    police = {"acceptance_record", "hand_over_form", "extraction_record", "rescue_fund_notice"}
    assert not police & (read_by(road, "A") | read_by(road, "B"))
    assert Paper.objects.get(kind="rescue_cost_notice").read_by("insurers")


def test_what_was_typed_stands_in_the_facts(road: Road, who: Actor) -> None:
    agreed = facts(made(road, who, "mediation_agreement"))
    assert [(one.item, one.fen) for one in agreed.losses] == [("车辆维修费", 350_000), ("施救费", 30_050)]
    assert (agreed.promises[0].by, agreed.promises[0].to) == tuple(p.name for p in agreed.parties)
    assert facts(made(road, who, "rescue_cost_notice")).cost_fen == 1_800_000


def test_a_copy_covers_what_is_not_the_applicants(road: Road, who: Actor) -> None:
    copy = facts(made(road, who, "certified_copy"))
    own, other = copy.parties
    assert own.document_no
    assert other.document_no == other.phone == ""
    assert "*" in other.name
    assert road.party("B").name not in str(copy)
    assert road.party("B").phone not in str(copy)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("mediation_agreement", "losses", "很多钱"),
        ("mediation_agreement", "losses", "车 99999999999"),
        ("mediation_agreement", "promises", "甲→乙 9999"),
        ("mediation_agreement", "promises", "甲→丁 10"),
        ("mediation_agreement", "promises", "甲→甲 10"),
        ("mediation_record", "ended_at", "2026-05-01T08:00"),
        ("mediation_record", "began_at", "0001-01-01T00:00"),
        ("mediation_record", "began_at", "9999-12-31T23:59+23:59"),
        ("mediation_record", "began_at", "gestern"),
        ("mediation_record", "present", "\n".join("甲" * 21)),
        ("mediation_end", "reason", ""),
        ("mediation_end", "reason", "长" * 2001),
        ("power_of_attorney", "party", "C"),
        ("power_of_attorney", "agent", "陈\x00望"),
        ("power_of_attorney", "agent", "陈\U000323af"),
        ("power_of_attorney", "agent", "陈\n望"),
        ("rescue_fund_notice", "ground", "because"),
        ("rescue_fund_notice", "cost", "-1"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    road: Road, who: Actor, kind: str, field: str, value: str
) -> None:
    with pytest.raises(Invalid) as caught:
        ask(who, road.id, asked(kind, **{field: value}), factor_fresh=True)
    assert list(caught.value.fields) == [field]
    assert not PaperOrder.objects.exists()


def test_a_character_without_glyph_is_named(road: Road, who: Actor) -> None:
    with translation.override("en"), pytest.raises(Invalid) as caught:
        ask(who, road.id, asked("power_of_attorney", agent="王\U000323af"), factor_fresh=True)
    assert "\U000323af" in str(caught.value.fields["agent"])


def test_who_may(road: Road, who: Actor) -> None:
    other = officer()
    with pytest.raises(NotFound):
        ask(other, road.id, asked("rights_notice"), factor_fresh=True)
    with pytest.raises(NotAllowed):
        ask(who, road.id, asked("rights_notice"), factor_fresh=False)
    with pytest.raises(NotAllowed):
        ask(road.actor("A"), road.id, asked("rights_notice"), factor_fresh=True)
    with pytest.raises(NotFound):
        ask(insurer("PICC"), road.id, Asked("loss_sheet", {"party": "A"}, uuid.uuid4()), factor_fresh=False)
    with pytest.raises(Invalid):
        ask(who, road.id, Asked("care_pass", {}, uuid.uuid4()), factor_fresh=True)
    assert not PaperOrder.objects.exists()


def test_a_second_tap_is_the_same_order(road: Road, who: Actor) -> None:
    once = asked("rights_notice")
    assert ask(who, road.id, once, factor_fresh=True) == ask(who, road.id, once, factor_fresh=True)
    drain()
    assert Paper.objects.filter(kind="rights_notice").count() == 1


def test_nothing_is_served_before_it_is(road: Road, who: Actor) -> None:
    paper = made(road, who, "evidence_list")
    told = {"paper": str(paper.pk), "party": "A"}
    with pytest.raises(WrongState):
        ask(who, road.id, Asked("proof_of_service", told, uuid.uuid4()), factor_fresh=True)
    wrong = told | {"paper": str(uuid.uuid4())}
    with pytest.raises(Invalid):
        ask(who, road.id, Asked("proof_of_service", wrong, uuid.uuid4()), factor_fresh=True)
    with pytest.raises(Invalid):
        ask(who, road.id, Asked("proof_of_service", told | {"paper": "x"}, uuid.uuid4()), factor_fresh=True)


def test_service_and_a_supplement_after_a_determination(road: Road, who: Actor) -> None:
    road.determine(who)
    drain()
    certificate = Paper.objects.get(kind=Paper.Kind.CERTIFICATE)
    words = {"words": "原载明的当事人身份已经查明。"}
    added = ask(who, road.id, Asked("supplement", words, uuid.uuid4()), factor_fresh=True)
    drain()
    assert facts(Paper.objects.get(basis_id=added.pk)).regarding.startswith(certificate.number)
    serving.receive(road.actor("A"), road.id)
    drain()
    told = {"paper": str(certificate.pk), "party": "A"}
    proof = ask(who, road.id, Asked("proof_of_service", told, uuid.uuid4()), factor_fresh=True)
    drain()
    proven = facts(Paper.objects.get(basis_id=proof.pk))
    assert proven.served.startswith(certificate.number)
    assert proven.recipient.name == road.party("A").name
    assert proven.received_at is not None


def test_the_papers_of_a_review(road: Road, who: Actor) -> None:
    road.determine(who)
    drain()
    wish = reviews.Application(request="请求重新认定", grounds=("facts",), words="对方突然倒车。")
    row = reviews.apply(road.actor("A"), road.id, wish)
    drain()
    paper = Paper.objects.get(kind=Paper.Kind.REVIEW_APPLICATION)
    assert facts(paper).request == "请求重新认定"
    assert paper.read_by("A")
    assert not paper.read_by("B")
    assert not Paper.objects.filter(kind=Paper.Kind.REVIEW_ACCEPTANCE).exists()
    taking.take(reviewer(), row.pk)
    drain()
    accepted = Paper.objects.get(kind=Paper.Kind.REVIEW_ACCEPTANCE)
    assert accepted.read_by("B")
    assert facts(accepted).applicant == road.party("A").name


def test_an_insurer_makes_the_loss_sheet_of_its_assessment(road: Road, who: Actor) -> None:
    road.determine(who)
    drain()
    road.assess(150_000)
    found = Assessment.objects.filter(case_id=road.id).select_related("claim", "vehicle__party").first()
    assert found is not None
    actor, label = insurer(found.claim.insurer), found.vehicle.party.label
    asked_for = Asked("loss_sheet", {"party": label}, uuid.uuid4())
    for other in ("NOBODY", *{c.insurer for c in Claim.objects.all()} - {found.claim.insurer}):
        with pytest.raises((WrongState, NotFound)):
            ask(insurer(other), road.id, asked_for, factor_fresh=False)
    order = ask(actor, road.id, asked_for, factor_fresh=False)
    drain()
    sheet = Paper.objects.get(basis_id=order.pk)
    assert facts(sheet).total_fen == found.total_fen
    assert sheet.read_by(label)
    assert sheet.read_by("insurers")
    with pytest.raises(WrongState):  # one is without fault
        ask(actor, road.id, Asked("knock_for_knock", {}, uuid.uuid4()), factor_fresh=False)
