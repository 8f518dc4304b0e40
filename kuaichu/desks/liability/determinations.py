"""在线认定: one qualified officer has the case that the lot gave, decides, gives reasons, signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.impartiality import insist_impartial
from kuaichu.cases.models import Case
from kuaichu.desks.liability.bench.issuing import Signed, fill, four_eyes, sign, submit, suits
from kuaichu.desks.liability.bench.lots import is_blind
from kuaichu.desks.liability.models import Agreement, Determination, Recheck
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import Prepared, find_sure
from kuaichu.kernel.refusals import NotFound, WrongState
from kuaichu.people import signin

__all__ = ["Drafted", "GivenBack", "Ruling", "Signed", "Taken"]


@dataclass(frozen=True)
class Taken(Fact, name="liability.taken"):
    """An officer took the case."""

    determination_id: str
    officer_id: str


@dataclass(frozen=True)
class GivenBack(Fact, name="liability.given_back"):
    """An officer gave the case back to the queue (conflict of interest, or end of shift)."""

    determination_id: str
    officer_id: str
    why: str


@dataclass(frozen=True)
class Drafted(Fact, name="liability.drafted"):
    """The officer saved a draft."""

    determination_id: str


def alive_determination(case_id: UUID) -> Determination | None:
    """The waiting, taken or signed determination of a case."""
    return _ALIVE.first(case_id)


def take_drawn(actor: Actor, case_id: UUID, proposal_for: Any) -> Determination | None:
    """Take the case that the centre's lot gave this officer; None when it waits no more, or not for this one.

    Nobody picks: only what the lot calls this with. `proposal_for(case_id)` gives the engine's proposal,
    frozen into the row. Raises NotAllowed without a valid qualification, or for whom the case is a conflict.
    """
    row = alive_determination(case_id)
    if row is None or row.status != Determination.Status.WAITING:
        return None
    if files.case(case_id).status != Case.Status.READY:
        return None
    try:
        return _try_take(actor, row, proposal_for)
    except IntegrityError:  # a second tap at the same moment was given another case
        return _in_hand(actor)


def _in_hand(actor: Actor) -> Determination | None:
    return _IN_HAND.first(UUID(actor.id), actor.city)


_IN_HAND = Prepared(
    lambda officer, city: Determination.objects.filter(
        officer_id=officer, city=city, status=Determination.Status.TAKEN
    ),
    UUID,
    str,
)
_ALIVE = Prepared(
    lambda case_id: Determination.objects.filter(case_id=case_id).exclude(status__in=Determination.OVER),
    UUID,
)


def _try_take(actor: Actor, row: Determination, proposal_for: Any) -> Determination | None:
    proposal = proposal_for(row.case_id)
    with act(actor, "liability.take", row.case_id) as step:
        signin.insist_qualified(actor)
        insist_impartial(actor, row.case_id)
        fresh = find_sure(Determination, pk=row.pk)
        if fresh.status != Determination.Status.WAITING or not suits(fresh, actor):
            step.already()
            return None
        move(fresh, Determination.Status.TAKEN)
        fresh.officer_id, fresh.taken_at, fresh.proposal = UUID(actor.id), clock.now(), proposal
        fresh.save()
        step.record(Taken(determination_id=str(fresh.pk), officer_id=actor.id))
    return fresh


def held_by(actor: Actor, case_id: UUID) -> Determination:
    """The determination this officer holds in this case; raises NotFound for anybody else's."""
    not_held = (Determination.Status.ENDED, Determination.Status.WAITING)
    own = Determination.objects.filter(case_id=case_id, officer_id=UUID(actor.id))
    row = own.exclude(status__in=not_held).order_by("-requested_at").first()
    if row is None:
        raise NotFound(_("You do not hold this case."))
    return row


def in_hand(step: Step, actor: Actor, case_id: UUID) -> Determination:
    """The determination this officer works on now; WrongState once it is signed, checked or decided anew."""
    row = held_by(actor, case_id)
    step.insist(row.status == Determination.Status.TAKEN, _("This is signed already."), otherwise=WrongState)
    return row


def draft(actor: Actor, case_id: UUID, fields: dict[str, Any]) -> Determination:
    """Keep what the officer has entered so far."""
    with act(actor, "liability.draft", case_id) as step:
        row = in_hand(step, actor, case_id)
        if row.draft == fields:
            step.already()
            return row
        row.draft = fields
        row.save()
        step.record(Drafted(determination_id=str(row.pk)))
    return row


def release(actor: Actor, case_id: UUID, officer_id: UUID) -> None:
    """The officer who held the case has gone away: it waits again, with the draft that was kept."""
    with act(actor, "liability.release", case_id) as step:
        row = alive_determination(case_id)
        if row is None or row.status != Determination.Status.TAKEN or row.officer_id != officer_id:
            step.already()
            return
        move(row, Determination.Status.WAITING)
        row.officer_id, row.taken_at = None, None
        row.save()
        step.record(GivenBack(determination_id=str(row.pk), officer_id=str(officer_id), why="away"))


def give_back(actor: Actor, case_id: UUID, *, why: str) -> None:
    """Return the case to the queue; this officer will not be offered it again."""
    with act(actor, "liability.give_back", case_id) as step:
        row = in_hand(step, actor, case_id)
        move(row, Determination.Status.WAITING)
        row.shunned = [*row.shunned, actor.id]
        row.officer_id, row.taken_at, row.draft = None, None, {}
        row.save()
        step.record(GivenBack(determination_id=str(row.pk), officer_id=actor.id, why=why[:40]))


def determine(actor: Actor, case_id: UUID, ruling: Ruling, *, factor_fresh: bool) -> Determination:
    """Determine liability and sign; where a second officer is demanded, it waits for that one (CHECKED).

    Raises Invalid naming each field (grades that cannot stand together, article that does not exist, no
    reasons), NotAllowed without a fresh second factor or valid qualification, WrongState when signed.
    """
    with act(actor, "liability.determine", case_id) as step:
        row = held_by(actor, case_id)
        if row.status != Determination.Status.TAKEN:
            step.already()
            return row
        step.insist(factor_fresh, _("Confirm with your second factor before signing."), code="second_factor")
        signin.insist_qualified(actor)
        case = files.case(case_id)
        insist_open(step, case)
        step.insist(
            not is_blind(row), _("Give your own opinion first."), otherwise=WrongState, code="opinion_first"
        )
        fill(case, row, ruling)
        why = four_eyes(case, row)
        if why:
            submit(step, row, Recheck.Kind.FOUR_EYES, why)
        else:
            sign(step, row)
    return row


def insist_open(step: Step, case: Case) -> None:
    """Refuse (WrongState) a case that is decided, agreed upon, or went elsewhere meanwhile."""
    agreed = Agreement.objects.filter(case=case, status=Agreement.Status.SIGNED).exists()
    reopened = Determination.objects.filter(case=case, status=Determination.Status.REPLACED).exists()
    step.insist(
        case.status == Case.Status.READY and (reopened or not agreed),
        _("This case is no longer open."),
        otherwise=WrongState,
    )
