"""The lane that sees, really run: plates of bystanders are found and blurred, earlier pictures recognised."""

from __future__ import annotations

import io
import uuid

import pytest
from PIL import Image, ImageStat

from kuaichu.cases import intake, phones, redactions
from kuaichu.cases.evidence import Capture, photograph
from kuaichu.cases.models import Evidence, Handling, Likeness, Party, Redaction, Vehicle
from kuaichu.cases.redactions import PLATE, Area
from kuaichu.cases.shared_copies import shared_copy
from kuaichu.cases.viewing import viewing_copy
from kuaichu.connectors import vision
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.people import roles
from tests.cases.test_likenesses import EDITS, edited, picture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("vision_lane"),
    pytest.mark.skipif(bool(vision.missing()), reason="needs the extra `vision`"),
]


def case_with(data: bytes, shot: str = "damage") -> tuple[Party, Evidence]:
    _case, part = intake.open_case(roles.visitor("yancheng"))
    told = Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
    return part, photograph(phones.actor_of(part), part.case_id, told, data)


def detail(data: bytes, area: Area) -> float:
    image = Image.open(io.BytesIO(data)).convert("L")
    box = (area.x * image.width, area.y * image.height)
    end = ((area.x + area.w) * image.width, (area.y + area.h) * image.height)
    return float(ImageStat.Stat(image.crop((*map(round, box), *map(round, end)))).stddev[0])


def test_a_bystanders_plate_is_found_and_blurred_and_the_own_one_stays() -> None:
    from kuaichu.specimens.plates import drawn, in_street

    part, row = case_with(in_street(drawn("苏J9K9K9"), 420, 8))
    assert drain(lane="vision") > 0
    areas = redactions.areas_of(Redaction.objects.get(evidence=row))
    (plate,) = [one for one in areas if one.kind == PLATE]
    assert plate.text == "苏J9K9K9"
    sharp = detail(viewing_copy(row, "large"), plate)
    assert detail(shared_copy(row, "large"), plate) < sharp / 2
    Vehicle.objects.filter(party=part).update(plate="苏J9K9K9")
    if len(areas) == 1:
        assert detail(shared_copy(Evidence.objects.get(pk=row.pk), "large"), plate) == pytest.approx(sharp)


def test_a_repeated_delivery_changes_nothing() -> None:
    from kuaichu.process import looking

    _part, row = case_with(picture("repeated"))
    entry = Entry.objects.get(kind="cases.photographed")
    drain(lane="vision")
    before = Redaction.objects.get().made_at
    from kuaichu.kernel.journal import event_of

    for _ in range(2):
        looking.find_bystanders(event_of(entry))
        looking.find_like(event_of(entry))
    assert Redaction.objects.get().made_at == before
    assert Handling.objects.filter(evidence=row, what="redacted").count() == 1
    assert not Delivery.objects.filter(lane="vision").exists()


def test_an_earlier_photograph_is_recognised_on_the_way() -> None:
    data = picture("on the way")
    _first, old = case_with(data, "front")
    drain(lane="vision")
    second, new = case_with(edited(data, EDITS["mirrored"]), "front")
    drain(lane="vision")
    found = Likeness.objects.get()
    assert (found.evidence_id, found.like_id) == (new.pk, old.pk)
    assert Entry.objects.filter(stream=second.case_id, kind="cases.likeness_found").count() == 1


def test_an_erased_photograph_is_looked_at_by_nobody() -> None:
    _part, row = case_with(picture("erased"), "front")
    Evidence.objects.filter(pk=row.pk).update(remarks=["erased"])
    drain(lane="vision")
    assert not Redaction.objects.exists()
