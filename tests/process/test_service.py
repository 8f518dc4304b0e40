"""Papers are served: electronically by consent, else in print; who received which version when is known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.models import Paper, Service
from kuaichu.desks.documents.service import consents, receipts, sending
from kuaichu.desks.documents.service.receipts import How, Note
from kuaichu.desks.liability import serving
from kuaichu.desks.liability.models import Determination
from kuaichu.desks.notify.models import Message
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people import roles
from tests.desks.documents.test_sealing import Away
from tests.process.walking import Road, officer, settle
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
CITY = "yancheng"


@pytest.fixture
def signed(town: Town) -> tuple[Road, Paper]:
    """A determination signed and its certificate served; A agreed to electronic service, B did not."""
    road, who = Road(town).ready(), officer()
    consents.agree(road.actor("A"), road.id)
    road.want("officer")
    road.take(who)
    road.determine(who)
    drain()
    return road, Paper.objects.get(case_id=road.id, kind=Paper.Kind.CERTIFICATE)


def row_of(road: Road, paper: Paper, label: str) -> Service:
    return Service.objects.get(paper=paper, party_id=road.party(label).pk)


def noted(how: How, **more: Any) -> Note:
    return Note(how, clock.now(), **more)


def test_by_consent_electronically_else_in_print(signed: tuple[Road, Paper]) -> None:
    road, paper = signed
    a, b = row_of(road, paper, "A"), row_of(road, paper, "B")
    assert (a.way, a.status, a.file_sha256) == ("electronic", "sent", paper.file_sha256)
    assert a.served_at == a.sent_at
    assert a.served_at is not None
    assert (b.way, b.status, b.served_at) == ("counter", "waiting", None)
    sending.send(roles.system(CITY), paper.pk)
    assert Service.objects.filter(paper=paper).count() == 2


def test_a_receipt_becomes_a_revision_and_ends_the_service(signed: tuple[Road, Paper]) -> None:
    road, paper = signed
    serving.receive(road.actor("B"), road.id)
    drain()
    b = row_of(road, paper, "B")
    assert (b.status, b.way) == ("received", "electronic")
    newer = Paper.objects.get(pk=paper.pk)
    assert newer.file_sha256 != paper.file_sha256
    assert road.kinds()["documents.revised"] == 1
    assert b.file_sha256 == paper.file_sha256, "what was received is the version that was sent"
    serving.receive(road.actor("B"), road.id)
    drain()
    assert road.kinds()["documents.received"] == 1


def test_what_nobody_confirms_waits_in_print_and_the_day_stays(signed: tuple[Road, Paper]) -> None:
    road, paper = signed
    before = row_of(road, paper, "A")
    sending.fall_back(roles.system(CITY), paper.pk)
    drain()
    after = row_of(road, paper, "A")
    assert (after.status, after.way, after.served_at) == ("waiting", "counter", before.served_at)
    assert Message.objects.filter(case_id=road.id, kind="printed").count() == 1
    sending.fall_back(roles.system(CITY), paper.pk)
    assert road.kinds()["documents.service_fell_back"] == 1
    receipts.note(officer(), paper.pk, after.party_id, noted(How.HANDED))
    assert row_of(road, paper, "A").served_at == before.served_at


def test_handed_over_in_print_starts_the_days_of_review(signed: tuple[Road, Paper]) -> None:
    road, paper = signed
    note = noted(How.HANDED)
    receipts.note(officer(), paper.pk, road.party("B").pk, note)
    drain()
    served = Determination.objects.get(case_id=road.id).served
    assert served["B"] == note.at.isoformat()
    receipts.note(officer(), paper.pk, road.party("B").pk, note)
    assert road.kinds()["documents.service_noted"] == 1
    with pytest.raises(WrongState):
        receipts.note(officer(), paper.pk, road.party("B").pk, noted(How.POSTED, tracking="EX1"))


def test_post_goes_out_comes_back_and_goes_again(signed: tuple[Road, Paper]) -> None:
    road, paper = signed
    who, party = officer(), road.party("B").pk
    with pytest.raises(WrongState):
        receipts.note(who, paper.pk, party, noted(How.DELIVERED))
    receipts.note(who, paper.pk, party, noted(How.POSTED, tracking="EX123"))
    with pytest.raises(WrongState):
        receipts.note(who, paper.pk, party, noted(How.POSTED, tracking="EX124"))
    assert row_of(road, paper, "B").served_at is None, "on its way is not served"
    receipts.note(who, paper.pk, party, noted(How.RETURNED, words="查无此人"))
    receipts.note(who, paper.pk, party, noted(How.POSTED, tracking="EX125"))
    receipts.note(who, paper.pk, party, noted(How.DELIVERED))
    row = row_of(road, paper, "B")
    assert (row.status, row.way, row.tracking) == ("received", "post", "EX125")


def test_a_refusal_needs_words_and_counts_as_served(signed: tuple[Road, Paper]) -> None:
    road, paper = signed
    who, party = officer(), road.party("B").pk
    with pytest.raises(Invalid) as refused:
        receipts.note(who, paper.pk, party, noted(How.REFUSED, words="  "))
    assert "words" in refused.value.fields
    receipts.note(who, paper.pk, party, noted(How.REFUSED, words="当事人拒绝签收，见证人张三"))
    drain()
    row = row_of(road, paper, "B")
    assert (row.status, row.received_at) == ("refused", None)
    assert row.served_at is not None
    assert "B" in Determination.objects.get(case_id=road.id).served


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"at": clock.now() + timedelta(days=400)}, "at"),
        ({"at": clock.now() - timedelta(days=400)}, "at"),
        ({"words": "x" * 201}, "words"),
        ({"words": "a\x00b"}, "words"),
        ({"how": How.POSTED, "tracking": ""}, "tracking"),
        ({"how": How.POSTED, "tracking": "1" * 41}, "tracking"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    signed: tuple[Road, Paper], change: dict[str, Any], field: str
) -> None:
    road, paper = signed
    values: dict[str, Any] = {"how": How.HANDED, "at": clock.now()} | change
    with pytest.raises(Invalid) as refused:
        receipts.note(officer(), paper.pk, road.party("B").pk, Note(**values))
    assert field in refused.value.fields


def test_who_may_not(signed: tuple[Road, Paper], town: Town) -> None:
    road, paper = signed
    other = Road(town)
    party = road.party("B").pk
    with pytest.raises(NotAllowed):
        receipts.note(road.actor("B"), paper.pk, party, noted(How.HANDED))
    stranger = Actor("staff", officer().id, "guangyuan", roles.ROLES["determination_officer"])
    with pytest.raises(NotAllowed):
        receipts.note(stranger, paper.pk, party, noted(How.HANDED))
    with pytest.raises(NotFound):
        receipts.note(officer(), paper.pk, other.a.pk, noted(How.HANDED))
    with pytest.raises(NotAllowed):
        receipts.receive(other.actor("A"), paper.pk)
    with pytest.raises(WrongState):
        receipts.receive(road.actor("A"), paper.pk)


def test_another_day_of_arrival_must_be_proven(signed: tuple[Road, Paper]) -> None:
    road, paper = signed
    row = row_of(road, paper, "A")
    assert row.sent_at is not None
    with pytest.raises(Invalid):
        receipts.prove_arrival(officer(), paper.pk, row.party_id, at=clock.now(), words="")
    early = row.sent_at - timedelta(microseconds=1)
    with pytest.raises(Invalid):
        receipts.prove_arrival(officer(), paper.pk, row.party_id, at=early, words="运营商证明")
    later = clock.now()
    receipts.prove_arrival(officer(), paper.pk, row.party_id, at=later, words="运营商证明")
    assert row_of(road, paper, "A").served_at == later
    b = road.party("B").pk
    with pytest.raises(WrongState):
        receipts.prove_arrival(officer(), paper.pk, b, at=later, words="运营商证明")


def test_consent_can_be_taken_back(town: Town) -> None:
    road = Road(town)
    road.describe()
    for _twice in range(2):
        consents.agree(road.actor("A"), road.id)
    for _twice in range(2):
        consents.decline(road.actor("A"), road.id)
    assert consents.consent_of(road.id, road.a.pk) is None
    consents.agree(road.actor("A"), road.id)
    kinds = road.kinds()
    assert (kinds["documents.service_agreed"], kinds["documents.service_declined"]) == (2, 1)


def test_an_agreement_is_confirmed_by_each_party(town: Town) -> None:
    road = Road(town).ready()
    road.agree()
    paper = Paper.objects.get(case_id=road.id, kind=Paper.Kind.AGREEMENT)
    receipts.receive(road.actor("A"), paper.pk)
    receipts.receive(road.actor("A"), paper.pk)
    assert row_of(road, paper, "A").status == "received"
    assert road.kinds()["documents.received"] == 1


def test_an_outage_of_the_time_stamps_lowers_the_level_and_is_made_good(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    road = Road(town).ready()
    with monkeypatch.context() as outage:
        outage.setattr(certificates, "timestamps", lambda _city: Away())
        outage.setattr("kuaichu.desks.documents.signatures.revisions.timestamps", lambda _city: Away())
        road.want("agree")
        from kuaichu.desks.liability import agreements
        from tests.stories.builders import SIGNATURE

        for label in "AB":
            agreements.sign(road.actor(label), road.id, path=SIGNATURE, read=True)
        drain()
        paper = Paper.objects.get(case_id=road.id)
        assert (paper.status, paper.level) == ("issued", "B-B"), "issued all the same"
    settle()
    assert Paper.objects.get(pk=paper.pk).level == "B-LT"
    assert road.kinds()["documents.revised"] == 1
