"""Who may use which endpoint: parties by the token of their part, partners by OAuth 2."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from oauth2_provider.models import AccessToken

from kuaichu.cases.models import Party
from kuaichu.cases.phones import actor_of
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import NotAllowed, Refusal
from kuaichu.people import signin
from kuaichu.portals.api.certificates import shown
from kuaichu.portals.sessions import opened, party_of_token, party_token

JOINER = "kuaichu.joiner"
JOINER_AGE = 3 * 24 * 3600


class Holder:
    """A party at the door; `proven` is whether the phone of this part is in the holder's hands."""

    def __init__(self, party: Party, *, proven: bool) -> None:
        self.party, self.proven = party, proven
        self.actor: Actor = actor_of(party)


def joiner_token(party: Party) -> str:
    """A token that opens nothing but the proof of the phone: a link alone shows nobody anything.

    It is another kind than the part's own token, so that proving the phone opens the part only to who did.
    """
    return signing.dumps([str(party.pk), party.session_version], salt=JOINER)


def token_for(party: Party) -> str:
    """The full token of a part, for the device that opened the case or has proven the phone."""
    return party_token(party)


def _joiner(token: str) -> Party | None:
    try:
        party_id, version = opened(token, JOINER, JOINER_AGE)
    except (signing.BadSignature, ValueError):
        return None
    party = find_one(Party, related="case", pk=UUID(party_id))
    return party if party is not None and party.session_version == version else None


class AnyPartyToken(HttpBearer):
    """The token of a part, or a joiner's."""

    openapi_scheme = "bearer"

    def authenticate(self, request: HttpRequest, token: str) -> Holder | None:  # noqa: ARG002
        """The holder, or None for a token nobody gave out."""
        try:
            party = party_of_token(token)
        except Refusal:
            joiner = _joiner(token)
            return Holder(joiner, proven=False) if joiner is not None else None
        joined = party.status in (Party.Status.JOINED, Party.Status.CONFIRMED)
        return Holder(party, proven=joined or party.phone_proven_at is not None)


class PartyToken(AnyPartyToken):
    """The token of a part whose holder has opened the case or proven the phone."""

    def authenticate(self, request: HttpRequest, token: str) -> Holder | None:
        """The holder; raises NotAllowed before the phone is proven."""
        holder = super().authenticate(request, token)
        if holder is not None and not holder.proven:
            raise NotAllowed(_("Confirm your phone number first."), code="phone_not_proven")
        return holder


class PartnerToken(HttpBearer):
    """An OAuth 2 access token with a scope; only its hash is looked up."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The partner's actor; raises NotAllowed for a token of another scope, an unknown client, or one
        that does not show the certificate bound to it.
        """
        digest = hashlib.sha256(token.encode()).hexdigest()
        found: Any = find_one(AccessToken, token_checksum=digest)
        if found is None or found.is_expired():
            return None
        if not found.allow_scopes([self.scope]):
            raise NotAllowed(
                _("This token does not open this part of the interface."), code="insufficient_scope"
            )
        return signin.partner(found.application_id, shown(request))


class ClaimsToken(PartnerToken):
    """Scope claims, of an insurer's own system."""

    def __init__(self) -> None:
        super().__init__("claims")

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The insurer's actor; raises NotAllowed for another partner."""
        actor = super().authenticate(request, token)
        if actor is not None and not actor.insurer:
            raise NotAllowed(_("Only insurers have claims."), code="no_insurer")
        return actor


class CallsToken(PartnerToken):
    """Scope calls, of the 110 call centre's system."""

    def __init__(self) -> None:
        super().__init__("calls")
