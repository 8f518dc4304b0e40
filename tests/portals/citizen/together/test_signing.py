"""The point of signing: shown and noticed before, by a code for this text alone, later or not at all."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from pytest_django import Settings

from kuaichu.cases import phones
from kuaichu.cases.models import PhoneCode
from kuaichu.desks.liability import agreements, signing
from kuaichu.desks.liability.models import Agreement
from kuaichu.desks.liability.rules import LiabilityRules
from kuaichu.kernel import clock
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import Invalid
from tests.stories.builders import SIGNATURE, Person, Town, rear_end


@pytest.fixture
def pair(town: Town) -> tuple[Person, Person]:
    """Two people who have chosen to agree; the proposal lies before them."""
    first, second = rear_end(town)
    for one in (first, second):
        one.choose("agree")
    return first, second


def test_showing_is_recorded_once_with_the_version_of_the_notice(pair: tuple[Person, Person]) -> None:
    first, _second = pair
    before = Agreement.objects.get()
    assert before.shown == {}
    text = first.see("agreement")
    assert "you need not sign now" in text
    assert "I would rather sign later" in text
    first.see("agreement")
    row = Agreement.objects.get()
    assert set(row.shown) == {"A"}
    assert row.shown["A"]["notice"] == signing.notice_of(first.case.city).version
    assert Entry.objects.filter(kind="liability.agreement_shown").count() == 1


def test_nobody_signs_what_was_not_shown(pair: tuple[Person, Person]) -> None:
    first, _second = pair
    first.send("agreement", ask="yes")
    code = first.town.code(first.phone)
    page = first.send("agreement", 422, signature_path=SIGNATURE, read="on", code=code)
    assert "First read the agreement" in page.content.decode()


def test_the_message_names_the_case_and_the_code_signs_once(pair: tuple[Person, Person]) -> None:
    first, second = pair
    code = first.read_agreement()
    newest = first.town.messages(first.phone)[0]
    assert first.case.number in newest
    assert code in newest
    first.send("agreement", signature_path=SIGNATURE, read="on", code=code)
    kept = Agreement.objects.get().signatures["A"]
    assert (kept["how"], kept["door"]) == ("drawn", "page")
    assert kept["terms"] == signing.terms_of(Agreement.objects.get())
    assert kept["code_at"]
    first.send("agreement", signature_path=SIGNATURE, read="on", code=code)
    assert PhoneCode.objects.get(purpose=phones.SIGN, party_id=first.party_id).used_at
    second.sign()
    drain()
    assert Agreement.objects.get().status == Agreement.Status.SIGNED


def test_a_code_for_the_phone_does_not_sign_and_one_that_signs_proves_nothing(
    pair: tuple[Person, Person],
) -> None:
    first, _second = pair
    signs = first.read_agreement()
    actor = phones.actor_of(first.party)
    with pytest.raises(Invalid):
        phones.prove(actor, first.party.case_id, signs)
    phones.ask_code(actor, first.party.case_id)
    drain()
    proves = first.town.code(first.phone)
    assert proves != signs
    first.send("agreement", 422, signature_path=SIGNATURE, read="on", code=proves)


def test_wrong_codes_are_counted_and_end(pair: tuple[Person, Person]) -> None:
    first, _second = pair
    code = first.read_agreement()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(phones.MOST_TRIES):
        page = first.send("agreement", 422, signature_path=SIGNATURE, read="on", code=wrong)
    assert "signature_kept" in page.content.decode()
    page = first.send("agreement", 422, signature_path=SIGNATURE, read="on", code=code)
    assert "Too many wrong codes" in page.content.decode()
    assert Agreement.objects.get().signatures == {}


def test_a_kept_drawing_need_not_be_drawn_again(pair: tuple[Person, Person]) -> None:
    first, _second = pair
    code = first.read_agreement()
    page = first.send("agreement", 422, signature_path=SIGNATURE, read="on", code="").content.decode()
    kept = re.search(r'name="signature_kept" value="([^"]+)"', page)
    assert kept
    first.send("agreement", read="on", code=code, signature_kept=kept[1])
    assert Agreement.objects.get().signatures["A"]["path"] == SIGNATURE


def test_a_code_is_good_for_one_text_only(pair: tuple[Person, Person]) -> None:
    first, _second = pair
    code = first.read_agreement()
    row = Agreement.objects.get()
    row.grades = {"A": "EQUAL", "B": "EQUAL"}
    row.save()
    page = first.send("agreement", 422, signature_path=SIGNATURE, read="on", code=code).content.decode()
    assert "The text has changed" in page


def test_terms_that_were_shown_must_be_those_that_are_signed(pair: tuple[Person, Person]) -> None:
    first, _second = pair
    actor, case_id = phones.actor_of(first.party), first.party.case_id
    with pytest.raises(Invalid, match="other_text"):
        agreements.sign(actor, case_id, path=SIGNATURE, read=True, terms="0" * 64)
    terms = signing.terms_of(Agreement.objects.get())
    agreements.sign(actor, case_id, path=SIGNATURE, read=True, terms=terms)
    assert Agreement.objects.get().signatures["A"]["door"] == "api"


def test_too_many_codes_are_refused_with_a_way_on(pair: tuple[Person, Person]) -> None:
    first, _second = pair
    for _ in range(7):
        first.send("agreement", ask="yes")
    assert "Too many codes" in first.see("agreement")


def test_later_signs_nothing_and_declining_leads_to_the_officer(pair: tuple[Person, Person]) -> None:
    first, second = pair
    first.see("agreement")
    assert first.send("agreement", later="yes")["Location"] == first.url("")
    assert Agreement.objects.get().status == Agreement.Status.PROPOSED
    assert second.send("agreement", decline="yes")["Location"] == second.url("ways")
    assert Entry.objects.get(kind="liability.agreement_declined").payload["offered"] == "officer"
    assert 'value="officer"' in first.see("ways")


def test_the_page_says_until_when_and_shows_both_sides(pair: tuple[Person, Person]) -> None:
    first, _second = pair
    text = first.see("agreement")
    lapses = Agreement.objects.get().proposed_at + timedelta(minutes=60)
    assert f"{lapses.astimezone(clock.CHINA):%H:%M}" in text
    assert "What each of you entered" in text
    assert "Your answers do not differ" in text


def test_a_city_may_do_without_the_code_on_own_phones(
    pair: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    first, _second = pair
    monkeypatch.setattr(signing, "rules", lambda _city: LiabilityRules(signature_code=False))
    first.see("agreement")
    first.send("agreement", signature_path=SIGNATURE, read="on")
    assert Agreement.objects.get().signatures["A"]["code_at"] == ""


def test_a_citys_own_words_have_their_own_version(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = signing.notice_of("yancheng")
    monkeypatch.setattr(signing, "rules", lambda _c: LiabilityRules(signing_notice={"zh": "不签也行。"}))
    theirs = signing.notice_of("yancheng")
    assert theirs.version != ours.version
    assert theirs.text == "不签也行。"
