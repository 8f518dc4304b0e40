"""Staff by organisation with roles, what these grant, and who has a second factor; for administrators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.translation import gettext as _

from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people import role_names
from kuaichu.people.models import Account, Organisation, Qualification
from kuaichu.people.roles import ROLES
from kuaichu.people.rosters import ASSIGNABLE

PAGE = 50


@dataclass(frozen=True, slots=True)
class Person:
    """One account; `factor`: has a second factor; `qualified`: for the summary procedure today."""

    account: Account
    factor: bool
    qualified: bool
    opened: bool

    @property
    def roles(self) -> list[str]:
        """The names of the roles."""
        return [role_names.title(role) for role in self.account.roles]


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One page of the list; `count` of all that fit."""

    people: list[Person]
    count: int
    page: int
    pages: int


def staff(viewer: Actor, *, words: str = "", home: str = "", page: int = 1) -> StaffPage:
    """The accounts of the viewer's city by organisation and name. Raises NotAllowed."""
    insist_keeper(viewer)
    rows = Account.objects.filter(organisation__city=viewer.city)
    if words:
        hit = Q(username__icontains=words) | Q(display_name__icontains=words) | Q(badge__icontains=words)
        rows = rows.filter(hit)
    if home:
        rows = rows.filter(organisation__code=home)
    count = rows.count()
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    listed = rows.select_related("organisation").order_by("organisation__code", "username")
    return StaffPage(_people(listed[(page - 1) * PAGE : page * PAGE]), count, page, pages)


def _people(accounts: Iterable[Account]) -> list[Person]:
    listed = list(accounts)
    keys, today = [account.pk for account in listed], clock.today()
    factors = set(Authenticator.objects.filter(user_id__in=keys).values_list("user_id", flat=True))
    valid = Qualification.objects.filter(
        account_id__in=keys, kind=Qualification.Kind.SUMMARY, valid_from__lte=today, valid_until__gte=today
    )
    qualified: set[UUID] = set(valid.values_list("account_id", flat=True))
    return [Person(a, a.pk in factors, a.pk in qualified, a.has_usable_password()) for a in listed]


def person(viewer: Actor, account_id: UUID) -> Person | None:
    """One account of the viewer's city, or None. Raises NotAllowed."""
    insist_keeper(viewer)
    rows = Account.objects.filter(pk=account_id, organisation__city=viewer.city)
    return next(iter(_people(rows.select_related("organisation"))), None)


def homes(viewer: Actor) -> list[Organisation]:
    """The organisations of the viewer's city."""
    return list(Organisation.objects.filter(city=viewer.city).order_by("code"))


def grants_of() -> list[tuple[str, str, list[str]]]:
    """Every role that can be given: code, name, and the verbs it grants."""
    return [(role, role_names.title(role), sorted(ROLES[role])) for role in sorted(ASSIGNABLE)]


def insist_keeper(viewer: Actor) -> None:
    """Refuse who does not keep accounts."""
    if not viewer.may("people.keep_accounts"):
        raise NotAllowed(_("This page is for administrators."), code="not_administrator")
