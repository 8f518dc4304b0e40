"""An insurer steps in for its own insured: it pays first what somebody else owes, and recovers it later.

The other side is absent, does not cooperate, has no cover or does not pay. What another insurer owes is paid
on that insurer's account and cleared between the two; what a person owes is advanced, with the demand against
that person going over to the insurer as far as it paid (subrogation, INS 60). Who has waived the claim has
nothing to hand over (INS 61), so the recipient must have said that nothing was waived.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.claims import filings
from kuaichu.desks.claims.calculations import newest_calculation, outdated
from kuaichu.desks.claims.models import Calculation, Claim, Payout, StepInWish
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.prepared import find, find_one, insert
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState

REASONS: Final[dict[str, Callable[[], str]]] = {
    "absent": lambda: _("the other side is not there"),
    "uncooperative": lambda: _("the other side does not cooperate"),
    "uninsured": lambda: _("the other side has no cover"),
    "unpaid": lambda: _("the other side does not pay in time"),
}
OPEN_CLAIM = (Claim.Status.REGISTERED, Claim.Status.ACKNOWLEDGED, Claim.Status.CALCULATED)
Lines = list[dict[str, Any]]


@dataclass(frozen=True)
class SteppedIn(Fact, name="claims.stepped_in"):
    """An insurer pays its insured first what `debtor` owes; `payouts` in fen by id."""

    claim_id: str
    insurer: str
    debtor: str
    to: str
    reason: str
    payouts: dict[str, int]


@dataclass(frozen=True)
class StepInAsked(Fact, name="claims.step_in_asked"):
    """A party asked its own insurer to pay first, and said that it has waived nothing."""

    party_id: str
    label: str
    insurer: str


def ask(actor: Actor, case_id: UUID, *, label: str, home: str, waived_nothing: bool) -> StepInWish:
    """Ask one's own insurer (`home`) to pay first. Once.

    Raises Invalid at `waived_nothing` unless the party says so: who has waived the claim against the other
    side loses the own cover (INS 61). NotFound where one's vehicle has no insurer in the case.
    """
    if not waived_nothing:
        text = _("Your insurer can only pay first if you have not waived your claim against the other side.")
        raise Invalid(text, fields={"waived_nothing": text})
    with act(actor, "claims.ask_step_in", case_id) as step:
        claim = find_one(Claim, case_id=case_id, insurer=home)
        step.insist(claim, _("Your vehicle has no insurer in this case."), otherwise=NotFound)
        known = find_one(StepInWish, case_id=case_id, label=label)
        if known is not None:
            step.already()
            return known
        row = StepInWish(case_id=case_id, label=label, insurer=home, at=clock.now())
        row.save()
        step.record(StepInAsked(party_id=str(actor.party_id), label=label, insurer=home))
    return row


def step_in(
    actor: Actor, claim_id: UUID, *, to: str, debtor: str, reason: str, homes: Mapping[str, str]
) -> list[Payout]:
    """Order what party `debtor` or its insurers owe `to` by the newest calculation, on the own account first.

    `homes`: the insurer of each party's own vehicle; only one's own insured is paid first. Again changes
    nothing. Raises Invalid at `reason`, `to` or `debtor`, NotFound, WrongState for an old calculation or a
    held claim.
    """
    claim = filings.own_claim(actor, claim_id)
    if reason not in REASONS:
        text = _("Choose one of the reasons.")
        raise Invalid(text, fields={"reason": text})
    if homes.get(to) != actor.insurer or to == debtor:
        text = _("Your company pays first only for its own insured.")
        raise Invalid(text, fields={"to": text})
    with act(actor, "claims.step_in", claim.case_id) as step:
        calculation = _sure(step, claim)
        rows = _rows(claim, calculation, to, debtor)
        if not rows:
            if _paid_before(calculation, claim, to, debtor):
                step.already()
                return []
            text = _("This party owes your insured nothing that is still open.")
            raise Invalid(text, fields={"debtor": text})
        insert(*rows)
        step.record(
            SteppedIn(
                claim_id=str(claim.pk), insurer=claim.insurer, debtor=debtor, to=to, reason=reason,
                payouts={str(row.pk): row.fen for row in rows},
            )
        )  # fmt: skip
    return rows


def _sure(step: Step, claim: Claim) -> Calculation:
    calculation = newest_calculation(claim.case_id)
    if calculation is None or outdated(calculation):
        text = _("Nothing has been calculated yet: a loss is still to be assessed.")
        raise WrongState(text, code="not_calculated")
    held = any(one.held_for for one in find(Claim, case_id=claim.case_id))
    step.insist(not held, _("This claim is held."), otherwise=WrongState, code="held")
    return calculation


def _paid_before(calculation: Calculation, claim: Claim, to: str, debtor: str) -> bool:
    rows = find(Payout, calculation_id=calculation.pk, to_label=to)
    return any(row.payer == claim.insurer and _from(row.lines, debtor) for row in rows)


def _from(lines: Lines, debtor: str) -> bool:
    return any(line["from"] == debtor for line in lines)


def _rows(claim: Claim, calculation: Calculation, to: str, debtor: str) -> list[Payout]:
    """One payout for each insurer of the debtor that has not ordered yet, one for what it owes personally."""
    known = find(Payout, calculation_id=calculation.pk, to_label=to)
    mine = [line for line in calculation.lines if line["to"] == to and line["from"] == debtor]
    rows = []
    for code in sorted({line["insurer"] for line in mine if line["payer"] == "insurer"} - {claim.insurer}):
        theirs = find_one(Claim, case_id=claim.case_id, insurer=code)
        if theirs is None or theirs.status not in OPEN_CLAIM or any(one.insurer == code for one in known):
            continue
        owed = [x for x in calculation.lines if x["to"] == to and x["insurer"] == code]
        rows.append(_payout(theirs, calculation, to, owed, paid_by=claim.insurer))
    owed = [line for line in mine if line["payer"] == "personal"]
    if owed and not any(one.kind == Payout.Kind.ADVANCE and one.debtor == debtor for one in known):
        rows.append(_payout(claim, calculation, to, owed, kind=Payout.Kind.ADVANCE, debtor=debtor))
    return rows


def _payout(claim: Claim, calculation: Calculation, to: str, lines: Lines, **more: str) -> Payout:
    return Payout(
        case_id=claim.case_id, claim=claim, calculation=calculation, city=claim.city, insurer=claim.insurer,
        to_label=to, fen=sum(line["fen"] for line in lines), lines=lines, ordered_at=clock.now(), **more,
    )  # fmt: skip
