"""The shop drafts what the repair costs, and what is found later; the insurer approves it or asks back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.claims import filings
from kuaichu.desks.claims.filings import Line, Loss
from kuaichu.desks.claims.models import Assessment
from kuaichu.desks.claims.repair.rows import Estimate, RepairChoice
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find_one, find_sure
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState

MOST_DAYS, LEAST, MOST = 180, 4, 300


@dataclass(frozen=True)
class EstimateDrafted(Fact, name="claims.estimate_drafted"):
    """A shop drafted what the repair of a vehicle costs and how many days it takes."""

    estimate_id: str
    vehicle_id: str
    label: str
    version: int
    total_fen: int
    days: int


@dataclass(frozen=True)
class EstimateAnswered(Fact, name="claims.estimate_answered"):
    """The insurer approved a draft, or sent it back with a question."""

    estimate_id: str
    claim_id: str
    insurer: str
    approved: bool


def draft(actor: Actor, choice: RepairChoice, loss: Loss, *, days: int, found: str = "") -> Estimate:
    """Draft the repair of the vehicle; the same again changes nothing, another draft is a new version.

    `found`: what the teardown showed, when something was approved before. Raises Invalid naming the field.
    """
    told = files.clean(found)[:MOST]
    if not 1 <= days <= MOST_DAYS:
        text = _("Say how many days the repair takes, 1 to 180.")
        raise Invalid(text, fields={"days": text})
    filings.check(choice.city, loss)
    with act(actor, "claims.draft_estimate", choice.case_id) as step:
        before = find_one(Estimate, "-version", vehicle_id=choice.vehicle_id)
        lines = msgspec.to_builtins(loss.lines)
        if before is not None and (before.lines, before.days, before.found) == (lines, days, told):
            step.already()
            return before
        row = Estimate(
            case_id=choice.case_id, city=choice.city, choice=choice, vehicle_id=choice.vehicle_id,
            shop=choice.name, version=before.version + 1 if before else 1, lines=lines,
            total_fen=loss.total_fen, repair_fen=loss.repair_fen, days=days, found=told, at=clock.now(),
        )  # fmt: skip
        row.save()
        step.record(
            EstimateDrafted(
                estimate_id=str(row.pk), vehicle_id=str(row.vehicle_id), label=choice.vehicle.party.label,
                version=row.version, total_fen=row.total_fen, days=days,
            )
        )  # fmt: skip
    return row


def newest(vehicle_id: UUID) -> Estimate | None:
    """The newest draft for a vehicle."""
    return find_one(Estimate, "-version", related="choice", vehicle_id=vehicle_id)


def approve(actor: Actor, claim_id: UUID, estimate_id: UUID, *, assessor: str, may: set[UUID]) -> Assessment:
    """Make a draft the assessment of its vehicle (`may`: the vehicles this insurer assesses).

    After a payout was approved it becomes a supplement. Raises what `filings.assess` raises, NotFound, and
    WrongState for a draft that a newer one has replaced.
    """
    known = filings.own_claim(actor, claim_id)
    row = _of(known.case_id, estimate_id)
    if row.status == Estimate.Status.RETURNED or row.pk != _newest_id(row.vehicle_id):
        raise WrongState(_("The shop has drafted anew, or the draft was sent back."), code="newer_estimate")
    lines = [Line(**line) for line in row.lines]
    loss = Loss(lines, row.total_fen, assessor, repair_fen=row.repair_fen, supplement=row.found)
    assessed = filings.assess(actor, claim_id, row.vehicle_id, loss, may=may)
    _answer(actor, claim_id, row, Estimate.Status.APPROVED, "")
    return assessed


def send_back(actor: Actor, claim_id: UUID, estimate_id: UUID, question: str, *, may: set[UUID]) -> Estimate:
    """Ask the shop back, in writing. Raises Invalid at `question`, NotFound, WrongState once approved."""
    known = filings.own_claim(actor, claim_id)
    row, words = _of(known.case_id, estimate_id), files.clean(question)
    if row.vehicle_id not in may:
        raise NotFound(_("Your company does not assess this vehicle."))
    if not LEAST <= len(words) <= MOST:
        text = _("Write 4 to 300 characters.")
        raise Invalid(text, fields={"question": text})
    return _answer(actor, claim_id, row, Estimate.Status.RETURNED, words)


def _newest_id(vehicle_id: UUID) -> UUID | None:
    found = newest(vehicle_id)
    return found.pk if found else None


def _of(case_id: UUID, estimate_id: UUID) -> Estimate:
    found = find_one(Estimate, pk=estimate_id, case_id=case_id)
    if found is None:
        raise NotFound(_("There is no such draft in this case."))
    return found


def _answer(actor: Actor, claim_id: UUID, known: Estimate, to: Estimate.Status, words: str) -> Estimate:
    with act(actor, "claims.answer_estimate", known.case_id) as step:
        row = find_sure(Estimate, pk=known.pk)
        if row.status == to:
            step.already()
            return row
        move(row, to)
        row.answer = words
        row.save()
        approved = to == Estimate.Status.APPROVED
        step.record(
            EstimateAnswered(
                estimate_id=str(row.pk), claim_id=str(claim_id), insurer=actor.insurer, approved=approved
            )
        )
    return row
