"""Own words as sound: kept like a photograph, taken back before confirming, heard by the officer."""

from __future__ import annotations

import hashlib
import uuid

import pytest
from django.http import HttpResponse
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kuaichu.cases import voices
from kuaichu.cases.models import Look, Party, Recording
from kuaichu.kernel.models import Entry
from kuaichu.kernel.objects import read, store
from kuaichu.queries import inspection, packet
from tests.portals.police import building
from tests.stories.builders import Person, Town, rear_end

WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"
SOUND = WEBM + b"A_OPUS" + bytes(range(256)) * 8


def keep(
    person: Person, data: bytes = SOUND, client: uuid.UUID | None = None, **headers: str
) -> HttpResponse:
    told = {"X-Content-SHA256": hashlib.sha256(data).hexdigest(), "X-Seconds": "12.5"} | headers
    address = person.url(f"voices/{client or uuid.uuid4()}")
    return person.browser.put(address, data, content_type="audio/webm", headers=told)


def test_a_recording_is_kept_once_with_both_hashes(anna: Person) -> None:
    client = uuid.uuid4()
    first = keep(anna, client=client)
    assert first.status_code == 200, first.content
    assert first.json()["sha256"] == hashlib.sha256(SOUND).hexdigest()
    assert keep(anna, client=client).json() == first.json()
    row = Recording.objects.get()
    assert (row.mime, row.seconds, row.size) == ("audio/webm", 12.5, len(SOUND))
    assert len(row.sm3) == 64
    assert Entry.objects.filter(kind="cases.spoken").count() == 1
    assert inspection.the_recordings().wrong == []


def test_what_is_no_sound_or_not_whole_is_refused(anna: Person) -> None:
    assert keep(anna, b"GIF89a" + bytes(100)).status_code == 422
    assert keep(anna, WEBM + b"V_VP9" + bytes(100)).status_code == 422
    assert keep(anna, SOUND + b"x", **{"X-Content-SHA256": "0" * 64}).status_code == 408
    assert keep(anna, SOUND, **{"X-Seconds": "600"}).status_code == 422
    assert keep(anna, SOUND, **{"X-Seconds": "nan"}).status_code == 200
    assert keep(anna, b"").status_code == 408
    assert keep(anna, SOUND + bytes(voices.MOST_BYTES)).status_code in (413, 422)


def test_another_recording_under_the_same_number_is_refused(anna: Person) -> None:
    client = uuid.uuid4()
    keep(anna, client=client)
    assert keep(anna, SOUND + b"2", client=client).status_code == 409


def test_there_are_only_so_many(anna: Person) -> None:
    for n in range(voices.MOST_RECORDINGS):
        assert keep(anna, SOUND + bytes([n])).status_code == 200
    assert keep(anna, SOUND + b"more").status_code == 409


def test_it_is_heard_and_taken_back_before_confirming(anna: Person) -> None:
    keep(anna)
    row = Recording.objects.get()
    page = anna.see("happened/words")
    assert f"voices/{row.client_id}" in page
    assert "An officer listens to it" in page
    part = anna.browser.get(anna.url(f"voices/{row.client_id}"), headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, SOUND[4:8])
    assert part["Content-Range"] == f"bytes 4-7/{len(SOUND)}"
    anna.send(f"voices/{row.client_id}")
    assert not Recording.objects.exists()
    with pytest.raises(Exception):  # noqa: B017 - whatever the store says of what is gone
        read(row.sha256)
    assert Entry.objects.filter(kind="cases.unspoken").count() == 1


def test_after_confirming_it_stays_and_nobody_else_hears_it(town: Town) -> None:
    first, second = rear_end(town)
    assert keep(first).status_code == 409
    assert second.browser.get(second.url(f"voices/{uuid.uuid4()}")).status_code == 404


def test_the_officer_hears_it_and_the_packet_lists_it(town: Town) -> None:
    case = building.waiting_case(town).case
    officer = building.account("listener")
    building.totp(officer)
    party = Party.objects.get(case=case, label="A")
    stored = store().put(SOUND, voices.MOST_BYTES)
    row = Recording.objects.create(
        party=party, client_id=uuid.uuid4(), sha256=stored.sha256, sm3=stored.sm3, size=stored.size,
        mime="audio/webm", seconds=12.5, received_at=case.opened_at,
    )  # fmt: skip
    desk = building.signed_in(officer)
    address = reverse("police:voice", args=[case.pk, row.pk])
    assert desk.get(address).status_code == 404, "not before the case is taken"
    desk.post(reverse("police:take"))
    response = desk.get(address, headers={"Range": "bytes=0-"})
    assert (response.status_code, response.content) == (206, SOUND)
    assert str(row.pk) in desk.get(reverse("police:ruling", args=[case.pk])).content.decode()
    assert Look.objects.filter(case=case, purpose="voice").exists()
    assert any("journal differ" in fault for fault in inspection.the_recordings().wrong), "no verb kept it"
    listed = packet._recording(row)
    assert (listed["sha256"], listed["sm3"]) == (row.sha256, row.sm3)


@given(st.binary(max_size=200))
def test_only_known_containers_pass(data: bytes) -> None:
    known = data.startswith((b"OggS", b"\x1a\x45\xdf\xa3")) or data[4:8] == b"ftyp"
    assert bool(voices.container_of(data)) <= known


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"OggS\x00\x02" + bytes(20) + b"OpusHead", "audio/ogg"),
        (SOUND, "audio/webm"),
        (b"\x00\x00\x00\x20ftypM4A " + bytes(20), "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(40) + b"hdlr" + bytes(8) + b"vide", ""),
        (b"\x1a\x45\xdf\xa3 matroska", ""),
        (b"RIFF....WAVE", ""),
    ],
)
def test_containers_are_known_by_their_marks(head: bytes, mime: str) -> None:
    assert voices.container_of(head) == mime
