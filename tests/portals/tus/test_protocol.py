"""tus 1.0 as its text says, at the door of the API; nothing that is sent breaks it."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from kuaichu.cases import intake, uploads
from kuaichu.cases.models import Evidence, Upload
from kuaichu.kernel import clock
from kuaichu.kernel.partials import Partial
from kuaichu.people.roles import visitor
from tests.cases.photographs import encoded
from tests.portals.tus.conftest import Sender, checksum

pytestmark = pytest.mark.django_db
PHOTO = encoded("JPEG", (400, 300))


def begun(sender: Sender, data: bytes = PHOTO, **said: str) -> str:
    said = {"client_id": str(uuid.uuid4()), "shot": "front", "source": "in_app"} | said
    answer = sender.begin(len(data), **said)
    assert answer.status_code == 201, answer.content
    return answer["Location"]


def test_it_says_what_it_can(sender: Sender) -> None:
    answer = sender.ask("OPTIONS", sender.collection, tus_resumable=None, authorization="")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert set(answer["Tus-Extension"].split(",")) == {
        "creation", "creation-with-upload", "checksum", "expiration", "termination",
    }  # fmt: skip
    assert int(answer["Tus-Max-Size"]) == 12 * 1024 * 1024
    assert answer["Tus-Checksum-Algorithm"].split(",") == ["sha1", "sha256", "md5"]


def test_in_three_pieces(sender: Sender) -> None:
    address, client_id = begun(sender, client_id=str(uuid.UUID(int=7))), uuid.UUID(int=7)
    third = len(PHOTO) // 3
    for at in (0, third):
        answer = sender.piece(address, at, PHOTO[at : at + third])
        assert (answer.status_code, int(answer["Upload-Offset"])) == (204, at + third)
        assert "X-Content-SHA256" not in answer
        assert "GMT" in answer["Upload-Expires"]
        head = sender.ask("HEAD", address)
        assert (head.status_code, int(head["Upload-Offset"])) == (200, at + third)
        assert int(head["Upload-Length"]) == len(PHOTO)
        assert head["Cache-Control"] == "no-store"
        assert "shot ZnJvbnQ=" in head["Upload-Metadata"]
    answer = sender.piece(address, 2 * third, PHOTO[2 * third :])
    kept = Evidence.objects.get(client_id=client_id)
    assert answer["X-Content-SHA256"] == hashlib.sha256(PHOTO).hexdigest() == kept.sha256
    assert answer["X-Content-SM3"] == kept.sm3
    assert (kept.shot, kept.source, kept.size) == ("front", "in_app", len(PHOTO))
    assert sender.ask("HEAD", address)["X-Content-SHA256"] == kept.sha256
    assert sender.ask("GET", address).json()["sha256"] == kept.sha256
    assert not list(Path(Partial(kept.pk).path.parent).iterdir()), "nothing is left of the pieces"


def test_all_at_once_with_its_creation(sender: Sender) -> None:
    answer = sender.begin(len(PHOTO), PHOTO, shot="rear")
    assert (answer.status_code, int(answer["Upload-Offset"])) == (201, len(PHOTO))
    assert answer["X-Content-SHA256"] == hashlib.sha256(PHOTO).hexdigest()


def test_announced_again_it_is_the_same_upload(sender: Sender) -> None:
    address = begun(sender, client_id=str(uuid.UUID(int=1)))
    sender.piece(address, 0, PHOTO[:1000])
    again = sender.begin(len(PHOTO), client_id=str(uuid.UUID(int=1)), shot="front")
    assert (again["Location"], int(again["Upload-Offset"])) == (address, 1000)
    other = sender.begin(len(PHOTO) + 1, client_id=str(uuid.UUID(int=1)), shot="front")
    assert (other.status_code, other.json()["code"]) == (422, "client_id_reused")


def test_what_came_by_put_is_there_already(sender: Sender) -> None:
    client_id = uuid.uuid4()
    path = f"/api/v1/cases/{sender.party.case_id}/photos/{client_id}?shot=front"
    assert sender.ask("PUT", path, PHOTO, type="image/jpeg").status_code == 200
    answer = sender.begin(len(PHOTO), client_id=str(client_id), shot="front")
    assert int(answer["Upload-Offset"]) == len(PHOTO)
    assert answer["X-Content-SHA256"] == hashlib.sha256(PHOTO).hexdigest()
    assert sender.piece(answer["Location"], len(PHOTO), b"").status_code == 204


def test_a_wrong_place_changes_nothing(sender: Sender) -> None:
    address = begun(sender)
    sender.piece(address, 0, PHOTO[:500])
    for offset in (0, 499, 501, 10**14):
        assert sender.piece(address, offset, b"x").status_code == 409
    assert int(sender.ask("HEAD", address)["Upload-Offset"]) == 500


def test_more_than_was_announced_is_refused(sender: Sender) -> None:
    address = begun(sender)
    assert sender.piece(address, 0, PHOTO + b"x").status_code == 413
    assert int(sender.ask("HEAD", address)["Upload-Offset"]) == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_checksums(sender: Sender, algorithm: str) -> None:
    address = begun(sender)
    bad = sender.piece(address, 0, PHOTO[:700], upload_checksum=checksum(algorithm, b"other"))
    assert (bad.status_code, bad.reason_phrase) == (460, "Checksum Mismatch")
    assert int(sender.ask("HEAD", address)["Upload-Offset"]) == 0
    good = sender.piece(address, 0, PHOTO[:700], upload_checksum=checksum(algorithm, PHOTO[:700]))
    assert (good.status_code, int(good["Upload-Offset"])) == (204, 700)
    for odd in ("crc32 AAAA", "sha1 ***", "sha1", ""):
        status = sender.piece(address, 700, PHOTO[700:800], upload_checksum=odd or "?").status_code
        assert status in (400, 460), odd


def test_another_version_is_refused(sender: Sender) -> None:
    for version in (None, "0.2.2", "2.0.0"):
        answer = sender.ask("POST", sender.collection, upload_length=5, tus_resumable=version)
        assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_only_pieces_are_taken(sender: Sender) -> None:
    address = begun(sender)
    answer = sender.ask("PATCH", address, b"x", type="image/jpeg", upload_offset=0)
    assert answer.status_code == 415


def test_a_client_that_can_only_post(sender: Sender) -> None:
    address = begun(sender)
    answer = sender.ask("POST", address, PHOTO[:9], upload_offset=0, x_http_method_override="PATCH")
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "9")


def test_given_up(sender: Sender) -> None:
    address = begun(sender)
    sender.piece(address, 0, PHOTO[:100])
    assert sender.ask("DELETE", address).status_code == 204
    assert sender.ask("HEAD", address).status_code == 404
    assert sender.piece(address, 100, b"x").status_code == 404
    whole = begun(sender)
    sender.piece(whole, 0, PHOTO)
    assert sender.ask("DELETE", whole).status_code == 403, "evidence stays"
    assert Evidence.objects.count() == 1


def test_what_is_no_photograph_ends_the_upload(sender: Sender) -> None:
    rubbish, client_id = b"no photograph at all" * 10, str(uuid.uuid4())
    address = begun(sender, rubbish, client_id=client_id)
    answer = sender.piece(address, 0, rubbish)
    assert (answer.status_code, answer.json()["code"]) == (422, "no_image")
    assert answer["Content-Type"] == "application/problem+json"
    assert sender.ask("HEAD", address).status_code == 410
    again = sender.begin(len(rubbish), client_id=client_id, shot="front")
    assert (again.status_code, again.json()["code"]) == (422, "no_image")
    assert not Evidence.objects.exists()


def test_bytes_damaged_on_the_way_may_come_again(sender: Sender) -> None:
    client_id, digest = str(uuid.uuid4()), hashlib.sha256(PHOTO).hexdigest()
    address = begun(sender, client_id=client_id, sha256=digest)
    answer = sender.piece(address, 0, PHOTO[:-60] + b"?" * 58 + PHOTO[-2:])
    assert (answer.status_code, answer.json()["code"]) == (422, "hash_differs")
    assert sender.ask("HEAD", address).status_code == 404
    address = begun(sender, client_id=client_id, sha256=digest)
    assert sender.piece(address, 0, PHOTO)["X-Content-SHA256"] == digest


def test_a_crash_after_the_last_byte_is_made_good(sender: Sender) -> None:
    address = begun(sender)
    row = Upload.objects.get()
    Partial(row.pk).path.parent.mkdir(parents=True, exist_ok=True)
    Partial(row.pk).path.write_bytes(PHOTO)  # written, and then the lights went out
    head = sender.ask("HEAD", address)
    assert head["X-Content-SHA256"] == hashlib.sha256(PHOTO).hexdigest()
    assert Evidence.objects.count() == 1
    Upload.objects.update(evidence=None)  # and once more, before the upload knew of its photograph
    Partial(row.pk).path.write_bytes(PHOTO)
    assert sender.ask("HEAD", address)["X-Content-SHA256"] == hashlib.sha256(PHOTO).hexdigest()
    assert Evidence.objects.count() == 1


def test_expired_uploads_are_gone_and_swept(sender: Sender) -> None:
    address = begun(sender)
    sender.piece(address, 0, PHOTO[:300])
    whole = begun(sender)
    sender.piece(whole, 0, PHOTO)
    with clock.at(clock.now() + uploads.KEPT + timedelta(minutes=1)):
        assert sender.ask("HEAD", address).status_code == 410
        path = Partial(Upload.objects.get(evidence=None).pk).path
        assert path.exists()
        assert uploads.sweep() == 2
        assert not path.exists()
        assert sender.ask("HEAD", address).status_code == 404
    assert uploads.sweep() == 0
    assert Evidence.objects.count() == 1


def test_strangers_and_other_cases(sender: Sender) -> None:
    address = begun(sender)
    stranger = Sender(intake.open_case(visitor("yancheng"))[1])
    assert stranger.ask("HEAD", address).status_code == 404
    theirs = address.replace(str(sender.party.case_id), str(stranger.party.case_id))
    assert stranger.ask("HEAD", theirs).status_code == 404
    assert sender.ask("HEAD", address, authorization="Bearer nonsense").status_code == 401
    assert sender.ask("POST", sender.collection, upload_length=3, authorization="").status_code == 401


def test_no_more_than_can_be_finished(sender: Sender) -> None:
    for _ in range(uploads.MOST_OPEN):
        begun(sender)
    answer = sender.begin(10, shot="front")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_uploads")
    assert int(answer["Retry-After"]) > 0
    large = Sender(intake.open_case(visitor("yancheng"))[1])
    for _ in range(8):
        assert large.begin(12 * 1024 * 1024, shot="front").status_code == 201
    assert large.begin(12 * 1024 * 1024, shot="front").status_code == 429
    for length in (0, 12 * 1024 * 1024 + 1):
        assert large.begin(length, shot="front").status_code == 413


def test_what_the_phone_says_is_kept_as_far_as_it_can_be(sender: Sender) -> None:
    said = {
        "position": "120.1573,33.3776,12",
        "captured_at": "2026-11-21T08:30:00+08:00",
        "device": '{"agent": "chrome-android", "width": 1920, "height": 1e99, "label": "my phone", "via": 7}',
        "quality": '{"sharpness": 0.42, "light": 120, "tries": 1, "auto": true, "flag": "dark", "tilt": NaN}',
    }
    sender.piece(begun(sender, **said), 0, PHOTO)
    row = Evidence.objects.get()
    assert (row.lon, row.lat, row.accuracy_m) == (120.1573, 33.3776, 12)
    assert row.captured_at is not None
    assert row.captured_at.isoformat() == "2026-11-21T00:30:00+00:00"
    assert row.device == {"agent": "chrome-android", "width": 1920}
    assert row.quality == {"sharpness": 0.42, "light": 120, "tries": 1, "auto": True, "flag": "dark"}
    odd = {"position": "nan,inf", "captured_at": "yesterday", "device": "{" * 500, "quality": "[1]"}
    sender.piece(begun(sender, **odd), 0, PHOTO)
    row = Evidence.objects.order_by("received_at").last()
    assert (row.lon, row.captured_at, row.device, row.quality) == (None, None, {}, {})
