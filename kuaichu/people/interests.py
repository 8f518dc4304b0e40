"""Declared interests: with whom and what a member of staff must have nothing to do (D146 Art. 105, R24).

What a case holds is compared with what was declared; `cases/impartiality.py` says what a case holds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people.models import Account, Interest
from kuaichu.people.signin import identity_hash

Kind = Interest.Kind
SELF: Final = "self"
"""The reason of somebody who is a party of the case by the own ID number."""


@dataclass(frozen=True)
class InterestDeclared(Fact, name="people.interest_declared"):
    """Somebody declared an interest; what it is stays between the hash and the one who declared it."""

    account_id: str
    kind: str


@dataclass(frozen=True)
class InterestRetracted(Fact, name="people.interest_retracted"):
    """Somebody took a declaration back."""

    account_id: str
    kind: str


def declare(actor: Actor, kind: str, value: str) -> Interest:
    """Declare somebody or something one must have nothing to do with; twice is once.

    Only a keyed hash and a mask of the value are kept. Raises Invalid for an unknown kind or an empty value.
    """
    clean = normal(kind, value)
    if kind not in Kind.values or len(clean) < 2:
        text = _("Say what it is, in full.")
        raise Invalid(text, fields={"value": text})
    hint = clean if kind == Kind.INSURER else f"{clean[:1]}…{clean[-2:]}"
    with act_on(actor, "people.declare_interest", UUID(actor.id)) as step:
        row, made = Interest.objects.get_or_create(
            account_id=UUID(actor.id), kind=kind, value_hash=identity_hash(clean),
            defaults={"hint": hint[:24], "declared_at": clock.now()},
        )  # fmt: skip
        if made:
            step.record(InterestDeclared(actor.id, kind))
        else:
            step.already()
    return row


def retract(actor: Actor, interest_id: UUID) -> None:
    """Take back what one has declared oneself. Raises NotFound for anything else."""
    with act_on(actor, "people.declare_interest", UUID(actor.id)) as step:
        row = Interest.objects.filter(pk=interest_id, account_id=UUID(actor.id)).first()
        if row is None:
            raise NotFound(_("There is no such declaration, or it is not yours."))
        row.delete()
        step.record(InterestRetracted(actor.id, row.kind))


def declared_by(account_id: UUID) -> list[Interest]:
    """What an account has declared, in the order in which it did."""
    return list(Interest.objects.filter(account_id=account_id).order_by("declared_at"))


def normal(kind: str, value: str) -> str:
    """A value as it is compared: without blanks and dashes, in capitals; a mainland number without +86."""
    text = re.sub(r"[\s\-·]", "", value).upper()
    return text.removeprefix("+86") if kind in (Kind.PHONE, Kind.QUARREL) else text


def conflicts(accounts: Collection[UUID], held: Mapping[str, Iterable[str]]) -> dict[UUID, str]:
    """Which of these accounts meet themselves or what they declared in `held`, each with the first reason.

    `held` are the values of a case by kind of interest. The reason is SELF or a kind.
    """
    known = {kind: {identity_hash(normal(kind, v)) for v in values if v} for kind, values in held.items()}
    own = Account.objects.filter(pk__in=accounts, id_number_hash__in=known.get(Kind.PERSON, set()))
    found: dict[UUID, str] = dict.fromkeys(own.values_list("pk", flat=True), SELF)
    declared = Interest.objects.filter(account_id__in=accounts, kind__in=known).order_by("declared_at")
    for account, kind, value in declared.values_list("account_id", "kind", "value_hash"):
        if value in known[kind]:
            found.setdefault(account, kind)
    return found
