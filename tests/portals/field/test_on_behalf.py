"""Collecting on behalf: the helper enters on the parties' own pages, is named, and never becomes a party."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kuaichu.cases.models import Case, Evidence, Party
from kuaichu.desks.dispatch import orders
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.liability.models import Agreement
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.people import signin
from tests.portals.field.conftest import Walker
from tests.stories import builders
from tests.stories.builders import Person, Town

pytestmark = pytest.mark.django_db


class Helped(Person):
    """A party as the helper's browser walks it: the same pages, another actor."""

    def __init__(self, walker: Walker, town: Town, plate: str, party: Party) -> None:
        super().__init__(town, plate)
        self.browser, self.party_id = walker.browser, str(party.pk)


@pytest.fixture
def helper(walker, town: Town) -> Walker:
    builders.insurers()
    one = walker("persuader")
    one.go_on_duty()
    return one


def prove(one: Walker, town: Town, at: str, label: str) -> str:
    """The party's own phone, by a code read to the helper."""
    number = town.number()
    one.send(f"{at}/parties/{label}/phone", 422, phone="12")
    one.send(f"{at}/parties/{label}/phone", phone=number)
    one.send(f"{at}/parties/{label}/phone", 422, code="000000")
    one.send(f"{at}/parties/{label}/phone", code=town.code(number))
    return number


def test_both_parts_are_entered_and_confirmed(helper: Walker, town: Town) -> None:
    at = helper.stop()
    case_id = Task.objects.get().case_id
    assert "First say that you enter" not in helper.see(at)
    helper.send(f"{at}/parties", label="B")
    assert "First say that you enter for party A" in helper.see(at)
    assert helper.send(f"{at}/parties/A/help").endswith("/phone")
    prove(helper, town, at, "A")
    first = Helped(helper, town, town.car(f"苏J{uuid.uuid4().int % 90_000 + 10_000}"), Party.objects.get())
    assert "You enter for party A" in first.see()
    first.describe()
    first.drive()
    first.shoot()
    first.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    helper.send(f"{at}/parties", label="B")
    second_party = Party.objects.get(case_id=case_id, label="B")
    assert helper.browser.get(f"/p/{second_party.pk}").status_code == 404  # not before being named
    helper.send(f"{at}/parties/B/help")
    number = prove(helper, town, at, "B")
    second = Helped(
        helper, town, town.car(f"苏J{uuid.uuid4().int % 90_000 + 10_000}", insurer="TAIHU"), second_party
    )
    second.drive()
    second.tell("STOPPED_QUEUE", "REAR", "STRAIGHT", "FRONT")
    first.confirm()
    second.confirm()
    case = Case.objects.get(pk=case_id)
    assert case.status == Case.Status.READY, case.screening
    entered = Entry.objects.filter(stream=case_id, kind__in=("cases.stated", "cases.party_confirmed"))
    assert {(e.actor_kind, e.actor_id) for e in entered} == {("staff", str(helper.account.pk))}
    rows = Party.objects.filter(case=case)
    assert all(row.helper["kind"] == "persuader" and row.helper["own_phone"] for row in rows)
    assert "kuaichu_parts" not in helper.browser.cookies
    helper.send(f"{at}/parties/B/link")
    assert any("/j/" in text for text in town.messages(number))


def ready(helper: Walker, town: Town) -> tuple[str, Person, Person]:
    """A case ready to be settled, each party with a phone and browser of its own, and a helper present."""
    first, second = builders.rear_end(town)
    task = orders.stop(signin.staff(helper.account), first.case.pk)
    return f"tasks/{task.pk}", first, second


def test_a_helper_signs_for_nobody(helper: Walker, town: Town) -> None:
    at, first, second = ready(helper, town)
    page = helper.see(at)
    assert "Complete and confirmed" in page
    helper.send(f"{at}/parties/A/help")  # too late: the report is complete
    assert Party.objects.get(pk=first.party_id).helper is None
    first.choose("agree")
    second.choose("agree")
    assert Agreement.objects.filter(case_id=first.case.pk).exists()
    answer = helper.browser.post(
        f"{first.url('agreement')}", {"read": "on", "signature_path": builders.SIGNATURE}
    )
    assert answer.status_code == 404
    assert Agreement.objects.get(case_id=first.case.pk).signatures == {}


def test_the_file_is_open_while_one_helps_and_no_longer(helper: Walker, town: Town, stranger: Client) -> None:
    at = helper.stop()
    helper.send(f"{at}/parties/A/help")
    party = Party.objects.get()
    assert helper.browser.get(f"/p/{party.pk}").status_code == 200
    assert stranger.get(f"/p/{party.pk}").status_code == 404
    helper.send(f"{at}/parties/A/alone")
    assert helper.browser.get(f"/p/{party.pk}").status_code == 404
    helper.send(f"{at}/parties/A/help")
    helper.send(f"{at}/finish", outcome="not_needed")
    assert helper.browser.get(f"/p/{party.pk}").status_code == 404  # the file is closed with the task


def test_no_phone_needs_a_witness_of_the_police(helper: Walker, walker, town: Town) -> None:
    at = helper.stop()
    helper.send(f"{at}/parties/A/help")
    assert "not by a signature here" in helper.see(f"{at}/parties/A/phone")
    officer = walker("station_officer")
    officer.go_on_duty()
    there = officer.stop()
    officer.send(f"{there}/parties/A/help")
    assert "may witness the signature" in officer.see(f"{there}/parties/A/phone")
    assert officer.send(f"{there}/parties/A/help", phone="no").startswith("/p/")
    task = Task.objects.get(pk=there.removeprefix("tasks/"))
    assert Party.objects.get(case=task.case).helper["own_phone"] is False


def test_photographs_of_the_scene_belong_to_the_case(helper: Walker, town: Town) -> None:
    at = helper.stop()
    client_id = uuid.uuid4()
    data = builders.photograph(7)
    address = f"/field/{at}/photos/front/{client_id}"

    def put(body: bytes, **headers: str) -> int:
        return helper.browser.put(address, body, content_type="image/jpeg", headers=headers).status_code

    assert put(b"") == 408
    assert put(data, **{"X-Content-SHA256": "0" * 64}) == 408
    headers = {"X-Source": "in_app", "X-Position": "33.3776,120.1573,8", "X-Captured-At": "nonsense"}
    assert [put(data, **headers) for _ in range(2)] == [200, 200]
    kept = Evidence.objects.get()
    assert (kept.party_id, kept.shot, kept.source, kept.lat) == (None, "front", "in_app", 33.3776)
    seen = helper.browser.get(f"/field/{at}/photo/{kept.pk}/small")
    assert seen["Content-Type"] == "image/jpeg"
    assert helper.browser.get(f"/field/{at}/photo/{uuid.uuid4()}/small").status_code == 404
    journal = Entry.objects.get(kind="cases.photographed")
    assert (journal.actor_kind, journal.actor_id) == ("staff", str(helper.account.pk))


def test_a_photograph_by_a_plain_form_is_kept_once(helper: Walker) -> None:
    at = helper.stop()
    for _ in range(2):
        photo = SimpleUploadedFile("a.jpg", builders.photograph(9), content_type="image/jpeg")
        helper.send(f"{at}/photos", slot="rear", photo=photo)
    assert Evidence.objects.get().shot == "rear"
    drain()
