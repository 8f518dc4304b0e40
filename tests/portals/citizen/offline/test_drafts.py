"""Reports that a phone begins: the same id and secret are the same case, and each form takes effect once."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kuaichu.cases.models import Case, Party, PhoneCode
from kuaichu.cases.phones import mint_code
from kuaichu.kernel import clock
from kuaichu.kernel.models import Answer, Entry
from kuaichu.portals.citizen.holding import NOBODY

pytestmark = pytest.mark.django_db
SECRET = "s" * 32
JSON = {"HTTP_ACCEPT": "application/json, text/html"}


def begin(phone: Client, draft: object, secret: str = SECRET, **more: str) -> HttpResponse:
    return phone.post("/start", {"draft": str(draft), "secret": secret, **more}, **JSON)


def send(browser: Client, draft: object, page: str, key: str = "", /, **fields: str) -> HttpResponse:
    return browser.post(
        f"/p/{draft}/{page}", fields, **JSON, **({"HTTP_IDEMPOTENCY_KEY": key} if key else {})
    )


@pytest.fixture
def draft() -> uuid.UUID:
    return uuid.uuid4()


def test_sent_again_it_is_the_same_case(draft: uuid.UUID) -> None:
    first, second = Client(), Client()
    told = begin(first, draft)
    assert told.json()["next"] == f"/p/{draft}/safety"
    assert begin(first, draft).json() == told.json()
    assert begin(second, draft).json() == told.json(), (
        "a lost cookie is set again while the phone is unproven"
    )
    assert second.get(f"/p/{draft}/safety").status_code == 200
    assert Case.objects.count() == Party.objects.count() == 1
    assert Entry.objects.filter(kind="cases.opened").count() == 1


def test_a_proven_phone_ends_it(draft: uuid.UUID) -> None:
    begin(Client(), draft)
    Party.objects.filter(pk=draft).update(phone_proven_at=clock.now())
    answer = begin(stranger := Client(), draft)
    assert (answer.status_code, answer.json()["code"]) == (403, "prove_phone")
    assert stranger.get(f"/p/{draft}/safety").status_code == 404


def test_another_secret_opens_nothing(draft: uuid.UUID) -> None:
    begin(Client(), draft)
    answer = begin(stranger := Client(), draft, "t" * 32)
    assert (answer.status_code, answer.json()["code"]) == (403, "other_secret")
    assert stranger.get(f"/p/{draft}/safety").status_code == 404
    assert Case.objects.count() == 1


def test_the_same_secret_is_not_another_part(draft: uuid.UUID) -> None:
    begin(Client(), draft)
    answer = begin(Client(), uuid.uuid4())
    assert (answer.status_code, answer.json()["code"]) == (403, "other_draft")


@pytest.mark.parametrize(
    ("one", "secret"),
    [("x", SECRET), (NOBODY, SECRET), (uuid.uuid4(), ""), (uuid.uuid4(), "short"), ("", "")],
)
def test_what_no_page_sends_is_refused(one: object, secret: str) -> None:
    assert begin(Client(), one, secret).status_code == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("told", "believed"), [(-3600, True), (-8 * 86400, False), (3600, False), (None, False)]
)
def test_the_first_tap_is_believed_within_reason(draft: uuid.UUID, told: int | None, believed: bool) -> None:
    tapped = clock.now() + timedelta(seconds=told) if told is not None else None
    begin(Client(), draft, tapped_at=tapped.isoformat() if tapped else "nonsense")
    case = Case.objects.get()
    near = abs(case.tapped_at - (tapped if believed and tapped else clock.now())) < timedelta(seconds=5)
    assert near
    assert case.happened_at == case.tapped_at


def test_the_script_hears_where_it_goes_on(draft: uuid.UUID) -> None:
    phone = Client()
    begin(phone, draft)
    assert send(phone, draft, "safety", "k1", injury="none").json() == {"next": f"/p/{draft}/place"}
    wrong = send(phone, draft, "place", "k2", place="", weather="1")
    assert wrong.status_code == 422
    assert b"<html" in wrong.content
    right = send(phone, draft, "place", "k2b", place="人民路口", weather="1", light="day", site="road")
    assert right.json() == {"next": f"/p/{draft}/checks"}
    plain = phone.post(f"/p/{draft}/safety", {"injury": "none"})
    assert plain.status_code == 302, "without a script it is a redirect as ever"


def test_an_old_request_that_comes_late_changes_nothing(draft: uuid.UUID) -> None:
    """The first place was sent twice; its second copy arrives after a correction."""
    phone = Client()
    begin(phone, draft)
    fields = {"weather": "1", "light": "day", "site": "road"}
    first = send(phone, draft, "place", "k1", place="人民路口", **fields)
    send(phone, draft, "place", "k2", place="解放路口", **fields)
    late = send(phone, draft, "place", "k1", place="人民路口", **fields)
    assert late.json() == first.json()
    assert Case.objects.get().place == "解放路口"


def test_one_message_however_often_the_number_is_sent(draft: uuid.UUID) -> None:
    phone = Client()
    begin(phone, draft)
    for _again in range(3):
        assert send(phone, draft, "phone", "k", phone="13812345678").status_code == 200
    assert PhoneCode.objects.count() == 1


def test_a_key_is_good_for_one_form(draft: uuid.UUID) -> None:
    phone = Client()
    begin(phone, draft)
    send(phone, draft, "safety", "k", injury="none")
    other = send(phone, draft, "safety", "k", injury="slight")
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert send(phone, draft, "safety", "k" * 65, injury="none").status_code == 422


def test_a_wrong_code_is_counted_although_it_is_refused(draft: uuid.UUID) -> None:
    phone = Client()
    begin(phone, draft)
    send(phone, draft, "phone", "k", phone="13812345678")
    PhoneCode.objects.update(code_hash="x")
    assert send(phone, draft, "phone", "c", code="000000").status_code == 422
    assert PhoneCode.objects.get().tries == 1


def test_a_code_whose_answer_was_lost_is_not_asked_for_again(draft: uuid.UUID) -> None:
    phone = Client()
    begin(phone, draft)
    send(phone, draft, "phone", "k", phone="13812345678")
    _row, digits = mint_code(PhoneCode.objects.get().pk)
    first = send(phone, draft, "phone", "c", code=digits)
    assert first.status_code == 200
    Answer.objects.all().delete()  # the server died before it could keep its answer
    again = send(phone, draft, "phone", "c", code=digits)
    assert (again.status_code, again.json()) == (200, first.json())


class Answers(TestCase):
    """Whatever is repeated in whatever order after its first time, the newest answer stands."""

    @settings(deadline=None, max_examples=25)
    @given(st.lists(st.sampled_from(["1", "2", "3"]), min_size=1, max_size=5), st.data())
    def test_repeats_change_nothing(self, weathers: list[str], data: st.DataObject) -> None:
        phone, draft = Client(), uuid.uuid4()
        begin(phone, draft, uuid.uuid4().hex)
        sent: list[tuple[str, str]] = []
        for number, weather in enumerate(weathers):
            sent.append((f"k{number}", weather))
            again = data.draw(st.lists(st.sampled_from(sent), max_size=2))
            for key, value in [sent[-1], *again]:
                fields = {"place": "人民路口", "light": "day", "site": "road", "weather": value}
                answer = send(phone, draft, "place", key, **fields)
                assert answer.status_code == 200, answer.content
                assert json.loads(answer.content)["next"]
        assert Case.objects.get(pk=Party.objects.get(pk=draft).case_id).weather == weathers[-1]


def test_what_is_refused_is_refused_in_words_with_a_key_too(draft: uuid.UUID) -> None:
    """A queued form that cannot be taken gets its answer at once; a 500 would be sent again for ever."""
    phone = Client()
    begin(phone, draft)
    for page, fields in (
        ("vehicle", {"vehicle_kind": "MV", "plate": "XX!!"}),
        ("vehicle", {"vehicle_kind": "MV", "plate": "苏A"}),
        ("review", {"true": "on"}),
        ("phone", {"phone": "12"}),
        ("place", {"place": "x" * 5000}),
        ("safety", {"injury": "nonsense"}),
    ):
        plain, kept = (send(phone, draft, page, key, **fields) for key in ("", str(uuid.uuid4())))
        assert plain.status_code < 500, (page, plain.status_code)
        assert kept.status_code == plain.status_code, (page, kept.status_code)
