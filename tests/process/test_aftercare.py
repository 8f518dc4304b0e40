"""After the papers: an injury that shows late, promises that pass, rights over data, both sides' answers."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from datetime import timedelta

import pytest

from kuaichu.cases import intake, outcome, reopening
from kuaichu.cases.evidence import Capture, photograph
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.reopening import Injury
from kuaichu.desks.claims import calculations, delays, holds
from kuaichu.desks.claims.models import Claim, Payout
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.notify.models import Message
from kuaichu.desks.oversight import rights
from kuaichu.desks.oversight.models import RightsRequest
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.journal import check_stream, event_of
from kuaichu.kernel.models import Entry
from kuaichu.kernel.objects import store
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound, WrongState
from kuaichu.people import roles
from kuaichu.process import aftercare
from kuaichu.queries.claim_evidence import evidence_of
from kuaichu.queries.own_copy import own_copy
from kuaichu.queries.promises import promises
from kuaichu.queries.retention import kept
from kuaichu.queries.satisfaction import satisfaction
from tests.process.walking import Road, insurer, settle
from tests.stories.builders import CITY, Town
from tests.stories.builders import photograph as picture

pytestmark = pytest.mark.django_db
SUPERVISOR = Actor(kind="staff", id="supervisor", city=CITY, grants=roles.ROLES["supervisor"])
RIB = Injury(who="me", words="Rippe gebrochen 肋骨疼", treated=True)


def decided(town: Town) -> Road:
    road = Road(town).ready()
    road.agree()
    return road


def test_trap_t4_an_injury_the_next_day_opens_the_case_again(town: Town) -> None:
    road = decided(town)
    road.assess()
    settle()
    assert road.payouts() == [("HUAIHAI", "A", 10_000, "ordered"), ("HUAIHAI", "B", 150_000, "ordered")]
    reopening.report_injury(road.actor("B"), road.id, RIB)
    settle()
    case = Case.objects.get(pk=road.id)
    assert (case.status, case.outcome, case.injury) == ("handed_over", "general", "slight")
    assert dict(Claim.objects.values_list("insurer", "held_for")) == {"HUAIHAI": "injury", "TAIHU": ""}
    assert Paper.objects.get(case=case).status == "issued"  # what was agreed about the vehicles still stands
    road.name_payees()
    settle()
    assert {status for *_, status in road.payouts()} == {"ordered"}, "held money does not leave"
    texts = [t for t in town.messages(road.numbers["A"]) if "120" in t]
    assert texts
    assert not any("肋骨" in t for number in road.numbers.values() for t in town.messages(number))
    assert road.kinds()["claims.held"] == 1
    reopening.report_injury(road.actor("B"), road.id, RIB)
    assert road.kinds()["cases.injury_reported"] == 1, "said again, it is the same"
    entries = list(Entry.objects.filter(stream=road.id).order_by("seq"))
    assert check_stream(entries) == []
    assert "肋骨" not in str([e.payload for e in entries])


def test_a_person_lets_held_money_go_on(town: Town) -> None:
    road = decided(town)
    road.name_payees()
    reopening.report_injury(road.actor("B"), road.id, RIB)
    settle()
    road.assess()
    settle()
    assert road.payouts() == []
    claim = Claim.objects.get(case_id=road.id, insurer="HUAIHAI")
    newest = calculations.newest_calculation(road.id)
    assert newest is not None
    with pytest.raises(WrongState) as refused:
        calculations.approve(insurer("HUAIHAI"), claim.pk, newest.pk)
    assert refused.value.code == "held"
    with pytest.raises(Invalid):
        holds.release(insurer("HUAIHAI"), claim.pk, " ")
    with pytest.raises(NotFound):
        holds.release(insurer("TAIHU"), claim.pk, "not our claim")
    holds.release(insurer("HUAIHAI"), claim.pk, "车损无争议，人伤另案处理")
    settle()
    assert {status for *_, status in road.payouts()} == {"paid"}
    assert road.status == "handed_over"
    assert Payout.objects.count() == 2


def test_a_closed_case_opens_again_and_an_open_report_does_not(town: Town) -> None:
    road = decided(town)
    road.name_payees()
    road.assess()
    settle()
    assert road.status == "closed"
    with pytest.raises(Invalid) as wrong:
        reopening.report_injury(road.actor("A"), road.id, Injury(who="nobody", words=""))
    assert set(wrong.value.fields) == {"who", "words"}
    reopening.report_injury(road.actor("A"), road.id, Injury(who="passenger", words="头晕"))
    settle()
    assert road.status == "handed_over"
    assert set(Claim.objects.values_list("held_for", flat=True)) == {""}, "what is paid is paid"
    other = Road(town)
    with pytest.raises(WrongState):
        reopening.report_injury(other.actor("A"), other.id, RIB)


def test_the_hospitals_paper_is_for_the_police_and_its_party_alone(town: Town) -> None:
    road = decided(town)
    reopening.report_injury(road.actor("B"), road.id, RIB)
    settle()
    capture = Capture(client_id=uuid.uuid4(), shot="medical")
    row = photograph(road.actor("B"), road.id, capture, picture(7))
    assert row.pk not in {photo.pk for photo in evidence_of(road.id)}
    assert Evidence.objects.filter(case_id=road.id, shot="medical").count() == 1


def test_a_promise_that_passes_is_told_and_explained(town: Town) -> None:
    road = decided(town)
    case = Case.objects.get(pk=road.id)
    stages = [(p.stage, p.state) for p in promises(case, "B")]
    assert stages.count(("accept", "open")) == 2
    assert ("assess", "open") in stages
    Claim.objects.update(
        registered_at=clock.now() - timedelta(hours=3), due_at=clock.now() - timedelta(hours=2)
    )
    entry = Entry.objects.get(stream=road.id, kind="claims.registered")
    aftercare.look_at_accepting(event_of(entry))
    aftercare.look_at_accepting(event_of(entry))
    late = [
        t for t in town.messages(road.numbers["B"]) if "没有按时" in t or "not accepted" in t or "未按时" in t
    ]
    assert len(late) == 2, "one for each insurer, however often it is looked"
    claim = Claim.objects.get(case_id=road.id, insurer="HUAIHAI")
    actor, until = insurer("HUAIHAI"), clock.now() + timedelta(days=2)
    with pytest.raises(Invalid) as wrong:
        delays.explain(actor, claim.pk, reason="whim", until=clock.now() - timedelta(days=1))
    assert set(wrong.value.fields) == {"reason", "until"}
    delays.explain(actor, claim.pk, reason="teardown", until=until)
    delays.explain(actor, claim.pk, reason="teardown", until=until)
    settle()
    assert road.kinds()["claims.delayed"] == 1
    assert Message.objects.filter(case_id=road.id, kind="delayed").count() == 2
    found = next(p for p in promises(case, "B") if p.stage == "assess")
    assert (found.state, found.until) == ("explained", until)
    road.assess()
    settle()
    found = next(p for p in promises(case, "B") if p.stage == "assess")
    assert found.state == "kept", "kept by the new date"
    assert found.reason


def test_a_withdrawn_report_is_deleted_at_once(town: Town) -> None:
    road = Road(town)
    road.describe()
    road.prove("A")
    road.drive("A", insurer="HUAIHAI")
    road.photograph()
    sums = list(Evidence.objects.filter(case_id=road.id).values_list("sha256", flat=True))
    intake.withdraw(road.actor("A"), road.id)
    settle()
    rights.ask(road.actor("A"), road.id, kind="delete", words="")
    settle()
    row = RightsRequest.objects.get()
    assert row.status == "granted"
    party = Party.objects.get(case_id=road.id, label="A")
    assert (party.phone, party.name, party.id_number, party.statement) == ("", "", "", {})
    vehicle = Vehicle.objects.get(party=party)
    assert (vehicle.plate, vehicle.record) == ("", None)
    assert not any(store().exists(one) for one in sums)
    assert check_stream(list(Entry.objects.filter(stream=road.id).order_by("seq"))) == []
    assert any("删除" in t or "deleted" in t for t in town.messages(road.numbers["A"]))


def test_a_file_the_law_keeps_is_refused_by_a_person_with_reasons(town: Town) -> None:
    road = decided(town)
    row = rights.ask(road.actor("A"), road.id, kind="delete", words="")
    settle()
    row.refresh_from_db()
    assert row.status == "open"
    until = kept(Case.objects.get(pk=road.id)).until
    assert until is not None
    assert until.year >= clock.today().year + 5
    with pytest.raises(WrongState):
        rights.answer(SUPERVISOR, row.pk, granted=True, words="好的，删除", kept_until=str(until))
    with pytest.raises(Invalid):
        rights.answer(SUPERVISOR, row.pk, granted=False, words="")
    with pytest.raises(NotAllowed):
        rights.answer(insurer("HUAIHAI"), row.pk, granted=False, words="不行不行")
    rights.answer(SUPERVISOR, row.pk, granted=False, words="按档案规定须保存。")
    settle()
    row.refresh_from_db()
    assert (row.status, row.answer) == ("refused", "按档案规定须保存。")
    assert Party.objects.get(case_id=road.id, label="A").phone
    with pytest.raises(Invalid):
        rights.ask(road.actor("A"), road.id, kind="correct", words="")


def test_a_copy_of_ones_own_data_and_nobody_elses(town: Town) -> None:
    road = decided(town)
    archive = zipfile.ZipFile(io.BytesIO(own_copy(road.actor("A"))))
    told = json.loads(archive.read("data.json"))
    assert told["party"]["phone"] == road.numbers["A"]
    assert road.numbers["B"] not in archive.read("data.json").decode()
    assert len([n for n in archive.namelist() if n.startswith("photographs/")]) == 3


def test_both_sides_are_asked_and_the_silent_are_counted(town: Town) -> None:
    road = decided(town)
    road.name_payees()
    road.assess()
    settle()
    outcome.rate(road.actor("A"), road.id, score=2)
    drain()
    sides = {side.side: side for side in satisfaction(CITY, clock.now() - timedelta(days=1))}
    assert (sides["at_fault"].asked, sides["at_fault"].answered, sides["at_fault"].silent) == (1, 1, 0)
    assert (sides["not_at_fault"].asked, sides["not_at_fault"].silent) == (1, 1)
    assert sides["at_fault"].mean is None, "a single answer is nobody's business"
