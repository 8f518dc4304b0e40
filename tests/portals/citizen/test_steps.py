"""Each step of a report, with good and bad input; nothing entered is ever lost."""

from __future__ import annotations

import hashlib
import uuid

import pytest
from django.test import Client

from kuaichu.cases.models import Case, Evidence, PhoneCode
from kuaichu.kernel.deliveries import drain
from tests.stories.builders import Person, Town, photograph


@pytest.mark.django_db(transaction=True)
def test_start_opens_one_case_however_often_it_is_tapped() -> None:
    browser = Client()
    number = browser.get("/start").content.decode().split('name="number" value="')[1].split('"')[0]
    first, second = (browser.post("/start", {"number": number}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_made_up_number_opens_nobody_elses_case(anna: Person) -> None:
    thief = Client()
    for number in (str(anna.case.pk), anna.case.pk.hex, ""):
        assert thief.post("/start", {"number": number}).status_code == 422
    assert "kuaichu_parts" not in thief.cookies


def test_safety_asks_again_and_keeps_the_answer(anna: Person) -> None:
    anna.send("safety", 422)
    anna.send("safety", 422, injury="perhaps")
    response = anna.send("safety", injury="none", lat="33.3776", lon="120.1573", accuracy="12")
    assert response["Location"].endswith("/place")
    assert (anna.case.injury, anna.case.lat) == ("none", 33.3776)
    assert 'value="none" id="id_injury_0" checked' in anna.see("safety")


def test_slight_injury_asks_for_everybodys_consent(anna: Person) -> None:
    assert anna.send("safety", injury="slight")["Location"].endswith("/consent")
    anna.send("consent", 422)
    anna.send("consent", agreed="yes")
    assert (anna.case.injury, anna.case.triage) == ("slight", {"slight_injury_consent": True})


def test_a_badly_hurt_person_brings_the_police(anna: Person) -> None:
    anna.send("safety", injury="serious")
    assert anna.case.status == Case.Status.HANDED_OVER
    text = anna.see()
    assert 'href="tel:120"' in text
    assert "Someone is injured" in text


def test_place_keeps_what_was_entered_when_something_is_missing(anna: Person) -> None:
    response = anna.send("place", 422, place="人民南路", lat="no", lon="999")
    text = response.content.decode()
    assert 'value="人民南路"' in text
    assert "Choose one of the pictures." in text
    anna.send("place", 422, place="人民南路", weather="1", light="day", happened_at="2099-01-01T08:30")
    anna.send("place", 422, place="人民南路", weather="1", light="day", happened_at="yesterday")
    anna.send("place", place="人民南路", weather="1", light="day", lat="nan", lon="12")
    assert (anna.case.place, anna.case.weather, anna.case.lat) == ("人民南路", "1", None)


def test_checks_need_an_answer(anna: Person) -> None:
    anna.send("checks", 422)
    anna.send("checks", none="yes", checks="alcohol_suspected")
    assert anna.case.triage
    assert not any(anna.case.triage.values())


def test_a_ticked_check_hands_the_case_over(anna: Person) -> None:
    anna.describe("alcohol_suspected")
    assert anna.case.status == Case.Status.HANDED_OVER
    assert "Alcohol or drugs suspected" in anna.see()
    anna.send("place", place="人民南路北段", weather="1", light="day")
    assert anna.case.place == "人民南路北段"  # what is told now still reaches the officer
    anna.shoot("damage")


@pytest.mark.parametrize("plate", ["苏J20001", "苏J·20001", " 苏j-20001 "])
def test_plates_are_read_tolerantly(anna: Person, plate: str) -> None:
    anna.send("vehicle", vehicle_kind="MV", plate=plate)
    text = anna.see("owner")
    assert "苏J·20001" in text
    assert "valid" in text
    anna.send("owner", 422)


def test_bad_plates_and_unknown_vehicles(anna: Person) -> None:
    assert "苏J12" in anna.send("vehicle", 422, vehicle_kind="MV", plate="苏J12").content.decode()
    anna.send("vehicle", 422, vehicle_kind="MV", plate="")
    anna.send("vehicle", 422, vehicle_kind="SHIP", plate="苏J20001")
    anna.town.insure("苏JZ0001", "HUAIHAI", "CTALI")
    anna.send("vehicle", vehicle_kind="MV", plate="苏JZ0001")
    assert "does not know this plate" in anna.see("owner/register")
    assert anna.send("owner", owner="yes")["Location"].endswith("/driver")
    anna.send("driver", 422, name="王", id_number="123")
    anna.send("driver", name="王小明", id_number="11010519491231002X")
    assert anna.party.id_number == "11010519491231002X"
    assert "11010519491231002X" not in anna.see("driver")


def test_phone_and_code(anna: Person) -> None:
    anna.send("phone", 422, phone="12345")
    anna.send("phone", phone=anna.phone)
    assert anna.phone not in anna.see("phone")
    right = anna.town.code(anna.phone)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    assert "not right" in anna.send("phone", 422, code=wrong).content.decode()
    anna.send("phone", code=f" {right[:3]} {right[3:]} ")
    assert anna.party.phone == anna.phone
    assert anna.party.phone_proven_at


def test_an_expired_code_says_so(anna: Person) -> None:
    anna.send("phone", phone=anna.phone)
    code = anna.town.code(anna.phone)
    row = PhoneCode.objects.get()
    PhoneCode.objects.update(expires_at=row.asked_at)
    assert "expired" in anna.send("phone", 422, code=code).content.decode()
    assert "mobile number" in anna.see("phone")


def test_raw_upload_is_kept_once_and_checked(anna: Person) -> None:
    data, client = photograph(1), uuid.uuid4()
    digest = hashlib.sha256(data).hexdigest()
    sent = {
        "X-Content-SHA256": digest,
        "X-Captured-At": "2026-11-21T08:30:00Z",
        "X-Position": "33.37,120.15,9",
        "X-Source": "in_app",
    }
    first, second = (anna.put(data, client=client, **sent).json() for _ in range(2))
    assert first["evidence_id"] == second["evidence_id"]
    assert first["sha256"] == digest
    kept = Evidence.objects.get()
    assert (kept.lat, kept.lon, kept.accuracy_m, kept.source) == (33.37, 120.15, 9.0, "in_app")
    copy = anna.browser.get(first["thumb"])
    assert copy.content[:2] == b"\xff\xd8"
    assert copy.content != data


def test_uploads_that_arrive_broken(anna: Person) -> None:
    data = photograph(2)
    cut = anna.put(data[: len(data) // 2], **{"X-Content-SHA256": hashlib.sha256(data).hexdigest()})
    assert (cut.status_code, cut.json()["code"]) == (408, "hash_differs")
    assert cut["Content-Type"].startswith("application/problem+json")
    other = anna.put(data, **{"X-Content-SHA256": "0" * 64})
    assert (other.status_code, other.json()["code"]) == (408, "hash_differs")
    assert anna.put(b"", "front").status_code == 408
    assert anna.put(b"hello", "front").status_code == 422
    assert anna.put(data, "selfie").status_code == 422
    assert not Evidence.objects.exists()


def test_the_plain_form_works_without_javascript(anna: Person) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    for _ in range(2):
        anna.send("photos", slot="front", photo=SimpleUploadedFile("a.jpg", photograph(3), "image/jpeg"))
    assert Evidence.objects.count() == 1
    anna.send("photos", slot="front")
    anna.send("photos", slot="front", photo=SimpleUploadedFile("a.jpg", b"no photo", "image/jpeg"))
    assert "not a photograph" in anna.see("photos")


def test_what_happened_asks_one_thing_at_a_time(anna: Person) -> None:
    anna.drive()
    assert anna.browser.get(anna.url("happened"))["Location"].endswith("/happened/movement")
    anna.send("happened/movement", 422, answer="FLYING")
    anna.send("happened/movement", answer="STRAIGHT")
    assert anna.send("happened/zone", answer="FRONT")["Location"].endswith("other_movement")
    anna.send("happened/other_movement", answer="STOPPED_QUEUE")
    follow = anna.send("happened/other_zone", answer="REAR")["Location"]
    ref = follow.rsplit("/", 1)[1]
    anna.send(f"happened/{ref}", answer="unknown")
    assert anna.party.statement["answers"] == {ref: None}
    anna.send("happened/words", 422, answer="x" * 501)
    anna.see("happened/B.nonsense", 404)


def test_going_back_changes_an_answer(anna: Person) -> None:
    anna.send("happened/movement", answer="STRAIGHT")
    anna.send("happened/movement", answer="U_TURN")
    assert anna.party.statement["movement"] == "U_TURN"


def test_review_names_what_is_missing(anna: Person) -> None:
    anna.send("review", 422)
    text = anna.send("review", 422, true="on").content.decode()
    assert "Say whether anybody is hurt." in text
    assert "Photographs are missing: 3." in text


def test_withdrawing(anna: Person) -> None:
    anna.see("withdraw")
    anna.send("withdraw")
    assert anna.case.status == Case.Status.WITHDRAWN
    assert "taken this report back" in anna.see()
    assert anna.put(photograph(4)).status_code == 409


def test_the_other_party_refuses_or_has_left(anna: Person) -> None:
    anna.describe()
    anna.see("other/refused")
    anna.send("other/refused", what="left")
    drain()
    assert anna.case.status == Case.Status.HANDED_OVER


def test_other_browsers_see_nothing(anna: Person, town: Town) -> None:
    anna.shoot("front")
    photo = Evidence.objects.get()
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en")
    for page in ("", "review", "timeline", "photos", f"photo/{photo.pk}/large", "looks", "payee"):
        response = stranger.get(anna.url(page))
        assert response.status_code == 404
        assert "Open your link again" in response.content.decode()
    assert stranger.post(anna.url("withdraw")).status_code == 404
    assert stranger.get("/p").status_code == 200
    other = Person(town, "苏J20002")
    other.start()
    other.see(f"photo/{photo.pk}/large", 404)
