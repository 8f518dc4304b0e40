"""Signing in: password, second factor, the way to one's own desk; and every page of it in both languages."""

from __future__ import annotations

import re
import time

import pytest
from allauth.core.internal.ratelimit import respond_429
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from kuaichu.kernel import clock
from kuaichu.people import factors
from kuaichu.people.models import Account
from kuaichu.portals.home import tokens
from kuaichu.portals.look.locking import ACTIVE
from kuaichu.portals.police.door import IDLE
from tests.portals.police import building

pytestmark = pytest.mark.django_db
PASSWORD = "a long password of one's own"
LANGUAGES = ("zh-hans", "en")


@pytest.fixture(autouse=True)
def clean_cache() -> None:
    cache.clear()


@pytest.fixture
def officer() -> Account:
    made = building.account("officer")
    building.totp(made)
    return made


def sign_in(client: Client, username: str = "officer", password: str = PASSWORD) -> object:
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_password_and_code_lead_to_the_desk(client: Client, officer: Account) -> None:
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert client.get(reverse("police:queue")).status_code == 302, "half signed in is not signed in"
    shown = building.code()
    answer = client.post(reverse("mfa_authenticate"), {"code": shown})
    assert answer.url == reverse("home:desk")
    assert client.get(answer.url).url == reverse("police:queue")
    assert client.get(reverse("police:queue")).status_code == 200


def test_a_code_seen_over_the_shoulder_opens_nothing(client: Client, officer: Account) -> None:
    shown = building.code()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": shown})
    cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={shown}")  # allauth forgets after 30 seconds
    thief = Client()
    sign_in(thief)
    assert thief.post(reverse("mfa_authenticate"), {"code": shown}).status_code == 200
    assert thief.get(reverse("police:queue")).status_code == 302


def test_an_officer_without_second_factor_sets_one_up_before_anything_else(client: Client) -> None:
    building.account("new")
    assert sign_in(client, "new").url == reverse("home:desk")
    for name in ("home:desk", "police:queue", "police:wall", "police:signed"):
        assert client.get(reverse(name)).url == reverse("mfa_activate_totp"), name
    assert client.post(reverse("police:take")).url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    whole(page, "zh-hans")
    secret = page.context["form"].secret
    digits = factors_code(secret)
    assert client.post(reverse("mfa_activate_totp"), {"code": digits}).status_code == 302
    assert factors.enrolled(Account.objects.get().pk)
    assert client.get(reverse("home:desk")).url == reverse("police:queue")


def factors_code(secret: str) -> str:
    """What an application that knows this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize(
    ("role", "name"),
    [("dispatcher", "police:queue"), ("supervisor", "police:wall"), ("hotline", "police:calls")],
)
def test_every_role_has_its_desk(client: Client, role: str, name: str) -> None:
    account = building.account("somebody", role)
    client.force_login(account)
    assert client.get(reverse("home:desk")).url == reverse("mfa_activate_totp"), "nobody without one"
    building.totp(account)
    answer = client.get(reverse("home:desk"))
    assert answer.url == reverse(name)
    assert client.get(answer.url).status_code == 200


def test_somebody_without_a_desk_gets_a_plain_page(client: Client) -> None:
    account = building.account("guest", "nothing yet")
    building.totp(account)
    client.force_login(account)
    assert client.get(reverse("home:desk")).status_code == 200
    client.logout()
    assert client.get(reverse("home:desk")).url.startswith(reverse("account_login"))


def test_demo_links_stop_at_the_second_factor(client: Client, officer: Account, settings: Settings) -> None:
    address = reverse("home:enter", args=[tokens.make("officer")])
    settings.DEMO = False
    assert client.get(address).status_code == 404
    settings.DEMO = True
    assert client.get(address).url == reverse("mfa_authenticate")
    assert client.get(reverse("police:queue")).status_code == 302
    assert client.get(reverse("home:enter", args=["forged"])).status_code == 404
    building.account("boss", "supervisor")
    assert client.get(reverse("home:enter", args=[tokens.make("boss")])).url == reverse("home:desk")
    Account.objects.filter(username="boss").update(is_active=False)
    assert client.get(reverse("home:enter", args=[tokens.make("boss")])).status_code == 404


def test_wrong_passwords_wear_out(client: Client, officer: Account) -> None:
    for _try in range(5):
        sign_in(client, password="wrong")
    refused = sign_in(client)
    assert refused.status_code == 200, "the right password comes too late"
    assert refused.context["form"].non_field_errors()


def test_an_empty_chair_is_signed_out(client: Client, officer: Account) -> None:
    client = building.signed_in(officer)
    client.get(reverse("police:queue"))
    assert client.session.get_expiry_age() <= IDLE.total_seconds()
    session = client.session
    session[ACTIVE] = clock.now().timestamp() - 300
    session.save()
    client.get(reverse("police:queue_fragment"))
    assert client.session[ACTIVE] == session[ACTIVE], "what the page fetches by itself is no work"
    client.get(reverse("police:queue"))
    assert client.session[ACTIVE] > session[ACTIVE]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_before_signing_in(client: Client, officer: Account, language: str) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    for name in ("account_login", "account_signup", "account_reset_password", "account_inactive"):
        whole(client.get(reverse(name)), language)
    sign_in(client)
    whole(client.get(reverse("mfa_authenticate")), language)
    whole(client.post(reverse("mfa_authenticate"), {"code": "000000"}), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_account(client: Client, officer: Account, language: str) -> None:
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": building.code()})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    names = ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_deactivate_totp", "account_logout"]
    names += ["mfa_generate_recovery_codes", "account_change_password"]
    names += ["mfa_reauthenticate", "account_reauthenticate"]
    for name in names:
        whole(client.get(reverse(name)), language)
    key = Authenticator.objects.create(user=officer, type="webauthn", data={"name": "Key", "credential": {}})
    whole(client.get(reverse("mfa_list_webauthn")), language)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        whole(client.get(reverse(name, kwargs={"pk": key.pk})), language)
    client.post(reverse("mfa_generate_recovery_codes"))
    whole(client.get(reverse("mfa_view_recovery_codes")), language)


def whole(response: object, language: str) -> None:
    """A page of the house: in its frame, in its language, without scripts or styles of its own."""
    text = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 200, response  # type: ignore[attr-defined]
    assert f'<html lang="{language}">' in text
    assert 'class="console door"' in text
    assert " style=" not in text
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json|nonce=))[^>]*>", text)
    assert not scripts, scripts


def test_too_many_tries_page(client: Client) -> None:
    request = client.get(reverse("account_login")).wsgi_request
    assert respond_429(request).status_code == 429
