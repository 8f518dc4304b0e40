"""Accounts are kept by an administrator: taken over from a list, given roles, closed, opened by a link."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people.models import Account, Organisation, Qualification
from kuaichu.people.rosters import ASSIGNABLE, Row
from kuaichu.people.signin import identity_hash

_STAFF = uuid.UUID("4f5f0f3b-1a37-4c27-9a5f-83a3c0c3a0de")
SALT = "kuaichu.people.opening"
OPENS_FOR = timedelta(days=14)
QUALIFIED_FOR = timedelta(days=3 * 365)


@dataclass(frozen=True)
class AccountsImported(Fact, name="people.accounts_imported"):
    """A list of staff was taken over; `other_roles` are the accounts whose roles it changed."""

    made: int
    changed: int
    left_out: int
    other_roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccountChanged(Fact, name="people.account_changed"):
    """An account has other roles, or was closed or opened."""

    account_id: str
    roles: tuple[str, ...]
    active: bool


def stream_of(city: str) -> UUID:
    """The stream of a city's accounts."""
    return uuid.uuid5(_STAFF, city)


def take_over(actor: Actor, rows: Sequence[Row], *, leave_out_faulty: bool = False) -> list[Account]:
    """Make or change the accounts of these rows in one go; the new ones.

    Raises Invalid when a row has a fault, unless the faulty ones are to be left out: then all others count.
    """
    good = [row for row in rows if not row.faults]
    if not good or (len(good) < len(rows) and not leave_out_faulty):
        told = _("%(n)s lines have faults. Mend them, or leave them out.") % {"n": len(rows) - len(good)}
        raise Invalid(told, fields={"file": told})
    with act_on(actor, "people.keep_accounts", stream_of(actor.city)) as step:
        homes = {one.code: one for one in Organisation.objects.filter(city=actor.city)}
        known = {a.username: a for a in Account.objects.filter(organisation__city=actor.city)}
        if any(row.username in known and str(known[row.username].pk) == actor.id for row in good):
            told = _("Nobody changes the own account. Ask another administrator.")
            raise Invalid(told, fields={"file": told})
        other = [r.username for r in good if r.username in known and known[r.username].roles != list(r.roles)]
        made = [_filled(Account(username=r.username), r, homes) for r in good if r.username not in known]
        changed = [_filled(known[r.username], r, homes) for r in good if r.username in known]
        for account in made:
            account.set_unusable_password()
        Account.objects.bulk_create(made, batch_size=500)
        fields = ["display_name", "badge", "organisation", "roles", "id_number_hash"]
        Account.objects.bulk_update(changed, fields, batch_size=200)
        _qualify(good, {account.username: account for account in [*made, *changed]})
        anew = tuple(str(known[name].pk) for name in other)
        step.record(AccountsImported(len(made), len(changed), len(rows) - len(good), anew))
    return made


def _filled(account: Account, row: Row, homes: dict[str, Organisation]) -> Account:
    account.display_name, account.badge = row.name[:60], row.badge[:32]
    account.organisation, account.roles = homes[row.organisation], list(row.roles)
    if row.id_number:
        account.id_number_hash = identity_hash(row.id_number)
    return account


def _qualify(rows: Sequence[Row], accounts: dict[str, Account]) -> None:
    """One qualification for the summary procedure a row, where a number is given."""
    today = clock.today()
    told = [(accounts[row.username], row) for row in rows if row.qualification and row.until]
    known = set(
        Qualification.objects.filter(account__in=[account for account, _row in told]).values_list(
            "account_id", "number"
        )
    )
    Qualification.objects.bulk_create(
        Qualification(
            account=account, kind=Qualification.Kind.SUMMARY, number=row.qualification[:40],
            valid_from=min(today, row.until - QUALIFIED_FOR), valid_until=row.until,
        )
        for account, row in told
        if row.until and (account.pk, row.qualification[:40]) not in known
    )  # fmt: skip


def change(actor: Actor, account_id: UUID, *, roles: Sequence[str], active: bool) -> Account:
    """Give an account these roles, close it or open it again.

    Raises NotFound for another city's account, Invalid for an unknown role or the own account, which somebody
    else must change.
    """
    with act_on(actor, "people.keep_accounts", stream_of(actor.city)) as step:
        account = Account.objects.filter(pk=account_id, organisation__city=actor.city).first()
        if account is None:
            raise NotFound(_("There is no such account."))
        if str(account.pk) == actor.id:
            told = _("Nobody changes the own account. Ask another administrator.")
            raise Invalid(told, fields={"roles": told})
        if set(roles) - ASSIGNABLE:
            told = _("There is an unknown role.")
            raise Invalid(told, fields={"roles": told})
        if account.roles == list(roles) and account.is_active == active:
            step.already()
            return account
        account.roles, account.is_active = list(roles), active
        account.save()
        step.record(AccountChanged(account_id=str(account.pk), roles=tuple(roles), active=active))
    return account


def opening_token(account: Account) -> str:
    """The token of the link by which a new account is opened, once, within two weeks."""
    return signing.dumps([str(account.pk), account.password[-12:]], salt=SALT)


def account_of(token: str) -> Account:
    """The account of an opening link. Raises NotFound when it is forged, too old or was used."""
    try:
        account_id, state = signing.loads(token, salt=SALT, max_age=OPENS_FOR)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound(_("This link does not open an account any more.")) from error
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None or account.has_usable_password() or account.password[-12:] != state:
        raise NotFound(_("This link does not open an account any more."))
    return account


def open_account(token: str, password: str) -> Account:
    """Set the first password of a new account. Raises NotFound, or Invalid at `password` for a weak one."""
    account = account_of(token)
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise Invalid(_("Choose a better password."), fields={"password": " ".join(weak.messages)}) from weak
    account.set_password(password)
    account.save(update_fields=["password"])
    return account
