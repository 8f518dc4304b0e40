"""The identity card and what anybody who scans its code is told."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from kuaichu.cases.models import Party
from kuaichu.desks.dispatch.models import Task
from kuaichu.kernel import clock
from kuaichu.people import cards
from kuaichu.people.models import Account, Organisation, Qualification
from kuaichu.portals import sessions
from tests.desks.dispatch import people

pytestmark = pytest.mark.django_db


def scanned(browser: Client, account: Account, status: int = 200) -> str:
    """What the page says to who scans the account's code as it is now."""
    response = browser.get(f"/id/{cards.make(account.pk)}")
    assert response.status_code == status
    return str(response.content.decode())


def test_the_card_shows_a_code_that_leads_to_the_page(walker, stranger: Client) -> None:
    one = walker("specialist")
    one.go_on_duty()
    page = one.see("card")
    assert "Take money from anybody" in page
    assert "<svg" in one.see("card/code")
    assert one.account.badge in page
    assert "This card is genuine" in scanned(stranger, one.account)


def test_a_genuine_card_says_what_this_person_may_not(walker, stranger: Client) -> None:
    one = walker("persuader")
    one.go_on_duty()
    page = scanned(stranger, one.account)
    for words in (
        "韩志军",
        one.account.badge,
        "Village traffic persuader",
        "YC-VILLAGE",
        "Decide who is liable",
    ):
        assert words in page
    assert 'href="tel:12345"' in page


def test_off_duty_is_said(walker, stranger: Client) -> None:
    assert "Genuine, but not on duty" in scanned(stranger, walker("auxiliary").account)


def test_an_old_code_says_no_name(walker, stranger: Client) -> None:
    one = walker("patrol_officer")
    one.go_on_duty()
    token = cards.make(one.account.pk)
    with clock.at(clock.now() + timedelta(minutes=5, seconds=5)):
        page = stranger.get(f"/id/{token}").content.decode()
    assert "This code is too old" in page
    assert "韩志军" not in page
    assert one.account.badge not in page


def revoke_account(account: Account) -> None:
    account.is_active = False
    account.save()


def revoke_role(account: Account) -> None:
    account.roles = ["adjuster"]
    account.save()


def revoke_certificate(account: Account) -> None:
    Qualification.objects.filter(account=account).update(valid_until=clock.today() - timedelta(days=1))


def revoke_organisation(account: Account) -> None:
    Organisation.objects.filter(pk=account.organisation_id).update(active=False)


@pytest.mark.parametrize("how", [revoke_account, revoke_role, revoke_certificate, revoke_organisation])
def test_a_card_ends_at_once(walker, stranger: Client, how) -> None:
    one = walker("specialist")
    one.go_on_duty()
    assert "This card is genuine" in scanned(stranger, one.account)
    how(one.account)
    page = scanned(stranger, one.account)
    assert "This card is not valid" in page
    assert "韩志军" not in page


def test_who_never_goes_out_has_no_card(stranger: Client) -> None:
    assert "This card is not valid" in scanned(stranger, people.account("dispatcher"))


def test_what_is_not_ours_is_said(stranger: Client) -> None:
    response = stranger.get("/id/W10:1abc:forged")
    assert response.status_code == 404
    assert "This is no card of ours" in response.content.decode()


def test_a_party_learns_whether_this_person_was_sent(walker, stranger: Client) -> None:
    one = walker("persuader")
    one.go_on_duty()
    at = one.stop()
    case = Task.objects.get(pk=at.removeprefix("tasks/")).case
    hold(stranger, Party.objects.get(case=case))
    assert "This person was sent to your accident" in scanned(stranger, one.account)
    other = Client(HTTP_ACCEPT_LANGUAGE="en")
    hold(other, Party.objects.get(case=people.reported()))
    assert "This person has no task in your accident" in scanned(other, one.account)


def hold(browser: Client, party: Party) -> None:
    response = HttpResponse()
    sessions.remember(response, browser.get("/").wsgi_request, party)
    browser.cookies.update(response.cookies)


def test_the_code_names_nobody_in_its_address(walker) -> None:
    one = walker("persuader")
    page = one.see("card")
    token = cards.make(one.account.pk)
    assert one.account.badge not in token
    assert urlsplit(token).query == ""
    assert len(re.findall(r"<svg", page)) >= 1
