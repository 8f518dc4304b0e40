"""Identity cards: what the code on a helper's screen means now, and what the card itself shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kuaichu.desks.dispatch import duties
from kuaichu.desks.dispatch.models import Duty
from kuaichu.desks.dispatch.rules import rules
from kuaichu.people import cards
from kuaichu.people.field_roles import MAY, MAY_NOT, field_role
from kuaichu.people.models import Account, Organisation
from kuaichu.queries.field.coming import on_duty
from kuaichu.queries.field.words import role_name


class Verdict(StrEnum):
    """What a scanned code says about who showed it."""

    GENUINE = "genuine"
    OFF_DUTY = "off_duty"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. The name is whole: who comes to the scene shows it (D146 Art. 27 for officers)."""

    account_id: UUID
    name: str
    badge: str
    role: str
    role_words: str
    unit: Organisation
    may: tuple[str, ...]
    may_not: tuple[str, ...]
    duty: Duty | None
    certified: bool
    complaints: str


def card_of(account_id: UUID) -> Card | None:
    """The card of somebody who goes to the scene; None for who may not (any more)."""
    account = Account.objects.select_related("organisation").filter(pk=account_id, is_active=True).first()
    unit = account.organisation if account is not None else None
    if account is None or unit is None or not unit.active:
        return None
    role = field_role(account.roles, unit.kind)
    if not role:
        return None
    return Card(
        account_id=account.pk,
        name=account.display_name or account.username,
        badge=account.badge,
        role=role,
        role_words=role_name(role),
        unit=unit,
        may=tuple(str(line.words) for line in MAY[role]),
        may_not=tuple(str(line.words) for line in MAY_NOT[role]),
        duty=on_duty(account.pk),
        certified=duties.certified(str(account.pk), role, unit.city),
        complaints=rules(unit.city).complaint(unit.kind),
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A scanned code: the verdict, and the card where it may be shown (genuine or off duty only)."""

    verdict: Verdict
    card: Card | None
    made_at: datetime | None


def check(token: str) -> Checked:
    """What a scanned code means at this moment, for anybody. An old code shows no name."""
    shown = cards.read(token)
    if shown is None:
        return Checked(Verdict.UNKNOWN, None, None)
    card = card_of(shown.account_id)
    if card is None or not card.certified:
        return Checked(Verdict.REVOKED, None, shown.made_at)
    if not shown.fresh(rules(card.unit.city).card_minutes):
        return Checked(Verdict.EXPIRED, None, shown.made_at)
    return Checked(Verdict.GENUINE if card.duty else Verdict.OFF_DUTY, card, shown.made_at)
