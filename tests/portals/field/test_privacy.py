"""What who goes to the scene sees of people: bystanders blurred, papers of those helped, numbers if asked."""

from __future__ import annotations

import io
import uuid

import pytest
from PIL import Image, ImageStat

from kuaichu.cases import redactions
from kuaichu.cases.evidence import Capture, photograph
from kuaichu.cases.models import Case, Evidence, Handling, Look, Party
from kuaichu.cases.phones import actor_of
from kuaichu.cases.redactions import FACE, Area
from kuaichu.desks.dispatch import orders
from kuaichu.kernel.deliveries import drain
from kuaichu.people.roles import system
from tests.desks.dispatch import people
from tests.portals.field.conftest import Walker
from tests.stories.builders import Town

pytestmark = pytest.mark.django_db
BYSTANDER = Area(0.25, 0.25, 0.25, 0.25, FACE)


@pytest.fixture
def case(db: None) -> Case:
    return people.reported()


def taken(case: Case, shot: str = "front") -> Evidence:
    """A photograph of the reporting party full of detail, with a bystander's face in it."""
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 120).convert("RGB").save(out, "JPEG", quality=95)
    told = Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
    row = photograph(actor_of(Party.objects.get(case=case)), case.pk, told, out.getvalue())
    redactions.propose(system("yancheng"), row, [BYSTANDER], "test")
    return row


def there(one: Walker, case: Case, role: str) -> str:
    """The walker has arrived at this case: the address of its task."""
    one.go_on_duty()
    task = orders.send(system("yancheng"), case.pk, cause=uuid.uuid4(), source="order", wants=(role,))
    drain()
    one.send(f"tasks/{task.pk}/accept")
    one.send(f"tasks/{task.pk}/arrive")
    return f"tasks/{task.pk}"


def detail(data: bytes) -> float:
    """How much the pixels where the bystander stands differ from one another."""
    image = Image.open(io.BytesIO(data)).convert("L")
    box = [int(image.width * 0.3), int(image.height * 0.3), int(image.width * 0.45), int(image.height * 0.45)]
    return float(ImageStat.Stat(image.crop(tuple(box))).stddev[0])


@pytest.mark.parametrize(
    ("role", "whole"),
    [
        ("patrol_officer", True),
        ("station_officer", True),
        ("auxiliary", False),
        ("specialist", False),
        ("persuader", False),
    ],
)
def test_only_police_see_who_stood_by(walker, case: Case, role: str, whole: bool) -> None:
    row, one = taken(case), walker(role)
    at = there(one, case, role)
    answer = one.browser.get(f"/field/{at}/photo/{row.pk}/large")
    assert answer.status_code == 200
    assert (detail(answer.content) > 30) is whole
    looked = Handling.objects.get(evidence=row, what="looked")
    assert (looked.actor_id, looked.purpose) == (str(one.account.pk), "scene")


def test_on_the_pages_of_a_party_helpers_see_no_more(walker, case: Case, town: Town) -> None:
    row, one = taken(case), walker("specialist")
    at, party = there(one, case, "specialist"), Party.objects.get(case=case)
    one.send(f"{at}/parties/A/help", phone="no")
    answer = one.browser.get(f"/p/{party.pk}/photo/{row.pk}/large")
    assert answer.status_code == 200
    assert detail(answer.content) < 30


def test_papers_are_for_who_helps_with_them_or_took_them(walker, case: Case, town: Town) -> None:
    licence, one = taken(case, "licence"), walker("persuader")
    medical = taken(case, "medical")
    at = there(one, case, "persuader")
    address = f"/field/{at}/photo/{licence.pk}/small"
    assert one.browser.get(address).status_code == 404
    one.send(f"{at}/parties/A/help", phone="no")
    assert one.browser.get(address).status_code == 200
    assert one.browser.get(f"/field/{at}/photo/{medical.pk}/small").status_code == 404
    one.send(f"{at}/parties/A/alone")
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "grey").save(out, "JPEG")
    sent = f"/field/{at}/photos/licence/{uuid.uuid4()}"
    assert one.browser.put(sent, out.getvalue(), content_type="image/jpeg").status_code == 200
    own = Evidence.objects.get(party=None)
    assert one.browser.get(f"/field/{at}/photo/{own.pk}/small").status_code == 200


def test_a_number_is_shown_to_police_and_to_others_on_asking(walker, case: Case) -> None:
    Party.objects.filter(case=case).update(phone="13812345678")
    one, police = walker("persuader"), walker("patrol_officer")
    at = there(one, case, "persuader")
    page = one.see(at)
    assert "13812345678" not in page
    assert "138****5678" in page
    asked = f"/field/{at}/parties/A/call"
    answer = one.browser.post(asked)
    assert 'href="tel:13812345678"' in answer.content.decode()
    assert one.browser.get(asked)["Location"] == f"/field/{at}", "a link alone shows nothing"
    look = Look.objects.get(case_id=case.pk, purpose="call")
    assert look.actor_id == str(one.account.pk)
    assert 'href="tel:13812345678"' in police.see(there(police, case, "patrol_officer"))
    one.send(f"{at}/finish", outcome="not_needed")
    assert one.browser.post(asked).status_code == 404


def test_a_finished_task_closes_the_file(walker, case: Case) -> None:
    Party.objects.filter(case=case).update(phone="13812345678")
    row, one = taken(case), walker("patrol_officer")
    at = there(one, case, "patrol_officer")
    assert "Party A" in one.see(at)
    one.send(f"{at}/finish", outcome="not_needed")
    page = one.see(at)
    assert "finished" in page
    assert "Party A" not in page
    assert "13812345678" not in page
    assert one.browser.get(f"/field/{at}/photo/{row.pk}/small").status_code == 404


def test_nobody_else_calls(walker, case: Case) -> None:
    Party.objects.filter(case=case).update(phone="13812345678")
    at, other = there(walker("persuader"), case, "persuader"), walker("persuader")
    other.go_on_duty()
    assert other.browser.post(f"/field/{at}/parties/A/call").status_code == 404
    assert not Look.objects.filter(actor_id=str(other.account.pk)).exists()
