"""Pages as a whole: bounded queries, bounded weight, links, the other party's view, money and papers."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kuaichu.cases.models import Case, Link, Look, Party
from kuaichu.desks.liability.models import Agreement, Determination
from kuaichu.kernel import clock
from tests.stories.builders import SIGNATURE, Person, Town, rear_end


@pytest.mark.django_db
def test_the_front_door_is_light() -> None:
    page = Client().get("/start").content
    assert len(gzip.compress(page)) < 12_000


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("", 26),
        ("timeline", 26),
        ("review", 16),
        ("photos", 12),
        ("seen", 12),
        ("place", 12),
        ("ways", 26),
        ("p", 4),
    ],
)
def test_no_page_asks_the_database_without_bound(
    town: Town, page: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first, second = rear_end(town)
    first.shoot("damage", "sign", "plate", "wheels")
    with django_assert_max_num_queries(most):
        second.browser.get("/p" if page == "p" else second.url(page))


def test_a_link_shows_nothing_but_that_it_is_one(anna: Person, town: Town) -> None:
    anna.describe()
    anna.drive()
    anna.prove()
    bob = Person(town, town.car("苏J20003", insurer="TAIHU"))
    anna.send("other", how="sms", phone=bob.phone)
    text = next(t for t in town.messages(bob.phone) if "/j/" in t)
    link = re.search(r"/j/[\w-]+", text)
    assert link
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(link.group()).content.decode()
    assert anna.case.number in page
    assert "人民南路" not in page
    assert "20001" not in page
    assert bob.phone not in page
    assert bob.phone[-4:] in page
    refused = Client().post(link.group(), {"phone": town.number()})
    assert refused.status_code == 422
    bob.open_link()
    assert bob.browser.get(link.group())["Location"].startswith(bob.url())
    seen = bob.see("seen")
    assert "人民南路" in seen
    assert anna.phone not in seen
    assert anna.party.name not in seen
    bob.see("other", 404)


def test_expired_and_unknown_links(anna: Person) -> None:
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get("/j/nothing")
    assert page.status_code == 404
    assert "leads nowhere" in page.content.decode()
    anna.describe()
    response = anna.send("other", how="here")
    Link.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    late = Client(HTTP_ACCEPT_LANGUAGE="en").get(response["Location"])
    assert late.status_code == 404
    assert "has expired" in late.content.decode()


def test_the_other_party_uses_this_phone(anna: Person, town: Town) -> None:
    anna.describe()
    link = anna.send("other", how="here")["Location"].removesuffix("?here=1")
    bob = Person(town, town.car("苏J20004"))
    bob.browser = anna.browser
    bob.follow(link, phone=bob.phone)
    assert bob.party_id != anna.party_id
    assert bob.party.label == "B"
    assert bob.see("seen")
    anna.send("hand")
    assert 'value="qr"' in anna.see("other")
    assert anna.browser.get("/p").content.decode().count(anna.case.number) == 2


def test_inviting_by_message_needs_a_number(anna: Person) -> None:
    anna.drive()
    anna.prove()
    anna.send("other", 422, how="sms", phone="")
    anna.send("other", 422, how="sms", phone="12")
    anna.send("other", 422, how="sms", phone=anna.phone)
    anna.send("other", 422, how="qr", plate="nonsense")
    anna.send("other", how="qr", plate="苏J20005")
    assert "<svg" in anna.see("other/code")
    assert "Waiting for the other party" in anna.see("other/state")


def test_two_tabs(town: Town) -> None:
    first, second = rear_end(town)
    late = first.send("place", place="elsewhere", weather="1", light="day")
    assert late["Location"] == first.url()
    assert "can no longer be changed" in first.see()
    first.confirm()
    second.choose("officer")
    second.choose("officer")
    second.send("ways", 422, way="dice")


def test_an_officer_online_needs_both(town: Town) -> None:
    first, second = rear_end(town)
    first.choose("officer")
    assert not Determination.objects.exists()
    second.choose("officer")
    assert "Your place in the queue" in first.see("waiting")
    assert "An officer decides" in second.see()


def test_declining_leaves_the_other_ways(town: Town) -> None:
    first, second = rear_end(town)
    first.choose("agree")
    second.choose("agree")
    code = first.read_agreement()
    first.send("agreement", 422, signature_path=SIGNATURE, code=code)
    first.send("agreement", 422, signature_path="<script>", read="on", code=code)
    first.send("agreement", 422, signature_typed="Nobody", read="on", code=code)
    first.send("agreement", decline="yes")
    assert Agreement.objects.get().status == Agreement.Status.DECLINED
    assert "was not signed" in second.see("ways")
    assert second.browser.get(second.url("agreement"))["Location"].endswith("/ways")
    second.choose("police")
    assert second.case.status == Case.Status.HANDED_OVER


def test_card_rating_and_looks(town: Town) -> None:
    first, _second = rear_end(town)
    first.send("payee", 422, holder="王小明", account="4111111111111112")
    first.send("payee", 422, holder="", account="4111 1111 1111 1111")
    first.send("payee", holder="王小明", account="4111 1111 1111 1111")
    page = first.see("payee")
    assert "1111" in page
    assert "4111111111111111" not in page
    first.send("rating", 422, score="6")
    first.send("rating", score="5", words="fine")
    first.send("rating", score="1")
    assert Party.objects.get(pk=first.party_id).rating["score"] == 5
    Look.objects.create(
        case=first.case, actor_kind="staff", actor_id=str(first.case.pk), purpose="determine", at=clock.now()
    )
    assert "Authorised system" in first.see("looks")
