"""What others see of a photograph: no metadata, nobody who only stood by, never another's licence."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageStat

from kuaichu.cases import intake, phones, redactions
from kuaichu.cases.evidence import Capture, photograph
from kuaichu.cases.models import Evidence, Handling, Party, Vehicle, Viewing
from kuaichu.cases.redactions import FACE, PLATE, Area
from kuaichu.cases.shared_copies import may_see, shared_copy
from kuaichu.cases.viewing import INTERIM, SIZES, viewing_copy
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid, NotAllowed, NotFound
from kuaichu.people import roles

SYSTEM = roles.system("yancheng")
OFFICER = Actor(
    kind="staff", id=str(uuid.uuid4()), city="yancheng", grants=roles.ROLES["determination_officer"]
)
FINE = Area(0.25, 0.25, 0.25, 0.25, FACE)


@pytest.fixture
def part(db: None) -> Party:
    return intake.open_case(roles.visitor("yancheng"))[1]


def take(part: Party, shot: str = "front") -> Evidence:
    """A photograph of one-pixel stripes, whose every area has detail."""
    picture = Image.effect_noise((1600, 1200), 120).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    told = Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
    return photograph(phones.actor_of(part), part.case_id, told, out.getvalue())


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def detail(image: Image.Image, area: Area) -> float:
    """How much the pixels of an area differ from one another."""
    box = (area.x * image.width, area.y * image.height)
    end = ((area.x + area.w) * image.width, (area.y + area.h) * image.height)
    return float(ImageStat.Stat(image.crop((*map(round, box), *map(round, end)))).stddev[0])


def test_small_until_somebody_has_looked(part: Party) -> None:
    row = take(part)
    assert max(opened(shared_copy(row, "large")).size) == SIZES[INTERIM]
    assert max(opened(shared_copy(row, "small")).size) == SIZES["small"]
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert max(opened(shared_copy(row, "large")).size) == SIZES["large"]
    redactions.propose(SYSTEM, row, [], "haar")
    assert max(opened(shared_copy(row, "large")).size) == SIZES["large"]


def test_areas_are_blurred_and_the_rest_is_not(part: Party) -> None:
    row = take(part)
    redactions.propose(SYSTEM, row, [FINE], "haar")
    seen, own = opened(shared_copy(row, "large")), opened(viewing_copy(row, "large"))
    assert detail(own, FINE) > 40
    assert detail(seen, FINE) < detail(own, FINE) / 3
    clear = Area(0.7, 0.7, 0.2, 0.2)
    assert detail(seen, clear) > detail(own, clear) * 0.9


def test_the_plates_of_the_case_stay_and_others_go(part: Party) -> None:
    row = take(part)
    plates = [Area(0.1, 0.1, 0.2, 0.1, PLATE, "苏J12345"), Area(0.6, 0.6, 0.2, 0.1, PLATE, "苏J99999")]
    redactions.propose(SYSTEM, row, plates, "rapidocr")
    blurred = [detail(opened(shared_copy(row, "large")), one) < 20 for one in plates]
    assert blurred == [True, True]
    Vehicle.objects.filter(party=part).update(plate="苏J12346")  # one character misread
    row = Evidence.objects.get(pk=row.pk)
    blurred = [detail(opened(shared_copy(row, "large")), one) < 20 for one in plates]
    assert blurred == [False, True]


def test_an_officer_corrects_and_the_machine_does_not_undo_it(part: Party) -> None:
    row = take(part)
    redactions.propose(SYSTEM, row, [FINE], "haar")
    shared_copy(row, "large")
    redactions.correct(OFFICER, part.case_id, row.pk, [])
    redactions.propose(SYSTEM, row, [FINE], "haar")
    assert detail(opened(shared_copy(row, "large")), FINE) > 40
    redactions.correct(OFFICER, part.case_id, row.pk, [])
    assert Entry.objects.filter(kind="cases.redacted").count() == 1
    assert list(Handling.objects.filter(what="redacted").values_list("purpose", flat=True)) == [
        "haar",
        "officer",
    ]
    with pytest.raises(NotAllowed):
        redactions.correct(phones.actor_of(part), part.case_id, row.pk, [])
    with pytest.raises(NotFound):
        redactions.correct(OFFICER, part.case_id, uuid.uuid4(), [])
    for bad in (Area(0.9, 0.9, 0.3, 0.3), Area(-0.1, 0, 0.2, 0.2), Area(0, 0, 0.0001, 0.5)):
        with pytest.raises(Invalid):
            redactions.correct(OFFICER, part.case_id, row.pk, [bad])


def test_each_copy_is_made_once(part: Party) -> None:
    row = take(part)
    redactions.propose(SYSTEM, row, [FINE], "haar")
    copies = {shared_copy(row, "large") for _ in range(3)}
    assert len(copies) == 1
    assert Viewing.objects.filter(evidence=row).count() == 1
    assert Handling.objects.filter(evidence=row, what="copied").count() == 1


def test_another_partys_licence_is_nobodys_business(part: Party) -> None:
    other = intake.add_party(part.case, "B", status=Party.Status.JOINED)
    licence, scene = take(part, "licence"), take(part)
    assert may_see(licence, part)
    assert not may_see(licence, other)
    assert may_see(scene, other)


@given(st.text(max_size=9), st.text(max_size=9))
def test_only_nearly_the_same_plate_is_ones_own(read: str, plate: str) -> None:
    hidden = redactions.hidden([Area(0, 0, 1, 1, PLATE, read)], [plate])
    alike = (
        bool(read) and len(read) == len(plate) and sum(a != b for a, b in zip(read, plate, strict=True)) <= 1
    )
    assert bool(hidden) is not alike
