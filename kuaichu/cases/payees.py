"""Payees: where the money due to a party shall go."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Party
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid


def name_payee(actor: Actor, case_id: UUID, *, holder: str, account: str) -> Party:
    """Say where money due to this party shall go; raises Invalid for an impossible account number."""
    digits = "".join(ch for ch in account if ch in "0123456789")
    if not 12 <= len(digits) <= 19 or not _luhn(digits):
        text = _("This is no bank card number. Check the digits on the card.")
        raise Invalid(text, fields={"account": text})
    if not 2 <= len(files.clean(holder)) <= 60:
        text = _("Enter the card holder's name.")
        raise Invalid(text, fields={"holder": text})
    with act(actor, "cases.name_payee", case_id) as step:
        party = files.own_party(actor, case_id)
        step.insist(party.phone_proven_at, _("Confirm your phone number first."), code="phone_not_proven")
        payee = {"holder": files.clean(holder), "account": digits}
        if party.payee == payee:
            step.already()
            return party
        party.payee = payee
        party.save()
        step.record(PayeeNamed(party_id=str(party.pk)))
    return party


@dataclass(frozen=True)
class PayeeNamed(Fact, name="cases.payee_named"):
    """A party said where its money shall go."""

    party_id: str


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 check digit."""
    total = 0
    for place, ch in enumerate(reversed(digits)):
        value = int(ch) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
