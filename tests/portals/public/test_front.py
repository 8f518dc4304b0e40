"""The front page: what anyone sees first, what this phone holds, and where links and codes lead."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kuaichu.cases import intake
from kuaichu.cases import opening as asked
from kuaichu.cases.city_rules import CityRules
from kuaichu.kernel import city as cities
from kuaichu.kernel import clock
from kuaichu.kernel.clock import CHINA
from kuaichu.people import roles
from kuaichu.portals import sessions
from kuaichu.queries import open_now as opening
from tests.portals.public.conftest import CITY

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def page(client) -> str:
    return client.get("/", headers=ENGLISH).content.decode()


def test_the_first_page_leads_everywhere(client):
    html = page(client)
    for address in ("/start", "tel:120", "tel:110", "tel:122", "/v/", "/accounts/login/", "/follow"):
        assert f'"{address}"' in html, address
    assert html.count('<li><svg viewBox="0 0 120 90"') == 5
    assert 'href="/p"' not in html


def test_the_first_page_asks_the_database_nothing(client, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(0):
        client.get("/")


def test_my_cases_are_offered_when_this_browser_holds_some(client):
    request, response = RequestFactory().get("/"), HttpResponse()
    _case, party = intake.open_case(roles.visitor(CITY))
    sessions.remember(response, request, party)
    client.cookies[sessions.COOKIE] = response.cookies[sessions.COOKIE].value
    html = page(client)
    assert 'href="/p"' in html
    assert "This phone holds 1 case." in html


@pytest.mark.parametrize(
    ("given", "leads"),
    [
        ("https://kuaichu.example/j/AbCdEfGhIjKlMnOpQrStUvWx", "/j/AbCdEfGhIjKlMnOpQrStUvWx"),
        ("看这里 http://h.example/j/AbCdEfGhIjKlMnOpQrStUvWx 请点击", "/j/AbCdEfGhIjKlMnOpQrStUvWx"),
        ("AbCdEfGhIjKlMnOpQrStUvWx", "/j/AbCdEfGhIjKlMnOpQrStUvWx"),
        ("HTTPS://H.EXAMPLE/V/ABCDEFGH", "/v/?q=HTTPS%3A%2F%2FH.EXAMPLE%2FV%2FABCDEFGH"),
        ("7k3m 9qxr", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/j/x", "/"),
        ("", "/"),
    ],
)
def test_where_links_lead(client, given, leads):
    assert client.post("/follow", {"link": given}).headers["Location"] == leads


def test_a_code_leads_to_its_answer(client, issued):
    answer = client.post("/follow", {"link": issued.paper.code}, follow=True)
    assert "verdict-ok" in answer.content.decode()


def test_what_is_neither_is_told(client):
    html = client.post("/follow", {"link": "hello"}, follow=True, headers=ENGLISH).content.decode()
    assert "This is neither a link" in html


def at(hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-20T{hour}:00").replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("hour", "agree", "officer"),
    [("07:59", True, False), ("08:00", True, True), ("18:59", True, True), ("19:00", True, False)],
)
def test_hours_are_those_the_case_would_meet(monkeypatch, hour, agree, officer):
    own = CityRules(
        hours=(("08:00", "19:00"),), limits_on_self=frozenset(), limits_on_online=frozenset({"hours"})
    )
    monkeypatch.setattr(asked, "rules", lambda city: own)
    found = opening.opening(CITY, at(hour))
    assert (found.agree.open, found.officer.open, found.whole) == (agree, officer, agree and officer)


def test_a_city_without_hours_is_always_open():
    assert cities.city(CITY).profile.code == CITY
    assert opening.opening(CITY, at("03:00")).whole


def test_closed_is_said_with_the_way_on(client, monkeypatch):
    hour = clock.now().astimezone(CHINA).hour
    window = (f"{(hour + 2) % 24:02d}:00", f"{(hour + 3) % 24:02d}:00")
    assert "police come to you" not in page(client)
    monkeypatch.setattr(asked, "rules", lambda city: CityRules(hours=(window,)))
    html = page(client)
    assert "police come to you" in html
    assert f"{window[0]}–{window[1]}" in html
    assert html.count("closed at this hour") == 2
