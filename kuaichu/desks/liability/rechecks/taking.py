"""Taking a second look: who may, and that one officer has it at a time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.impartiality import insist_impartial
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people import signin

Kind, Status = Recheck.Kind, Recheck.Status
BY_HEAD = (Kind.APPROVAL, Kind.RECUSAL)
ALIVE = (Status.WAITING, Status.TAKEN, Status.PROPOSED)
LEAST, MOST = 4, 2000


@dataclass(frozen=True)
class RecheckTaken(Fact, name="liability.recheck_taken"):
    """An officer looks at a ruling again."""

    recheck_id: str
    kind: str
    officer_id: str


@dataclass(frozen=True)
class RecheckLeft(Fact, name="liability.recheck_left"):
    """The officer let go of a second look; another takes it."""

    recheck_id: str
    kind: str


def verb_of(kind: str) -> str:
    """The verb somebody needs for this kind: a review is the higher unit's (D146 Art. 71-78), what BY_HEAD
    names the head's of the own unit (D146 Art. 69, 105), a slip the signing officer's.
    """
    if kind in BY_HEAD:
        return "liability.approve"
    if kind == Kind.CORRECTION:
        return "liability.correct"
    return "liability.review" if kind == Kind.REVIEW else "liability.recheck"


def open_to(actor: Actor) -> QuerySet[Recheck]:
    """What waits for a second look by this officer, what is due first on top."""
    kinds = [kind for kind in Kind.values if actor.may(verb_of(kind))]
    rows = Recheck.objects.filter(city=actor.city, kind__in=kinds, status__in=ALIVE)
    mine = Q(officer_id=UUID(actor.id)) & ~Q(status=Status.PROPOSED)
    free = Q(status=Status.WAITING) | (Q(status=Status.PROPOSED) & ~Q(officer_id=UUID(actor.id)))
    unit = Q(unit_id=None) | Q(unit_id=actor.organisation_id)
    own = Q(determination__officer_id=UUID(actor.id))
    others = ~own & ~Q(determination__prepared_by=UUID(actor.id)) & ~Q(kind=Kind.CORRECTION)
    slips = own & Q(kind=Kind.CORRECTION)
    seen = rows.filter(unit & (mine | free & (others | slips)))
    return seen.order_by("due_at").select_related("case", "determination")


def take(actor: Actor, recheck_id: UUID) -> Recheck:
    """Take it, or find it taken by oneself. Raises NotFound for what is not open to this officer, NotAllowed
    for whose ruling it is, whom the case is a conflict for, or who is not qualified; WrongState when another
    has it.
    """
    known = Recheck.objects.filter(pk=recheck_id, city=actor.city).first()
    if known is None:
        raise NotFound(_("There is no such second look."))
    with act(actor, verb_of(known.kind), known.case_id) as step:
        row = Recheck.objects.select_related("determination").get(pk=recheck_id)
        insist_other(step, actor, row)
        if str(row.officer_id) == actor.id or (row.status == Status.PROPOSED and row.second_id is None):
            step.already()
            return row
        step.insist(
            row.status == Status.WAITING, _("Another officer has this."), otherwise=WrongState, code="taken"
        )
        move(row, Status.TAKEN)
        row.officer_id, row.taken_at = UUID(actor.id), clock.now()
        row.save()
        step.record(RecheckTaken(recheck_id=str(row.pk), kind=row.kind, officer_id=actor.id))
    return row


def insist_other(step: Step, actor: Actor, row: Recheck) -> None:
    """Refuse who ruled or prepared, has a conflict (D146 Art. 105), is of another unit, or not qualified."""
    ruled = {str(row.determination.officer_id), str(row.determination.prepared_by)}
    if row.kind == Kind.CORRECTION:
        signed = actor.id == str(row.determination.officer_id)
        step.insist(signed, _("Only the officer who signed corrects it."), code="other_ruling")
        signin.insist_qualified(actor)
        return
    step.insist(
        actor.id not in ruled, _("This is your own ruling. Somebody else must look."), code="own_ruling"
    )
    step.insist(
        row.unit_id in (None, actor.organisation_id), _("This belongs to another unit."), code="other_unit"
    )
    insist_impartial(actor, row.case_id)
    if row.kind not in BY_HEAD:
        signin.insist_qualified(actor)


def leave(actor: Actor, recheck_id: UUID) -> None:
    """Let go of it, for another officer."""
    known = looked_at(actor, recheck_id)
    with act(actor, verb_of(known.kind), known.case_id) as step:
        row = mine(actor, recheck_id)
        move(row, Status.WAITING)
        row.officer_id, row.taken_at = None, None
        row.save()
        step.record(RecheckLeft(recheck_id=str(row.pk), kind=row.kind))


def release(actor: Actor, recheck_id: UUID, officer_id: UUID) -> None:
    """The officer who had it has gone away: it waits again. Nothing happens when that is settled."""
    known = Recheck.objects.get(pk=recheck_id)
    with act(actor, "liability.release", known.case_id) as step:
        row = Recheck.objects.get(pk=recheck_id)
        if row.status != Status.TAKEN or row.officer_id != officer_id:
            step.already()
            return
        move(row, Status.WAITING)
        row.officer_id, row.taken_at = None, None
        row.save()
        step.record(RecheckLeft(recheck_id=str(row.pk), kind=row.kind))


def mine(actor: Actor, recheck_id: UUID, kind: str = "") -> Recheck:
    """The second look this officer has taken and not finished; raises NotFound for any other."""
    rows = Recheck.objects.filter(pk=recheck_id, officer_id=UUID(actor.id), status=Status.TAKEN)
    row = (rows.filter(kind=kind) if kind else rows).select_related("determination").first()
    if row is None:
        raise NotFound(_("You do not have this second look."))
    return row


def looked_at(actor: Actor, recheck_id: UUID) -> Recheck:
    """One this officer has, is to conclude as the second, or has concluded; raises NotFound for any other."""
    rows = Recheck.objects.filter(pk=recheck_id, city=actor.city).select_related("case", "determination")
    row = rows.first()
    own = row is not None and actor.id in (str(row.officer_id), str(row.second_id))
    second = row is not None and row.status == Status.PROPOSED and open_to(actor).filter(pk=row.pk).exists()
    if row is None or not (own or second):
        raise NotFound(_("You do not have this second look."))
    return row


def read_by(actor: Actor, case_id: UUID) -> Determination | None:
    """The ruling of this case that the officer has to look at again now; None for nothing."""
    rows = open_to(actor).filter(case_id=case_id)
    taken = rows.filter(Q(officer_id=UUID(actor.id)) | Q(status=Status.PROPOSED)).first()
    return taken.determination if taken else None


def reasons_of(text: str, field: str = "words") -> str:
    """Written reasons, cleaned; raises Invalid at `field` for fewer than 4 or more than 2000 characters."""
    words = files.clean(text)
    if not LEAST <= len(words) <= MOST:
        told = _("Write the reasons in 4 to 2000 characters.")
        raise Invalid(told, fields={field: told})
    return words


def finish(row: Recheck, outcome: str, **answer: object) -> None:
    """Conclude it inside an act."""
    move(row, Status.DONE)
    row.outcome, row.done_at = outcome, clock.now()
    row.answer = {**row.answer, **answer}
    row.save()
