"""The page that checks evidence receipts, as the server answers it: genuine, altered, foreign, unreadable."""

from __future__ import annotations

import io
import json
import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.test import Client

from kuaichu.cases import intake, phones, receipt_text, receipts
from kuaichu.cases.evidence import Capture, photograph
from kuaichu.cases.models import Party, Receipt
from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.signing_keys import Keyset, PublishedKey, SigningKey
from kuaichu.people import roles
from tests.cases.photographs import encoded
from tests.cases.test_receipts import KEY

PHOTOS = {shot: encoded("JPEG", (90, 60)) for shot in ("front", "rear", "contact", "damage")}


@pytest.fixture
def part(db: None) -> Party:
    party = intake.open_case(roles.visitor("yancheng"))[1]
    for shot, data in PHOTOS.items():
        told = Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
        photograph(phones.actor_of(party), party.case_id, told, data)
    return party


@pytest.fixture
def receipt(part: Party) -> Receipt:
    made = receipts.seal(roles.system("yancheng"), part.case_id, certificates.checkpoint_signer())
    assert made is not None
    return made


@pytest.fixture
def reader() -> Client:
    return Client(HTTP_ACCEPT_LANGUAGE="en")


def answer(html: str) -> str:
    found = re.search(r'data-answer="(\w+)"', html)
    return found[1] if found else ""


def post(reader: Client, words: str = "", photos: list[bytes] | None = None, **more: Any) -> str:
    files = [io.BytesIO(one) for one in photos or []]
    for number, one in enumerate(files):
        one.name = f"photo{number}.jpg"
    return reader.post("/receipt", {"q": words, "photos": files, **more}).content.decode()


def test_by_the_address_of_the_code(reader: Client, receipt: Receipt) -> None:
    for way in ("R", "r"):
        html = reader.get(f"/{way}/{receipt.sealed}").content.decode()
        assert answer(html) == "genuine"
        assert receipt.case.number in html
        assert all(one["sha256"] in html for one in receipt.entries)


def test_with_photographs(reader: Client, receipt: Receipt) -> None:
    frames = "\n".join(receipt_text.frames(receipt.sealed, "kc.example"))
    html = post(reader, frames, [PHOTOS["front"], PHOTOS["damage"]])
    assert answer(html) == "genuine"
    assert html.count("check-ok") == 2
    assert "notice-ok" in html
    other = bytearray(PHOTOS["front"])
    other[len(other) // 2] ^= 1
    html = post(reader, frames, [bytes(other)])
    assert html.count("check-bad") == 1
    assert "notice-ok" not in html


def test_the_kept_file_is_read_with_its_lines_for_people(reader: Client, receipt: Receipt) -> None:
    file = io.BytesIO(f"# a receipt\n# check it there\n{receipt.sealed}\n".encode())
    file.name = "receipt.txt"
    assert answer(post(reader, file=file)) == "genuine"


def test_one_flipped_bit_anywhere_is_red(reader: Client, receipt: Receipt) -> None:
    message = receipt_text.as_bytes(receipt.sealed)
    seen = set()
    for place in range(0, len(message) * 8, 29):
        changed = bytearray(message)
        changed[place // 8] ^= 1 << place % 8
        html = post(reader, receipt_text.as_text(bytes(changed)))
        seen.add(answer(html))
        assert "notice-bad" in html
        if len(seen) == 3:
            break
    assert seen <= {"altered", "not_ours", "unreadable"}
    assert "altered" in seen


def test_a_receipt_of_a_stranger_says_nothing_of_what_it_claims(reader: Client, receipt: Receipt) -> None:
    said = receipt_text.opened(receipt.sealed)[0]
    forged = receipt_text.sealed(said, key_id=KEY.key_id, sign=KEY.sign)
    html = post(reader, forged)
    assert answer(html) == "not_ours"
    assert receipt.case.number not in html


def test_signed_but_not_in_the_register_is_told(reader: Client, receipt: Receipt) -> None:
    sealed = receipt.sealed
    Receipt.objects.filter(pk=receipt.pk).update(sealed="A" * 40)
    assert answer(post(reader, sealed)) == "signed"


def test_outside_its_keys_time_it_is_red(
    reader: Client, receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    key: SigningKey = certificates.checkpoint_signer()
    old = Keyset((PublishedKey(key.public, date(2020, 1, 1), date(2020, 12, 31)),))
    monkeypatch.setattr(certificates, "keyset", lambda: old)
    assert answer(post(reader, receipt.sealed)) == "altered"


@pytest.mark.parametrize(
    "words", ["", "nothing", "KC1/1/2/ABCDEF/ABCDEFGHIJKLMNOP", "A" * 9000, "HTTPS://X/R/AAAA"]
)
def test_nonsense_is_only_unreadable(reader: Client, db: None, words: str) -> None:
    assert answer(post(reader, words)) == "unreadable"


def test_the_page_brings_what_a_phone_needs_to_check_alone(reader: Client, db: None) -> None:
    html = reader.get("/receipt").content.decode()
    found = re.search(r'id="receipt-page" type="application/json">(.*?)</script>', html)
    assert found
    page = json.loads(found[1])
    assert [one["kid"] for one in page["keys"]] == [certificates.checkpoint_signer().key_id.hex()]
    assert set(page["shots"]) == set(receipt_text.SHOTS.values())
