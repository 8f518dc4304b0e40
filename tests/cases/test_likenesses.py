"""Photographs that were used before are found again: same bytes without a machine, edited ones with it."""

from __future__ import annotations

import io
import random
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image, ImageEnhance, ImageOps

from kuaichu.cases import intake, likenesses, phones
from kuaichu.cases.evidence import Capture, photograph
from kuaichu.cases.models import Case, Evidence, Fingerprint, Likeness, Party
from kuaichu.kernel import clock, deliveries
from kuaichu.kernel.models import Entry
from kuaichu.people import roles
from kuaichu.replaying.photos import Scene
from kuaichu.replaying.photos import photograph as drawn

cv2 = pytest.importorskip("cv2")
from kuaichu.connectors.likeness.opencv import OpenCv  # noqa: E402 - only with the extra `vision`

SYSTEM = roles.system("yancheng")
Edit = Callable[[Image.Image], Image.Image]
EDITS: dict[str, Edit] = {
    "smaller": lambda image: image.resize((image.width // 2, image.height // 2)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.3),
    "mirrored": ImageOps.mirror,
    "cropped": lambda image: image.crop((90, 70, image.width - 90, image.height - 70)),
}


def picture(seed: str, shot: str = "front", number: int = 0) -> bytes:
    roll = random.Random(seed)
    plates = (f"苏J{roll.randrange(10**5):05d}", f"苏J{roll.randrange(10**5):05d}")
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    return drawn(Scene(seed, plates, ("FRONT", "REAR"), 120.16, 33.37, moment), shot, number)


def edited(data: bytes, edit: Edit) -> bytes:
    out = io.BytesIO()
    edit(Image.open(io.BytesIO(data)).convert("RGB")).save(out, "JPEG", quality=60)
    return out.getvalue()


def case_with(data: bytes, shot: str = "front") -> tuple[Party, Evidence]:
    _case, part = intake.open_case(roles.visitor("yancheng"))
    told = Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
    return part, photograph(phones.actor_of(part), part.case_id, told, data)


@pytest.fixture(scope="module")
def eye() -> OpenCv:
    return OpenCv()


@pytest.mark.django_db
@pytest.mark.parametrize("name", EDITS)
def test_an_edited_photograph_of_an_earlier_case_is_found(eye: OpenCv, name: str) -> None:
    data = picture(f"used/{name}")
    _first, old = case_with(data)
    _other, stranger = case_with(picture("stranger"))
    second, new = case_with(edited(data, EDITS[name]))
    for row in (old, stranger):
        assert likenesses.look(SYSTEM, row, eye) == 0
    assert likenesses.look(SYSTEM, new, eye) == 1
    found = Likeness.objects.get()
    assert (found.evidence_id, found.like_id) == (new.pk, old.pk)
    assert found.inliers >= likenesses.ENOUGH
    assert likenesses.look(SYSTEM, new, eye) == 0, "noted once"
    assert Entry.objects.filter(kind="cases.likeness_found", stream=second.case_id).count() == 1
    assert likenesses.alike(second.case_id) == {new.pk}


@pytest.mark.django_db
def test_within_one_case_and_among_papers_likeness_is_normal(eye: OpenCv) -> None:
    data = picture("same")
    part, first = case_with(data)
    told = Capture(client_id=uuid.uuid4(), shot="rear", source="in_app")
    again = photograph(phones.actor_of(part), part.case_id, told, edited(data, EDITS["smaller"]))
    _part, licence = case_with(data, "licence")
    for row in (first, again, licence):
        assert likenesses.look(SYSTEM, row, eye) == 0
    assert Fingerprint.objects.count() == 2
    assert not Likeness.objects.exists()


@pytest.mark.django_db
def test_neither_the_earlier_one_nor_a_withdrawn_case_counts(eye: OpenCv) -> None:
    data = picture("order")
    first, old = case_with(data)
    _second, new = case_with(edited(data, EDITS["brighter"]))
    assert likenesses.look(SYSTEM, new, eye) == 0, "the earlier one has no fingerprint yet"
    assert likenesses.look(SYSTEM, old, eye) == 0, "and is not like a later one"
    Case.objects.filter(pk=first.case_id).update(status="withdrawn")
    assert likenesses.look(SYSTEM, new, eye) == 0
    Case.objects.filter(pk=first.case_id).update(status="reporting")
    assert likenesses.look(SYSTEM, new, eye) == 1


@pytest.mark.django_db
def test_the_same_bytes_are_found_without_any_machine() -> None:
    data = picture("bytes")
    case_with(data, "licence")
    with clock.at(clock.now() + timedelta(hours=1)):
        second, _new = case_with(data, "contact")
        for shot in ("front", "rear"):
            told = Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
            photograph(phones.actor_of(second), second.case_id, told, picture("bytes", shot, 1))
        deliveries.drain()
        assert likenesses.find_same(SYSTEM, second.case_id) == 0, "noted once"
    found = Likeness.objects.get()
    assert (found.evidence.case_id, found.distance, found.inliers) == (second.case_id, 0, 0)


def test_what_cannot_be_decoded_is_like_nothing(eye: OpenCv) -> None:
    for data in (b"", b"\xff\xd8\xff", b"x" * 1000):
        assert eye.hashes(data) is None
        assert eye.nearest("yancheng", data, 5) == []
        assert eye.inliers(data, picture("a")) == 0
