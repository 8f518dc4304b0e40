"""Who may do what: grants, and the doors through which actors come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY

from kuaichu.kernel import clock
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people import roles, signin
from kuaichu.people.models import Account, Organisation

DECIDING = {
    "liability.determine",
    "claims.approve",
    "cases.confirm",
    "liability.sign_agreement",
    "documents.revoke",
}


def test_the_system_decides_nothing_about_a_person() -> None:
    assert not roles.ROLES["system"] & DECIDING


def test_unknown_roles_grant_nothing() -> None:
    assert roles.grants(["emperor"]) == frozenset()
    assert roles.visitor("yancheng").grants == roles.CITIZEN


def test_parties_officers_and_insurers_do_not_mix() -> None:
    names = ("party", "determination_officer", "insurer_client", "administrator", "supervisor")
    for one in names:
        for other in names:
            if one < other:
                assert not roles.ROLES[one] & roles.ROLES[other], (one, other)


def account(kind: str, **changes: object) -> Account:
    unit = Organisation.objects.create(city="yancheng", kind=kind, code=kind.upper(), name=kind)
    given = {"roles": ["determination_officer", "adjuster", "supervisor"], "organisation": unit} | changes
    return Account.objects.create(username=kind, **given)


@pytest.mark.django_db
class TestStaff:
    def test_roles_fit_the_organisation(self) -> None:
        insurer = signin.staff(account("insurer"))
        assert insurer.grants == roles.ROLES["adjuster"]
        assert insurer.insurer == "INSURER"
        police = signin.staff(account("police"))
        assert not police.grants & roles.ROLES["adjuster"]
        assert police.may("liability.determine")
        assert police.insurer == ""

    def test_nobody_without_an_active_place(self) -> None:
        one = account("police")
        Organisation.objects.update(active=False)
        with pytest.raises(NotAllowed):
            signin.staff(Account.objects.get(pk=one.pk))
        one.organisation = None
        with pytest.raises(NotAllowed):
            signin.staff(one)
        with pytest.raises(NotAllowed):
            signin.staff(account("station", is_active=False))


def test_a_second_factor_grows_old() -> None:
    def session(*ages: float) -> dict:
        now = clock.now().timestamp()
        return {AUTHENTICATION_METHODS_SESSION_KEY: [{"method": "mfa", "at": now - age} for age in ages]}

    window = timedelta(minutes=15)
    assert signin.second_factor_fresh(session(10), window)
    assert signin.second_factor_fresh(session(99999, 10), window)
    assert not signin.second_factor_fresh(session(901), window)
    assert not signin.second_factor_fresh({}, window)
    password = {AUTHENTICATION_METHODS_SESSION_KEY: [{"method": "password", "at": clock.now().timestamp()}]}
    assert not signin.second_factor_fresh(password, window)
