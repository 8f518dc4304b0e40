"""Who pays what: computed once per set of inputs, frozen, approved, ordered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.watch.marks import watched
from kuaichu.desks.claims import filings
from kuaichu.desks.claims.models import Assessment, Calculation, Claim
from kuaichu.desks.claims.payout.case import LossCase
from kuaichu.desks.claims.payout.computing import compute
from kuaichu.desks.claims.payout.plan import PayoutPlan
from kuaichu.desks.claims.rules import rules
from kuaichu.kernel import canonical, clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find, find_one, find_sure
from kuaichu.kernel.refusals import WrongState


@dataclass(frozen=True)
class Calculated(Fact, name="claims.calculated"):
    """It was computed who pays what; `to_approve` names insurers whose own people must approve."""

    calculation_id: str
    by_insurer: dict[str, int]
    to_approve: tuple[str, ...]


@dataclass(frozen=True)
class Approved(Fact, name="claims.approved"):
    """An insurer's payouts were approved: by its people or system, or as small by the city's rule."""

    claim_id: str
    insurer: str
    calculation_id: str
    small: bool


def calculate(actor: Actor, case_id: UUID, loss: LossCase) -> Calculation:
    """Compute and freeze; the same inputs give the existing calculation.

    Raises WrongState when `loss` was read before the newest assessment, or a payout was approved meanwhile.
    """
    with act(actor, "claims.calculate", case_id) as step:
        inputs = canonical.plain(loss)
        stamp = canonical.digest(inputs)
        newest = newest_calculation(case_id)
        if newest is not None and newest.inputs_hash == stamp:
            step.already()
            return newest
        step.insist(
            _assessed(case_id) == {v.label: v.loss for v in loss.vehicles},
            _("A vehicle was assessed again meanwhile."),
            otherwise=WrongState,
            code="newer_assessment",
        )
        plan = compute(loss)
        row = Calculation.objects.create(
            case_id=case_id,
            city=actor.city,
            version=newest.version + 1 if newest else 1,
            inputs=inputs,
            inputs_hash=stamp,
            lines=_lines(plan),
            losses=dict(plan.losses),
            at=clock.now(),
        )
        due = by_insurer(row)
        for claim in find(Claim, case_id=case_id):
            if claim.status in (Claim.Status.REGISTERED, Claim.Status.ACKNOWLEDGED):
                move(claim, Claim.Status.CALCULATED)
                claim.save()
        limit = rules(actor.city).approve_up_to_fen
        step.record(
            Calculated(
                calculation_id=str(row.pk),
                by_insurer=due,
                to_approve=tuple(sorted(code for code, fen in due.items() if fen > limit)),
            )
        )
    return row


def _assessed(case_id: UUID) -> dict[str, int]:
    """The newest assessment of each vehicle in fen, by label."""
    rows = find(Assessment, "version", related="vehicle__party", case_id=case_id)
    return {row.vehicle.party.label: row.total_fen for row in rows}


def outdated(calculation: Calculation) -> bool:
    """Whether a vehicle was assessed again since; a new calculation is on its way."""
    return any(calculation.losses.get(k) != fen for k, fen in _assessed(calculation.case_id).items())


def _lines(plan: PayoutPlan) -> list[dict[str, Any]]:
    return [
        {
            "cover": line.cover.value,
            "payer": line.payer.value,
            "insurer": line.insurer,
            "from": line.from_party,
            "to": line.to,
            "fen": line.fen,
            "exact": str(line.exact),
            "rule": line.rule,
            "citations": list(line.citations),
            "inputs": dict(line.inputs),
            "bucket": line.bucket.value,
        }
        for line in plan.lines
    ]


def newest_calculation(case_id: UUID) -> Calculation | None:
    """The calculation in force."""
    return find_one(Calculation, "-version", case_id=case_id)


def by_insurer(calculation: Calculation) -> dict[str, int]:
    """What each insurer pays in all, in fen."""
    due: dict[str, int] = {}
    for line in calculation.lines:
        if line["payer"] == "insurer":
            due[line["insurer"]] = due.get(line["insurer"], 0) + line["fen"]
    return due


def approve_small(actor: Actor, case_id: UUID, insurer: str, *, often: bool = False) -> None:
    """Approve what the city's rule lets the machine approve; nothing while somebody looks at the case.

    `often`: the recipient had its number of small payouts already, so that a person approves this one. The
    machine never refuses.
    """
    with act(actor, "claims.approve_small", case_id) as step:
        calculation = newest_calculation(case_id)
        claim = find_one(Claim, case_id=case_id, insurer=insurer)
        if calculation is None or claim is None or claim.held_for or claim.status != Claim.Status.CALCULATED:
            step.already()
            return
        if often or outdated(calculation) or watched(files.case(case_id)):
            step.already()
            return
        fen = by_insurer(calculation).get(insurer, 0)
        step.insist(
            fen <= rules(actor.city).approve_up_to_fen,
            _("This amount needs a person's approval."),
            otherwise=WrongState,
        )
        _approve(step, claim, calculation, small=True)


def approve(actor: Actor, claim_id: UUID, calculation_id: UUID) -> Claim:
    """Approve one's own company's payouts of this calculation.

    Raises WrongState when a newer calculation exists, or nothing has been calculated yet.
    """
    known = filings.own_claim(actor, claim_id)
    with act(actor, "claims.approve", known.case_id) as step:
        claim = find_sure(Claim, pk=claim_id)
        newest = newest_calculation(known.case_id)
        step.insist(
            newest is not None,
            _("Nothing has been calculated yet: a loss is still to be assessed."),
            otherwise=WrongState,
            code="not_calculated",
        )
        assert newest is not None
        step.insist(
            newest.pk == calculation_id,
            _("There is a newer calculation. Look at it and approve that one."),
            otherwise=WrongState,
            code="newer_calculation",
        )
        if claim.status in (Claim.Status.APPROVED, Claim.Status.PAID):
            step.already()
            return claim
        step.insist(
            not claim.held_for,
            _("This claim is held. Say why it may go on before you approve it."),
            otherwise=WrongState,
            code="held",
        )
        step.insist(
            not outdated(newest),
            _("There is a newer calculation. Look at it and approve that one."),
            otherwise=WrongState,
            code="newer_calculation",
        )
        _approve(step, claim, newest, small=False)
    return claim


def _approve(step: Any, claim: Claim, calculation: Calculation, *, small: bool) -> None:
    move(claim, Claim.Status.APPROVED)
    claim.save()
    step.record(
        Approved(
            claim_id=str(claim.pk), insurer=claim.insurer, calculation_id=str(calculation.pk), small=small
        )
    )
