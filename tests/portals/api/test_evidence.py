"""Evidence over the API: what was read, the receipt, own words as sound; the same doors as on the pages."""

from __future__ import annotations

import hashlib
import uuid

import pytest

from kuaichu.cases import readings, receipt_text, receipts
from kuaichu.cases.models import Evidence, Recording
from kuaichu.cases.sight import Found, Sight
from kuaichu.desks.documents import certificates
from kuaichu.people.roles import system
from tests.portals.api.casework import CITY, photograph
from tests.portals.api.conftest import Api
from tests.portals.api.test_parties import Someone, opens

pytestmark = pytest.mark.django_db
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"
SOUND = WEBM + b"A_OPUS" + bytes(range(256)) * 8


def speak(one: Someone, client: uuid.UUID, data: bytes = SOUND, **headers: str):
    given = {"HTTP_" + name.upper(): value for name, value in headers.items()}
    return one.browser.put(
        one.at("voices", str(client)), data, content_type="audio/webm",
        HTTP_AUTHORIZATION=f"Bearer {one.token}", **given,
    )  # fmt: skip


def test_nothing_is_read_and_nothing_sealed_at_first() -> None:
    one = opens()
    assert one.get(one.at("readings")).json() == {"photos": [], "plates": [], "driver": {}, "differences": []}
    found = one.get(one.at("evidence-receipt")).json()
    assert (found["state"], found["photos"], len(found["missing"])) == ("open", [], 3)
    assert one.get(one.at("evidence-receipt.txt")).status_code == 404
    assert one.get(one.at("voices")).json() == []


def test_a_plate_that_was_read_is_offered() -> None:
    one = opens()
    kept = one.send(photograph(1), "plate").json()
    photo = Evidence.objects.get(pk=kept["id"])
    fields = {"plate": Found(raw="苏J12345", value="苏J12345", score=0.98, checks=("grammar_ok",))}
    readings.keep(system(CITY), photo, Sight(kind="plate", engine="test", fields=fields))
    found = one.get(one.at("readings")).json()
    assert [(p["client_id"], p["kind"]) for p in found["photos"]] == [(kept["client_id"], "plate")]
    assert [p["plate"] for p in found["plates"]] == ["苏J12345"]


def test_the_receipt_travels_by_the_api() -> None:
    one = opens()
    for number, shot in enumerate(("front", "rear", "contact")):
        one.send(photograph(number), shot)
    receipts.seal(system(CITY), uuid.UUID(one.case_id), certificates.checkpoint_signer())
    found = one.get(one.at("evidence-receipt")).json()
    assert (found["state"], found["number"], len(found["photos"])) == ("sealed", 1, 3)
    assert receipt_text.text_of(found["frames"]) == found["text"]
    assert {p["sha256"] for p in found["photos"]} == set(Evidence.objects.values_list("sha256", flat=True))
    file = one.get(one.at("evidence-receipt.txt"))
    assert file["Content-Disposition"].startswith("attachment")
    answer = one.browser.post("/receipt", {"q": file.content.decode()})
    assert 'data-answer="genuine"' in answer.content.decode()


def test_a_recording_is_kept_listed_heard_and_taken_back() -> None:
    one, client = opens(), uuid.uuid4()
    digest = hashlib.sha256(SOUND).hexdigest()
    for _ in range(2):
        kept = speak(one, client, x_content_sha256=digest, x_seconds="12.5")
        assert kept.status_code == 200, kept.content
    assert Recording.objects.count() == 1
    assert (kept.json()["sha256"], kept.json()["mime"]) == (digest, "audio/webm")
    assert one.get(one.at("voices")).json() == [kept.json()]
    heard = one.get(one.at("voices", str(client)))
    assert b"".join(heard.streaming_content if heard.streaming else [heard.content]) == SOUND
    assert one.call("DELETE", one.at("voices", str(client))).status_code == 204
    assert not Recording.objects.exists()
    assert one.get(one.at("voices", str(client))).status_code == 404


@pytest.mark.parametrize(
    ("data", "headers", "code"),
    [
        (b"no sound at all", {}, "no_sound"),
        (SOUND, {"x_content_sha256": "0" * 64}, "hash_differs"),
        (SOUND, {"x_seconds": "1000"}, "too_long"),
        (SOUND, {"x_seconds": "nan"}, "invalid"),
        (SOUND, {"x_seconds": "long"}, "invalid"),
    ],
)
def test_rubbish_is_no_recording(data: bytes, headers: dict[str, str], code: str) -> None:
    answer = speak(opens(), uuid.uuid4(), data, **headers)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_recording_may_be_larger_than_json_but_not_endless() -> None:
    one = opens()
    assert speak(one, uuid.uuid4(), SOUND + bytes(400_000)).status_code == 200
    assert speak(one, uuid.uuid4(), SOUND + bytes(4 * 1024 * 1024)).status_code == 413


def test_every_door_opens_to_its_own_party_only() -> None:
    one, other = opens(), opens()
    client = uuid.uuid4()
    speak(one, client)
    for page in ("readings", "evidence-receipt", "evidence-receipt.txt", "voices", f"voices/{client}"):
        assert other.get(one.at(page)).status_code == 404, page
        assert Api().get(one.at(page)).status_code == 401
    assert other.call("DELETE", one.at("voices", str(client))).status_code == 404
    assert Recording.objects.count() == 1
