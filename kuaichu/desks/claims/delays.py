"""A dated promise that cannot be kept is explained, with a new date, to everybody who waits (R33)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.claims.filings import own_claim
from kuaichu.desks.claims.models import Claim, Delay
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.prepared import find_one, insert
from kuaichu.kernel.refusals import Invalid, WrongState

REASONS: Final[dict[str, Callable[[], str]]] = {
    "teardown": lambda: _("the vehicle must be taken apart to see the damage"),
    "documents": lambda: _("a document is still missing"),
    "disputed": lambda: _("the amount is disputed"),
    "checking": lambda: _("the circumstances are being checked"),
    "workload": lambda: _("there are very many cases just now"),
    "bank": lambda: _("the bank has not paid yet"),
}
LONGEST = timedelta(days=30)
"""Insurance Law Art. 23: the insurer decides within 30 days of a complete claim unless agreed otherwise."""


@dataclass(frozen=True)
class Delayed(Fact, name="claims.delayed"):
    """An insurer said that it needs longer, why, and until when (ISO 8601)."""

    claim_id: str
    insurer: str
    reason: str
    until: str


def explain(actor: Actor, claim_id: UUID, *, reason: str, until: datetime) -> Delay:
    """Explain a delay and promise a new date; the same again changes nothing.

    Raises Invalid at `reason` or `until` (aware, in the future, at most 30 days ahead), WrongState once paid.
    """
    known = own_claim(actor, claim_id)
    _check(reason, until)
    with act(actor, "claims.explain_delay", known.case_id) as step:
        claim = Claim.objects.get(pk=claim_id)
        step.insist(claim.status != Claim.Status.PAID, _("This claim is paid."), otherwise=WrongState)
        newest = find_one(Delay, "-at", claim_id=claim_id)
        if newest is not None and (newest.reason, newest.until) == (reason, until):
            step.already()
            return newest
        row = Delay(claim=claim, case_id=claim.case_id, reason=reason, until=until, at=clock.now())
        insert(row)
        step.record(
            Delayed(claim_id=str(claim.pk), insurer=claim.insurer, reason=reason, until=until.isoformat())
        )
    return row


def _check(reason: str, until: datetime) -> None:
    wrong: dict[str, str] = {}
    if reason not in REASONS:
        wrong["reason"] = _("Choose one of the reasons.")
    if until.tzinfo is None or not clock.now() < until <= clock.now() + LONGEST:
        wrong["until"] = _("Name a date within the next 30 days.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
