"""伤人事故快速认定: all parties of an injury case apply, an officer of grade decides, the head approves.

D146 Art. 69: nobody is suspected of a crime, facts and causes are clear and undisputed, all parties apply in
writing, the head of the unit approves; the certificate follows within five working days of the application.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, legal_deadlines, outcome
from kuaichu.cases.models import Case, Party
from kuaichu.desks.liability.bench.issuing import open_recheck
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination, FastTrack, Recheck
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people.models import Qualification

CLOCK: Final = "FAST_CERT"
HURT: Final = ("slight", "serious")
"""Injury cases (D146 Art. 3); a death is none, and is led by an officer of a higher grade (Art. 5)."""
GRADE: Final = Qualification.Kind.JUNIOR
"""Who leads an injury case holds the junior grade or a higher one (D146 Art. 5)."""
ENDED: Final = "FAST_ENDED"
"""Why a case is back in the general procedure."""
Status = FastTrack.Status


@dataclass(frozen=True)
class FastAsked(Fact, name="liability.fast_asked"):
    """A party applied for fast handling; `complete` when all have, and the case waits for an officer."""

    track_id: str
    party_id: str
    complete: bool
    determination_id: str = ""


@dataclass(frozen=True)
class FastWithdrawn(Fact, name="liability.fast_withdrawn"):
    """A party took its application back: the general procedure goes on. `applied`: all had applied."""

    track_id: str
    party_id: str
    applied: bool


def track_of(case_id: UUID) -> FastTrack | None:
    """The fast track of a case that was not taken back."""
    return FastTrack.objects.filter(case_id=case_id).exclude(status=Status.WITHDRAWN).first()


def possible(case: Case) -> bool:
    """Whether the parties of this case may apply: somebody is hurt, and it is in the general procedure."""
    general = case.status == Case.Status.HANDED_OVER and case.outcome == "general"
    return general and case.injury in HURT and alive_determination(case.pk) is None


def apply(actor: Actor, case_id: UUID, *, undisputed: bool) -> FastTrack:
    """Apply in writing; the last party's application puts the case before an officer.

    Raises Invalid at `undisputed` for who does not confirm that facts and causes are clear and undisputed,
    WrongState for a case without this way, or for a party whose part is not complete.
    """
    if not undisputed:
        text = _("Fast handling is open only while nobody disputes what happened and why.")
        raise Invalid(text, fields={"undisputed": text})
    with act(actor, "liability.ask_fast", case_id) as step:
        case, party, row = files.case(case_id), files.own_party(actor, case_id), track_of(case_id)
        if row is not None and party.label in row.applications:
            step.already()
            return row
        _insist_open(step, case, party)
        now = clock.now()
        row = row or FastTrack(case=case, city=case.city, opened_at=now)
        row.applications = {**row.applications, party.label: now.isoformat()}
        complete = set(row.applications) >= {p.label for p in files.parties(case_id)}
        if complete:
            _put_before_officer(case, row)
        row.save()
        step.record(
            FastAsked(
                track_id=str(row.pk),
                party_id=str(party.pk),
                complete=complete,
                determination_id=str(row.determination_id or ""),
            )
        )
    return row


def _insist_open(step: Step, case: Case, party: Party) -> None:
    step.insist(possible(case), _("Fast handling is not open for this accident."), otherwise=WrongState)
    step.insist(
        party.status == Party.Status.CONFIRMED,
        _("First complete and confirm your part."),
        otherwise=WrongState,
        code="incomplete",
    )


def _put_before_officer(case: Case, row: FastTrack) -> None:
    now = clock.now()
    due = legal_deadlines.due(CLOCK, now).at
    assert due is not None, "a period of five working days ends"
    move(row, Status.APPLIED)
    row.applied_at, row.due_at = now, due
    outcome.take_up_fast(case)
    found = Determination.objects.create(
        case=case, city=case.city, requested_at=now, due_at=due, grade=GRADE
    )  # fmt: skip
    row.determination_id = found.pk


def take_back(actor: Actor, case_id: UUID) -> None:
    """Take one's application back while nothing is signed, to go on in general. NotFound without one."""
    with act(actor, "liability.ask_fast", case_id) as step:
        party, row = files.own_party(actor, case_id), track_of(case_id)
        if row is None or party.label not in row.applications:
            raise NotFound(_("You have no open application."))
        found = alive_determination(case_id)
        over = row.status == Status.APPLIED and (found is None or found.status == Determination.Status.SIGNED)
        step.insist(not over, _("This has been decided."), otherwise=WrongState)
        applied = row.status == Status.APPLIED
        move(row, Status.WITHDRAWN)
        row.save()
        step.record(FastWithdrawn(track_id=str(row.pk), party_id=str(party.pk), applied=applied))


def needs_head(row: Determination) -> bool:
    """Whether the head of the unit must approve before this ruling is issued."""
    return bool(row.grade) and FastTrack.objects.filter(determination_id=row.pk).exists()


def lay_before_head(row: Determination) -> Recheck:
    """Put the ruling of a fast track before the head of the unit, inside an act; nothing is issued before."""
    return open_recheck(row, Recheck.Kind.APPROVAL, clock.now(), row.due_at, told={"why": ["fast"]})
