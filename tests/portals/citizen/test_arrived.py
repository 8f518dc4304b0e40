"""What has arrived: hashes, grades and warnings of one's own photographs; uploads by the browser's part."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.test import Client

from kuaichu.cases import intake
from kuaichu.cases.evidence import Capture, photograph
from kuaichu.cases.models import Evidence, Party
from kuaichu.cases.phones import actor_of
from kuaichu.kernel.ids import new_id
from kuaichu.people.roles import visitor
from kuaichu.portals.citizen.holding import NOBODY
from kuaichu.portals.sessions import COOKIE, SALT, party_token
from tests.cases.photographs import encoded
from tests.portals.test_browsers import APPS, BROWSERS
from tests.portals.tus.conftest import PIECE, told

pytestmark = pytest.mark.django_db
PHOTO = encoded("JPEG", (300, 200))


def holding(party: Party, agent: str = "", *, check: bool = False) -> Client:
    from django.core import signing

    browser = Client(enforce_csrf_checks=check, headers={"accept-language": "en", "user-agent": agent})
    browser.cookies[COOKIE] = signing.get_cookie_signer(salt=COOKIE + SALT).sign(party_token(party))
    return browser


@pytest.fixture
def part() -> Party:
    return intake.open_case(visitor("yancheng"))[1]


def test_hashes_grades_and_warnings(part: Party) -> None:
    kept = [
        photograph(
            actor_of(part),
            part.case_id,
            Capture(client_id=new_id(), shot=shot, source=source, quality=q),
            PHOTO,
        )
        for shot, source, q in (
            ("front", "in_app", {}),
            ("rear", "camera", {"flag": "dark"}),
            ("sign", "gallery", {}),
        )
    ]
    text = holding(part).get(f"/p/{part.pk}/arrived").content.decode()
    assert text.count(kept[0].sha256) == 3
    assert kept[0].sm3 in text
    for words in ("Taken in the app", "Taken with the phone&#x27;s camera", "Chosen from the gallery",
                  "Accepted although too dark"):  # fmt: skip
        assert words in text
    _case, other = intake.open_case(visitor("yancheng"))
    assert "No photograph has arrived yet" in holding(other).get(f"/p/{other.pk}/arrived").content.decode()
    assert holding(other).get(f"/p/{part.pk}/arrived").status_code == 404


def test_the_blank_page_asks_no_database(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = Client().get(f"/p/{NOBODY}/arrived")
    assert answer.status_code == 200


def test_the_browser_sends_in_pieces_with_its_token(part: Party) -> None:
    browser = holding(part, check=True)
    address = f"/p/{part.pk}/uploads"
    headers = {
        "tus-resumable": "1.0.0",
        "upload-length": str(len(PHOTO)),
        "upload-metadata": told(shot="front"),
    }
    assert browser.post(address, headers=headers).status_code == 403, "another site could have sent this"
    browser.get(f"/p/{part.pk}/photos")
    headers["x-csrftoken"] = browser.cookies["csrftoken"].value
    begun = browser.post(address, headers=headers)
    assert begun.status_code == 201
    headers |= {"upload-offset": "0"}
    done = browser.patch(begun["Location"], PHOTO, content_type=PIECE, headers=headers)
    assert done["X-Content-SHA256"] == hashlib.sha256(PHOTO).hexdigest()
    said = browser.get(begun["Location"], headers={"accept": "application/json"}).json()
    assert said["state"] == "sent"
    assert said["thumb"].startswith(f"/p/{part.pk}/photo/")
    assert browser.get(said["thumb"]).status_code == 200
    stranger = Client()
    assert stranger.head(begun["Location"], headers={"tus-resumable": "1.0.0"}).status_code == 403


def test_what_the_phone_says_comes_with_the_put(part: Party) -> None:
    headers = {
        "x-source": "camera", "x-device-info": '{"via": "file", "original_size": 5000000}',
        "x-quality": '{"light": 12, "flag": "dark"}', "x-position": "33.3776,120.1573,9",
    }  # fmt: skip
    url = f"/p/{part.pk}/photos/front/{new_id()}"
    answer = holding(part).put(url, PHOTO, content_type="image/jpeg", headers=headers)
    assert answer.json()["sha256"] == hashlib.sha256(PHOTO).hexdigest()
    row = Evidence.objects.get()
    assert (row.source, row.device, row.quality) == (
        "camera", {"via": "file", "original_size": 5_000_000}, {"light": 12, "flag": "dark"},
    )  # fmt: skip


@pytest.mark.parametrize("name", APPS)
def test_inside_an_app_it_says_what_works(part: Party, name: str) -> None:
    browser = holding(part, APPS[name][0])
    photos = browser.get(f"/p/{part.pk}/photos").content.decode()
    assert re.search(r"You are inside [\w ]+", photos)
    assert "choose from the gallery" in photos
    assert photos.count('type="file"') >= 8, "and the plain way is there"
    assert (
        "browser"
        in re.search(r"data-no-camera.*?</div>", browser.get("/start").content.decode(), re.DOTALL)[0]
    )


@pytest.mark.parametrize("name", BROWSERS)
def test_in_a_browser_nothing_is_said(part: Party, name: str) -> None:
    browser = holding(part, BROWSERS[name])
    assert "You are inside" not in browser.get(f"/p/{part.pk}/photos").content.decode()
