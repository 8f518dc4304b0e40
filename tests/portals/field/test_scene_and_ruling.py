"""Handing a scene over, and deciding on the spot."""

from __future__ import annotations

import json
import uuid

import pytest

from kuaichu.cases import screening
from kuaichu.cases.models import Case, Evidence, Party
from kuaichu.desks.dispatch import orders
from kuaichu.desks.dispatch.models import SceneRecord, Task
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.documents.papers.summary_certificate import Mode
from kuaichu.desks.liability import on_site
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.refusals import NotAllowed, NotFound
from kuaichu.people import signin
from kuaichu.people.models import Qualification
from tests.desks.dispatch import people
from tests.portals.field.conftest import Walker
from tests.portals.police import building
from tests.stories import builders
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(walker, town: Town) -> Walker:
    builders.insurers()
    one = walker("patrol_officer")
    one.go_on_duty()
    return one


def test_the_list_is_kept_line_by_line_and_handed_over(officer: Walker) -> None:
    at = officer.stop()
    page = officer.see(f"{at}/scene")
    assert "12 lines are open" in page
    assert officer.send(f"{at}/scene/people", state="done", words="护栏外").endswith("#item-people")
    officer.send(f"{at}/scene/people", 422, state="perhaps")
    address = f"/field/{at}/scene/positions/{uuid.uuid4()}"
    for _ in range(2):
        answer = officer.browser.put(address, builders.photograph(3), content_type="image/jpeg")
        assert answer.status_code == 200
    page = officer.see(f"{at}/scene")
    assert "10 lines are open" in page
    assert "护栏外" in page
    page = officer.send(f"{at}/scene/hand-over", 422, to="general", reasons="INJURY_SERIOUS")
    assert "Some items are open" in page
    officer.send(f"{at}/scene/hand-over", 422, to="nowhere", reasons="DEATH", why_missing="来不及")
    officer.send(f"{at}/scene/hand-over", to="general", reasons="INJURY_SERIOUS", why_missing="伤者先送医")
    record = SceneRecord.objects.get()
    assert record.sha256 in officer.see(f"{at}/scene")
    assert "hand-over" not in officer.see(f"{at}/scene").split("actionbar")[1]
    case = Case.objects.get()
    assert (case.status, case.outcome) == (Case.Status.HANDED_OVER, "general")


def test_the_police_see_the_record(officer: Walker) -> None:
    at = officer.stop()
    officer.send(f"{at}/scene/zone", state="none", words="停车场内")
    officer.send(f"{at}/scene/hand-over", to="criminal", reasons="HIT_AND_RUN", why_missing="对方逃逸")
    case = Case.objects.get()
    desk = building.signed_in(people.account("dispatcher"))
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert f"/police/cases/{case.pk}/scene" in desk.get("/police/").content.decode()
    page = desk.get(f"/police/cases/{case.pk}/scene").content.decode()
    for words in ("停车场内", "对方逃逸", "as sealed", officer.account.badge):
        assert words in page
    SceneRecord.objects.update(content={})
    assert "changed since" in desk.get(f"/police/cases/{case.pk}/scene").content.decode()
    assert desk.get(f"/police/cases/{people.reported().pk}/scene").status_code == 404
    assert officer.browser.get(f"/police/cases/{case.pk}/scene").status_code == 403


@pytest.mark.parametrize("role", ["auxiliary", "specialist", "persuader"])
def test_others_are_offered_the_police_only(walker, town: Town, role: str) -> None:
    one = walker(role)
    one.go_on_duty()
    at = one.stop()
    page = one.see(f"{at}/scene/hand-over")
    assert "police officers come here" in page
    assert 'value="general"' not in page
    assert "Determine on the spot" not in one.see(at)
    answer = one.browser.post(
        f"/field/{at}/scene/hand-over", {"to": "general", "reasons": "DEATH", "why_missing": "来不及"}
    )
    assert answer.status_code == 403
    case_id = Task.objects.get().case_id
    assert one.browser.post(f"/field/{at}/decide").status_code in (302, 403)
    assert one.browser.get(f"/police/cases/{case_id}").status_code == 403
    assert not Determination.objects.exists()


def disputed(officer: Walker, town: Town) -> tuple[str, Case]:
    """Two confirmed parts, one of them wants police; the officer has come."""
    first, _second = builders.rear_end(town)
    first.choose("police")
    drain()
    case = first.case
    assert (case.status, case.outcome) == (Case.Status.HANDED_OVER, "police_on_site")
    task = Task.objects.get(case=case)
    officer.send(f"tasks/{task.pk}/accept")
    officer.send(f"tasks/{task.pk}/arrive")
    return f"tasks/{task.pk}", case


def test_the_patrol_officer_decides_on_the_spot(officer: Walker, town: Town) -> None:
    at, case = disputed(officer, town)
    assert "Determine on the spot" in officer.see(at)
    where = officer.send(f"{at}/decide")
    assert where == officer.send(f"{at}/decide") == f"/police/cases/{case.pk}"
    case.refresh_from_db()
    assert (case.status, case.procedure) == (Case.Status.READY, "SUMMARY")
    page = officer.browser.get(where).content.decode()
    assert "giveback" not in page.split("<dialog")[0]
    crumbs = page.split('class="crumbs"')[1].split("</p>")[0]
    assert 'href="/field/"' in crumbs, "the way back leads where this role may go"
    assert 'href="/police/"' not in page
    answer = officer.browser.post(f"{where}/sign", building.filled(code=building.code()))
    assert answer["Location"] == "/desk"
    drain()
    case.refresh_from_db()
    assert (case.status, case.procedure) == (Case.Status.DECIDED, "SUMMARY")
    paper = Paper.objects.get(case=case)
    assert json.loads(bytes(paper.facts))["mode"] == Mode.SCENE
    assert f"/field/{at}/papers" in officer.see(at)
    page = officer.see(f"{at}/papers")
    assert paper.number in page
    pdf = officer.browser.get(f"/field/{at}/papers/{paper.pk}.pdf")
    assert pdf.content.startswith(b"%PDF")
    slip = officer.see(f"{at}/papers/{paper.pk}/slip")
    assert paper.code in slip
    assert case.number in slip
    party = Party.objects.get(case=case, label="B")
    assert party.name not in slip, "slips are lost: names are masked"
    assert party.id_number not in slip
    before = len(town.messages(party.phone))
    assert officer.send(f"{at}/parties/B/link", back="papers") == f"/field/{at}/papers"
    assert len(town.messages(party.phone)) == before + 1
    officer.send(f"{at}/finish", outcome="determined")
    assert officer.browser.get(f"/field/{at}/papers").status_code == 404


def test_a_station_officer_prepares_and_the_section_issues(walker, town: Town) -> None:
    """Two levels: the station writes the ruling, an officer of the accident section reads and issues it."""
    builders.insurers()
    one = walker("station_officer")
    one.go_on_duty()
    at, case = disputed(one, town)
    assert "Prepare the certificate" in one.see(at)
    where = one.send(f"{at}/decide")
    assert where == f"/police/cases/{case.pk}"
    assert "Send to the accident section" in one.browser.get(where).content.decode()
    for page in ("other", "hand-over"):
        assert one.browser.post(f"{where}/{page}").status_code in (403, 405)
    assert one.browser.post(f"{where}/sign", building.filled()).status_code == 302
    drain()
    row = Determination.objects.get()
    assert (row.status, row.prepared_by) == ("checked", one.account.pk)
    assert not Paper.objects.exists()
    section = building.account("section")
    desk = building.signed_in(section)
    taken = desk.post("/police/second/take")["Location"]
    assert desk.post(f"{taken}/settle", {"which": "confirm"}).status_code == 302
    drain()
    row.refresh_from_db()
    assert (row.status, row.officer_id) == ("signed", section.pk)
    assert Paper.objects.get().status == "issued"


def test_registers_that_answer_late_do_not_take_it_away(officer: Walker, town: Town) -> None:
    at, case = disputed(officer, town)
    officer.send(f"{at}/decide")
    screening.screen(people.SYSTEM, case.pk, police_wanted=True)
    drain()
    case.refresh_from_db()
    assert case.status == Case.Status.READY


def test_no_qualification_no_decision(officer: Walker, town: Town) -> None:
    at, case = disputed(officer, town)
    Qualification.objects.filter(account=officer.account).delete()
    assert "Determine on the spot" not in officer.see(at)
    officer.send(f"{at}/decide")
    case.refresh_from_db()
    assert case.status == Case.Status.HANDED_OVER
    assert not Determination.objects.exists()


def test_the_gates_of_the_summary_procedure_hold_at_the_scene(officer: Walker) -> None:
    at = officer.stop()
    Case.objects.update(injury="death")
    assert "The summary procedure is excluded" in officer.see(at)
    officer.send(f"{at}/decide")
    assert not Determination.objects.exists()


def test_deciding_needs_a_task_in_that_case(officer: Walker, town: Town) -> None:
    case = people.reported()
    actor = signin.staff(officer.account)
    with pytest.raises(NotFound):
        on_site.take_on_site(actor, case.pk, {})
    with pytest.raises(NotAllowed):
        on_site.take_on_site(people.actor("station_officer"), case.pk, {})


def test_a_record_holds_the_hash_of_its_photographs(officer: Walker) -> None:
    at = officer.stop()
    officer.browser.put(
        f"/field/{at}/scene/zone/{uuid.uuid4()}", builders.photograph(5), content_type="image/jpeg"
    )
    officer.send(f"{at}/scene/hand-over", to="general", reasons="DEATH", why_missing="来不及")
    kept = Evidence.objects.get()
    content = SceneRecord.objects.get().content
    assert content["photos"] == {str(kept.pk): kept.sha256}


def test_orders_of_the_centre_reach_who_is_asked(officer: Walker, town: Town) -> None:
    number = town.number()
    officer.send("duty", end="1")
    lat, lon = people.HERE
    officer.send("duty", consent="on", phone=number, lat=str(lat), lon=str(lon))
    case = people.reported()
    orders.send(people.SYSTEM, case.pk, cause=uuid.uuid4(), source="order", wants=("patrol_officer",))
    drain()
    assert "/field/tasks/" in town.messages(number)[0]
