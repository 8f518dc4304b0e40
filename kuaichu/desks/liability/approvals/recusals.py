"""回避: a party applies that the officer steps aside, and the head of the unit decides (D146 Art. 105).

The officer goes on until then. Granted, another officer is drawn who begins anew; what was signed is decided
anew. Refused, the party gets the reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, legal_deadlines
from kuaichu.desks.liability.bench.issuing import open_recheck
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination, EvidenceRequest, Recheck
from kuaichu.desks.liability.rechecks.anew import insist_reopenable, order_anew
from kuaichu.desks.liability.rechecks.taking import ALIVE, finish, mine, reasons_of
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, WrongState

KIND = Recheck.Kind.RECUSAL
CLOCK: Final = "RECUSAL_DECISION"
GROUNDS: Final[dict[str, Callable[[], str]]] = {
    "kin": lambda: _("The officer is a party or a near relative of a party"),
    "interest": lambda: _("The officer or a near relative has an interest in the case"),
    "other": lambda: _("Another relation to a party may affect fairness"),
}
"""D146 Art. 105¶1; road traffic safety law Art. 83."""
Status = Determination.Status


@dataclass(frozen=True)
class RecusalAsked(Fact, name="liability.recusal_asked"):
    """A party applies that the officer steps aside; the head of the unit decides by `due_at`."""

    recheck_id: str
    party_id: str
    ground: str
    due_at: str


@dataclass(frozen=True)
class RecusalDecided(Fact, name="liability.recusal_decided"):
    """The head replaced the officer, or did not; `new_id` is the determination to be made anew."""

    recheck_id: str
    determination_id: str
    party_id: str
    granted: bool
    new_id: str = ""


def concerned(row: Determination | None) -> UUID | None:
    """The officer against whom a party may apply now: who holds the case, gets it back, or has signed."""
    if row is None:
        return None
    return row.officer_id or (row.kept_for if row.status == Status.RETURNED else None)


def newest_of(case_id: UUID, party_id: UUID) -> Recheck | None:
    """This party's newest application."""
    rows = Recheck.objects.filter(case_id=case_id, kind=KIND, party_id=party_id)
    return rows.order_by("-requested_at").first()


def ask(actor: Actor, case_id: UUID, *, ground: str, words: str) -> Recheck:
    """Apply, once against each officer of the case.

    Raises Invalid at `ground` or `words`, WrongState while no officer has the case, while another application
    is open, or after this one was answered.
    """
    if ground not in GROUNDS:
        raise Invalid(_("Choose a reason."), fields={"ground": _("Choose a reason.")})
    why = reasons_of(words)
    with act(actor, "liability.ask_recusal", case_id) as step:
        party, row = files.own_party(actor, case_id), alive_determination(case_id)
        officer = concerned(row)
        step.insist(officer, _("No officer has your case now."), otherwise=WrongState, code="no_officer")
        assert row is not None
        told = {"ground": ground, "words": why, "officer": str(officer)}
        looks = Recheck.objects.filter(determination=row, kind=KIND)
        own = next((one for one in looks.filter(party=party) if one.told["officer"] == str(officer)), None)
        if own is not None and own.told == told:
            step.already()
            return own
        _insist_first(step, own, others=looks.filter(status__in=ALIVE).exists())
        if row.status == Status.SIGNED:
            insist_reopenable(row)
        now = clock.now()
        due = legal_deadlines.due(CLOCK, now).at
        assert due is not None, "a period of two working days ends"
        recheck = open_recheck(row, KIND, now, due, told=told, party=party)
        step.record(
            RecusalAsked(
                recheck_id=str(recheck.pk), party_id=str(party.pk), ground=ground, due_at=due.isoformat()
            )
        )
    return recheck


def _insist_first(step: Step, own: Recheck | None, *, others: bool) -> None:
    answered = own is not None and own.status not in ALIVE
    step.insist(not answered, _("This was answered already."), otherwise=WrongState, code="answered")
    step.insist(
        not others, _("An application is open already. Wait for its answer."), otherwise=WrongState,
        code="recusal_open",
    )  # fmt: skip


def decide(actor: Actor, recheck_id: UUID, *, granted: bool, words: str) -> Determination | None:
    """Decide with written reasons; the determination to be made anew where one had been signed.

    Raises Invalid at `words`, NotFound for what this head has not taken, NotAllowed for the officer concerned
    (the next higher unit decides about a head), WrongState for a signed case that is in another procedure.
    """
    known, why = mine(actor, recheck_id, KIND), reasons_of(words)
    with act(actor, "liability.approve", known.case_id) as step:
        recheck = mine(actor, recheck_id, KIND)
        officer = str(recheck.told["officer"])
        step.insist(actor.id != officer, _("Nobody decides about the own recusal."), code="own_recusal")
        finish(recheck, "granted" if granted else "not_granted", words=why)
        new = _replace(recheck.determination, officer) if granted else None
        step.record(
            RecusalDecided(
                recheck_id=str(recheck.pk),
                determination_id=str(recheck.determination_id),
                party_id=str(recheck.party_id),
                granted=granted,
                new_id=str(new.pk) if new else "",
            )
        )
    return new


def _replace(row: Determination, officer: str) -> Determination | None:
    """Take the case from this officer, inside an act; what is not decided yet waits for another one."""
    if str(concerned(row) or "") == officer and row.status == Status.SIGNED:
        insist_reopenable(row)
        return order_anew(row)
    if row.status in Determination.OVER:
        return None
    row.shunned = [*row.shunned, officer]
    if str(concerned(row) or "") == officer:
        _begin_anew(row)
    row.save()
    return None


def _begin_anew(row: Determination) -> None:
    """Nothing of what the officer wrote goes to the next one."""
    if row.status != Status.WAITING:
        move(row, Status.WAITING)
    row.officer_id, row.taken_at, row.kept_for, row.kept_until = None, None, None, None
    row.draft, row.grades, row.followed_engine = {}, None, None
    for look in Recheck.objects.filter(determination=row, status__in=ALIVE):
        move(look, Recheck.Status.ENDED)
        look.save()
    for asked in EvidenceRequest.objects.filter(determination=row, status=EvidenceRequest.Status.ASKED):
        move(asked, EvidenceRequest.Status.ENDED)
        asked.save()
