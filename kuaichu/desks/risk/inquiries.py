"""Inquiries: what was noticed is looked at by people, the parties answer, and the time to decide ends.

The machine opens an inquiry and never refuses anything. If nobody decides in time the money goes on: silence
never costs the party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.watch import marks
from kuaichu.desks.risk.models import Inquiry, InquiryAnswer
from kuaichu.desks.risk.rules import rules
from kuaichu.desks.risk.signals import Found, points
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find, find_one, find_sure, insert
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.kernel.workdays import reckon

LEAST, MOST, MOST_ANSWERS = 4, 1000, 20
Status: Final = Inquiry.Status
GOING: Final = (Status.OPEN, Status.REFERRED)
"""While an inquiry is one of these, the money is held."""


@dataclass(frozen=True)
class Opened(Fact, name="risk.opened"):
    """Somebody is to look at an accident by `due` (ISO 8601); `signs` are codes with the party's label."""

    inquiry_id: str
    owner: str
    points: int
    signs: tuple[str, ...]
    due: str


@dataclass(frozen=True)
class Added(Fact, name="risk.added"):
    """More was noticed while somebody looks."""

    inquiry_id: str
    points: int
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Answered(Fact, name="risk.answered"):
    """A party said what it has to say to what was noticed."""

    inquiry_id: str
    party_id: str


@dataclass(frozen=True)
class Cleared(Fact, name="risk.cleared"):
    """A person found nothing: the money goes on."""

    inquiry_id: str


@dataclass(frozen=True)
class LapsedUndecided(Fact, name="risk.lapsed"):
    """Nobody decided in time: the money goes on."""

    inquiry_id: str


@dataclass(frozen=True)
class Referred(Fact, name="risk.referred"):
    """A person gave the accident to investigation, with reasons that the parties get in writing."""

    inquiry_id: str


def answer_time(since: datetime, city: str) -> datetime:
    """By when an inquiry opened at `since` is decided."""
    return reckon(since, working_days=rules(city).answer_days).at


def notice(actor: Actor, case_id: UUID, found: Sequence[Found]) -> Inquiry | None:
    """Open an inquiry when what is new weighs enough, or add it to the one that is open.

    What an earlier inquiry of the case has looked at does not count again.
    """
    with act(actor, "risk.notice", case_id) as step:
        past = find(Inquiry, case_id=case_id)
        known = {_key(sign) for row in past for sign in row.signs}
        fresh = [one for one in found if one.key not in known]
        alive = next((row for row in past if row.status in GOING), None)
        enough = alive is not None or points(fresh) >= rules(actor.city).threshold
        if not fresh or not enough:
            step.already()
            return alive
        if alive is not None:
            return _add(step, alive, fresh)
        return _open(step, case_id, fresh)


def _open(step: Step, case_id: UUID, found: Sequence[Found]) -> Inquiry:
    now = clock.now()
    row = Inquiry(
        case_id=case_id, city=step.actor.city, points=points(found), signs=[_plain(one) for one in found],
        opened_at=now, due_at=answer_time(now, step.actor.city),
    )  # fmt: skip
    insert(row)
    marks.begin(files.case(case_id))
    step.record(
        Opened(
            inquiry_id=str(row.pk), owner=row.owner, points=row.points,
            signs=tuple(one.key for one in found), due=row.due_at.isoformat(),
        )
    )  # fmt: skip
    return row


def _add(step: Step, row: Inquiry, fresh: Sequence[Found]) -> Inquiry:
    row.signs, row.points = [*row.signs, *map(_plain, fresh)], row.points + points(fresh)
    row.save()
    told = tuple(one.key for one in fresh)
    step.record(Added(inquiry_id=str(row.pk), points=row.points, signs=told))
    return row


def _plain(one: Found) -> dict[str, Any]:
    return {"code": one.code, "points": one.points, "label": one.label, "inputs": dict(one.inputs)}


def _key(sign: dict[str, Any]) -> str:
    return f"{sign['code']}:{sign['label']}"


def going(case_id: UUID) -> Inquiry | None:
    """The inquiry of a case for which the money is held now, if there is one."""
    return next((row for row in find(Inquiry, case_id=case_id) if row.status in GOING), None)


def newest(case_id: UUID) -> Inquiry | None:
    """The newest inquiry of a case."""
    return find_one(Inquiry, "-opened_at", case_id=case_id)


def answer(actor: Actor, case_id: UUID, *, words: str) -> InquiryAnswer:
    """Answer what was noticed, as often as needed while it is looked at; the same words count once.

    Raises Invalid at `words` (4 to 1000 characters), NotFound without an inquiry, WrongState once it is over.
    """
    words = _words(words, "words")
    with act(actor, "risk.answer", case_id) as step:
        party = files.own_party(actor, case_id)
        step.insist(party.phone_proven_at, _("Confirm your phone number first."), code="phone_not_proven")
        row = newest(case_id)
        if row is None:
            raise NotFound(_("There is nothing to answer."))
        told = find(InquiryAnswer, "at", inquiry_id=row.pk, party_id=party.pk)
        if told and told[-1].words == words:
            step.already()
            return told[-1]
        step.insist(row.status in GOING, _("This has been decided already."), otherwise=WrongState)
        step.insist(
            len(told) < MOST_ANSWERS,
            _("You have answered many times already. The one who looks at it reads them all."),
            otherwise=WrongState,
            code="enough",
        )
        said = InquiryAnswer(inquiry=row, party=party, words=words, at=clock.now())
        said.save()
        step.record(Answered(inquiry_id=str(row.pk), party_id=str(party.pk)))
    return said


def own_inquiry(actor: Actor, inquiry_id: UUID) -> Inquiry:
    """The inquiry, for the police of its city; raises NotFound for everybody else."""
    row = find_one(Inquiry, related="case", pk=inquiry_id, city=actor.city)
    if row is None or actor.kind != "staff" or actor.insurer:
        raise NotFound(_("There is no such inquiry."))
    return row


def clear(actor: Actor, inquiry_id: UUID, *, reasons: str) -> Inquiry:
    """Find nothing, and say why: held money goes on. Raises Invalid at `reasons`, NotFound, WrongState."""
    known, words = own_inquiry(actor, inquiry_id), _words(reasons, "reasons")
    with act(actor, "risk.clear", known.case_id) as step:
        row = find_sure(Inquiry, pk=inquiry_id)
        if row.status == Status.CLEARED:
            step.already()
            return row
        _decide(step, row, Status.CLEARED, words)
        step.record(Cleared(inquiry_id=str(row.pk)))
    return row


def refer(actor: Actor, inquiry_id: UUID, *, reasons: str) -> Inquiry:
    """Give it to investigation: the money stays held, the parties get the reasons in writing.

    Raises Invalid at `reasons`, NotFound, WrongState when it was decided otherwise.
    """
    known, words = own_inquiry(actor, inquiry_id), _words(reasons, "reasons")
    with act(actor, "risk.refer", known.case_id) as step:
        row = find_sure(Inquiry, pk=inquiry_id)
        if row.status == Status.REFERRED:
            step.already()
            return row
        _decide(step, row, Status.REFERRED, words)
        step.record(Referred(inquiry_id=str(row.pk)))
    return row


def lapse(actor: Actor, inquiry_id: UUID) -> None:
    """The time is over and nobody has decided: what was noticed hinders no more."""
    known = find_sure(Inquiry, pk=inquiry_id)
    with act(actor, "risk.lapse", known.case_id) as step:
        row = find_sure(Inquiry, pk=inquiry_id)
        if row.status != Status.OPEN or clock.now() < row.due_at:
            step.already()
            return
        _decide(step, row, Status.LAPSED, "")
        step.record(LapsedUndecided(inquiry_id=str(row.pk)))


def _decide(step: Step, row: Inquiry, status: str, words: str) -> None:
    move(row, status)
    row.decided_at, row.reasons = clock.now(), words
    row.decided_by = step.actor.id if step.actor.kind == "staff" else ""
    row.save()
    if status not in GOING:
        marks.end(files.case(row.case_id))


def _words(text: str, name: str) -> str:
    told = files.clean(text)
    if not LEAST <= len(told) <= MOST:
        wrong = _("Write 4 to 1000 characters.")
        raise Invalid(wrong, fields={name: wrong})
    return told
