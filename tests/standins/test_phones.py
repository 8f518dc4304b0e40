from __future__ import annotations

import re
import time

import pytest

from kuaichu.standins import totp

MING, FANG = "13800001234", "13900005678"


def test_a_message_arrives_once_and_stays(run):
    phones = run("phones")
    message = {"to": MING, "text": "验证码482913，链接 https://k.example/r/a?x=1&y=2。请勿外传", "key": "m1"}
    first = phones.post("/messages", message)
    assert first.status_code == 202
    phones.kill()
    phones.start()
    again = phones.post("/messages", message)
    assert (again.status_code, again.json()["receipt"]) == (200, first.json()["receipt"])
    assert phones.post("/messages", {**message, "text": "other"}).status_code == 409
    assert phones.post("/messages", {**message, "to": FANG}).status_code == 409
    [found] = phones.post("/api/messages/query", {"to": MING}).json()
    assert found["links"] == ["https://k.example/r/a?x=1&y=2"]
    assert found["codes"] == ["482913"]
    assert phones.get(f"/api/messages?to={MING}").json() == [found]
    assert phones.post("/api/messages/query", {"to": MING, "after": found["seq"]}).json() == []
    assert phones.post("/api/messages/query", {"to": FANG}).json() == []


def test_pages_show_newest_first_linked_and_escaped(run):
    phones = run("phones")
    for n, text in enumerate(["first <b>", "second https://k.example/1，好", "third"]):
        phones.post("/messages", {"to": MING, "text": text, "key": f"k{n}"})
    phones.post("/messages", {"to": FANG, "text": "to Fang", "key": "f"})
    inbox = phones.get("/").text
    assert inbox.index("to Fang") < inbox.index("third") < inbox.index("second") < inbox.index("first")
    assert "first &lt;b&gt;" in inbox
    assert '<a href="https://k.example/1" target="_blank"' in inbox
    pages = set(re.findall(r'href="(/phone/[\w-]+)"', inbox))
    assert len(pages) == 2
    assert not any(number in page for page in pages for number in (MING, FANG))
    shown = [phones.get(page).text for page in pages]
    assert sorted("to Fang" in text for text in shown) == [False, True]
    assert phones.get("/phone/none").status_code == 404


@pytest.mark.parametrize("change", [{"to": "12345"}, {"to": None}, {"text": ""}, {"key": ""}])
def test_messages_that_cannot_be_sent(run, change):
    message = {"to": MING, "text": "x", "key": "k"}
    assert run("phones").post("/messages", {**message, **change}).status_code == 422


def test_codes_are_those_of_rfc_6238():
    key = b"12345678901234567890"
    vectors = {59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924"}
    vectors |= {2000000000: "69279037", 20000000000: "65353130"}
    assert {at: totp.code(key, at, 8) for at in vectors} == vectors
    assert [totp.seconds_left(at) for at in (0, 29, 30, 59.9)] == [30, 1, 30, 1]


def test_the_authenticator_shows_present_codes(run):
    phones = run("phones")
    secret = "GEZD GNBV GY3T QOJQ GEZDGNBVGY3TQOJQ"
    assert phones.post("/authenticators", {"label": "officer 1", "secret_base32": secret}).status_code == 201
    phones.kill()
    phones.start()
    before = totp.code(b"12345678901234567890", time.time())
    answer = phones.post("/api/authenticators/query", {"label": "officer 1"}).json()
    after = totp.code(b"12345678901234567890", time.time())
    assert answer["code"] in (before, after)
    assert 1 <= answer["seconds_left"] <= 30
    assert "officer 1" in phones.get("/authenticators").text
    assert phones.post("/api/authenticators/query", {"label": "nobody"}).status_code == 404
    for wrong in ("1", "AAAA", "!!!!!!!!"):
        assert phones.post("/authenticators", {"label": "x", "secret_base32": wrong}).status_code == 422
