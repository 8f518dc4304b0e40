"""Accounts of staff: made, given roles and qualifications, bound to a second factor."""

from __future__ import annotations

from datetime import date

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from kuaichu.people.models import Account, Organisation, Qualification
from kuaichu.people.roles import ROLES
from kuaichu.people.signin import identity_hash


class Unusable(ValueError):
    """What was asked for cannot be done; the text says why."""


def organisation(city: str, code: str) -> Organisation:
    """The organisation of this code. Raises Unusable."""
    found = Organisation.objects.filter(city=city, code=code).first()
    if found is None:
        raise Unusable(f"there is no organisation {code!r} in {city}")
    return found


def add(
    *,
    city: str,
    username: str,
    password: str,
    organisation_code: str,
    roles: list[str],
    name: str = "",
    badge: str = "",
    id_number: str = "",
) -> Account:
    """A new account. Raises Unusable for an unknown role or organisation, or a name that is taken."""
    unknown = set(roles) - set(ROLES) | set(roles) & {"system", "party", "citizen"}
    if unknown or not roles:
        raise Unusable(f"unknown roles: {', '.join(sorted(unknown)) or 'none given'}")
    home = organisation(city, organisation_code)
    if Account.objects.filter(username=username).exists():
        raise Unusable(f"there is an account {username!r} already")
    account = Account(username=username, organisation=home, roles=roles, display_name=name, badge=badge)
    account.id_number_hash = identity_hash(id_number) if id_number else ""
    account.set_password(password)
    account.save()
    return account


def qualify(account: Account, kind: str, number: str, valid_from: date, valid_until: date) -> Qualification:
    """A qualification of an officer (D146 Art. 5). Raises Unusable for an unknown kind or an empty period."""
    if kind not in Qualification.Kind.values:
        raise Unusable(f"kinds are {', '.join(Qualification.Kind.values)}")
    if valid_until < valid_from:
        raise Unusable("the qualification would end before it starts")
    row, _ = Qualification.objects.update_or_create(
        account=account,
        kind=kind,
        number=number,
        defaults={"valid_from": valid_from, "valid_until": valid_until},
    )
    return row


def bind_second_factor(account: Account) -> str:
    """A fresh secret of an authenticator (base 32), in place of any older one; shown once by the caller."""
    Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
    secret: str = generate_totp_secret()
    TOTP.activate(account, secret)
    return secret
