"""Signing in: staff by password and second factor, partners' systems by OAuth 2, parties by link and code."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.prepared import Prepared
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people.field_roles import HOMES
from kuaichu.people.models import Account, Client, Organisation, Qualification
from kuaichu.people.roles import grants

if TYPE_CHECKING:
    from django.http import HttpRequest


class NoSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Staff accounts are made by an administrator: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never."""
        return False


def staff(account: Account, roles: Collection[str] | None = None) -> Actor:
    """The actor of a signed-in member of staff, with all roles of the account or only these of them.

    Raises NotAllowed for an account without organisation.
    """
    organisation = _ORGANISATION.first(account.organisation_id) if account.organisation_id else None
    if organisation is None or not account.is_active or not organisation.active:
        raise NotAllowed(_("This account is not assigned to an organisation."), code="no_organisation")
    return Actor(
        kind="staff",
        id=str(account.pk),
        city=organisation.city,
        grants=grants(_fitting(_held(account.roles, roles), organisation)),
        organisation_id=organisation.pk,
        insurer=organisation.code if organisation.kind == organisation.Kind.INSURER else "",
    )


def _held(roles: list[str], only: Collection[str] | None) -> list[str]:
    return [role for role in roles if only is None or role in only]


def _fitting(roles: list[str], organisation: Organisation) -> list[str]:
    """The roles that can be held in this kind of organisation.

    An insurer's people settle claims or go to the scene; a village's go to the scene; claims are settled by
    nobody but insurers.
    """
    return [role for role in roles if _fits(role, organisation.kind)]


def _fits(role: str, kind: str) -> bool:
    if role in HOMES:
        return kind in HOMES[role]
    if role == "adjuster":
        return kind == Organisation.Kind.INSURER
    if role == "money_admin":
        return kind in (Organisation.Kind.INSURER, Organisation.Kind.POLICE)
    return kind not in (Organisation.Kind.INSURER, Organisation.Kind.VILLAGE)


def partner(application_id: Any, certificate: str | None = None) -> Actor:
    """The actor of a partner's system that showed a token of this OAuth application.

    `certificate` is the fingerprint of the one it showed, empty for none, None where the installation asks
    for none. Raises NotAllowed for an unknown client, or one whose own certificate was not shown.
    """
    client = _CLIENT.first(int(application_id))
    if client is None or not client.organisation.active:
        raise NotAllowed(_("This client is not registered with the city."), code="unknown_client")
    _insist_certificate(client, certificate)
    organisation = client.organisation
    roles = {"insurer": ["insurer_client"], "hotline": ["hotline"]}.get(organisation.kind, [])
    return Actor(
        kind="partner",
        id=str(client.pk),
        city=organisation.city,
        grants=grants(roles),
        organisation_id=organisation.pk,
        insurer=organisation.code if organisation.kind == organisation.Kind.INSURER else "",
    )


def _insist_certificate(client: Client, shown: str | None) -> None:
    """A client to which a certificate is bound shows it; where they are asked for, every client does."""
    bound = client.certificate_sha256
    if shown is None and not bound:
        return
    if not shown:
        raise NotAllowed(_("Show your client certificate with every call."), code="certificate_missing")
    if not bound:
        raise NotAllowed(
            _("No certificate is bound to this client yet. Ask the city to bind yours."),
            code="certificate_unbound",
        )
    if not hmac.compare_digest(bound, shown):
        raise NotAllowed(_("This is not the certificate of this client."), code="certificate_differs")


def qualified(account_id: str, on: date, kind: str = Qualification.Kind.SUMMARY) -> bool:
    """Whether the account holds a qualification valid on that day (D146 Art. 5)."""
    return _QUALIFIED.row(UUID(account_id), kind, on, on) is not None


def insist_qualified(actor: Actor) -> None:
    """Refuse who holds no qualification for the summary procedure valid today (D146 Art. 5)."""
    if not qualified(actor.id, clock.today()):
        raise NotAllowed(NOT_QUALIFIED, code="not_qualified")


NOT_QUALIFIED: Final = gettext_lazy(
    "Your qualification for the summary procedure is missing or has expired. Speak to your supervisor."
)
_QUALIFIED = Prepared(
    lambda account, kind, begun, open_still: Qualification.objects.filter(
        account_id=account, kind=kind, valid_from__lte=begun, valid_until__gte=open_still
    ).values_list("pk")[:1],
    *(UUID, str, date, date),
)
_CLIENT = Prepared(
    lambda application: Client.objects.select_related("organisation").filter(application_id=application), int
)
_ORGANISATION = Prepared(lambda pk: Organisation.objects.filter(pk=pk), UUID)


def second_factor_fresh(session: Any, within: timedelta) -> bool:
    """Whether a second factor was proven in this session within the last `within`."""
    newest = max(
        (
            record.get("at", 0)
            for record in session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
            if record.get("method") == "mfa"
        ),
        default=0,
    )
    return bool(clock.now().timestamp() - newest <= within.total_seconds())


def identity_hash(number: str) -> str:
    """The hash under which a member of staff's ID number is kept, only to find conflicts of interest."""
    return hmac.new(settings.SECRET_KEY.encode(), number.encode(), "sha256").hexdigest()
