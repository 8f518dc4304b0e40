"""Objections: a party says in two minutes what is wrong, the other side may answer, a second officer looks.

No legal remedy of its own: the review by the higher unit (D146 Art. 71) stays open and its three days run on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.liability.bench.issuing import open_recheck
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks.anew import insist_reopenable, order_anew
from kuaichu.desks.liability.rechecks.taking import ALIVE, finish, mine, reasons_of
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.kernel.workdays import reckon

KIND = Recheck.Kind.OBJECTION
MOST = 1000
GROUNDS: Final[dict[str, Callable[[], str]]] = {
    "facts": lambda: _("It did not happen like that"),
    "evidence": lambda: _("Evidence was overlooked, or there is new evidence"),
    "law": lambda: _("The wrong rule was applied"),
    "shares": lambda: _("The facts are right, the shares are not"),
    "procedure": lambda: _("I was not heard, or the officer was not neutral"),
}


@dataclass(frozen=True)
class Objected(Fact, name="liability.objected"):
    """A party objects to the determination; a second officer looks by `due_at`."""

    recheck_id: str
    party_id: str
    grounds: tuple[str, ...]
    due_at: str


@dataclass(frozen=True)
class ObjectionAnswered(Fact, name="liability.objection_answered"):
    """Another party answered an objection."""

    recheck_id: str
    party_id: str


@dataclass(frozen=True)
class ObjectionSettled(Fact, name="liability.objection_settled"):
    """The second officer found the objection right (then the case is decided anew), or not."""

    recheck_id: str
    determination_id: str
    upheld: bool
    new_id: str = ""


class Objection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One or more of GROUNDS, and what is wrong in own words."""

    grounds: Sequence[str]
    words: str


def object_to(actor: Actor, case_id: UUID, objection: Objection) -> Recheck:
    """Object to the determination in force, once by each party while it is in force.

    Raises Invalid at `grounds` or `words`, WrongState without a determination, after an earlier objection to
    it, or later than `objection_days` working days after it was made.
    """
    words = _checked(objection)
    with act(actor, "liability.object", case_id) as step:
        party, row = files.own_party(actor, case_id), alive_determination(case_id)
        step.insist(
            row is not None and row.status == Determination.Status.SIGNED and row.signed_at is not None,
            _("There is no determination to object to."),
            otherwise=WrongState,
        )
        assert row is not None
        assert row.signed_at is not None
        insist_reopenable(row)
        known = Recheck.objects.filter(determination=row, kind=KIND).order_by("requested_at")
        again = known.filter(party=party).first()
        if again is not None:
            step.already()
            return again
        step.insist(
            not known.exclude(outcome="rejected").exists(),
            _("The other party has objected already. Add what you want to say there."),
            otherwise=WrongState,
            code="objected",
        )
        days = rules(row.city).objection_days
        step.insist(
            clock.now() <= reckon(row.signed_at, working_days=days).at,
            _("The time for an objection is over."),
            otherwise=WrongState,
            code="too_late",
        )
        now = clock.now()
        told = {"grounds": list(objection.grounds), "words": words, "answers": {}}
        due = reckon(now, working_days=days).at
        recheck = open_recheck(row, KIND, now, due, told=told, party=party)
        step.record(
            Objected(
                recheck_id=str(recheck.pk),
                party_id=str(party.pk),
                grounds=tuple(objection.grounds),
                due_at=due.isoformat(),
            )
        )
    return recheck


def _checked(objection: Objection) -> str:
    words, wrong = files.clean(objection.words), {}
    if not objection.grounds or not set(objection.grounds) <= set(GROUNDS):
        wrong["grounds"] = _("Choose at least one.")
    if not 4 <= len(words) <= MOST:
        wrong["words"] = _("Say in 4 to 1000 characters what is wrong.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
    return words


def open_objection(case_id: UUID) -> Recheck | None:
    """The objection of this case that nobody has settled yet."""
    return Recheck.objects.filter(case_id=case_id, kind=KIND, status__in=ALIVE).first()


def answer(actor: Actor, case_id: UUID, *, words: str) -> None:
    """Answer the other party's objection while it is open; the newest answer stands.

    Raises Invalid at `words`, NotFound without one, or for one's own.
    """
    told = reasons_of(words)
    with act(actor, "liability.answer_objection", case_id) as step:
        party, row = files.own_party(actor, case_id), open_objection(case_id)
        if row is None or row.party_id == party.pk:
            raise NotFound(_("There is nothing to answer."))
        if row.told.get("answers", {}).get(party.label) == told:
            step.already()
            return
        row.told = {**row.told, "answers": {**row.told.get("answers", {}), party.label: told}}
        row.save()
        step.record(ObjectionAnswered(recheck_id=str(row.pk), party_id=str(party.pk)))


def settle(actor: Actor, recheck_id: UUID, *, upheld: bool, words: str) -> Determination | None:
    """Say whether the objection is right, in writing; if so the case is decided anew by somebody else.

    Raises Invalid at `words`, NotFound for what this officer has not taken, WrongState for a case that went
    to another procedure meanwhile.
    """
    known, why = mine(actor, recheck_id, KIND), reasons_of(words)
    with act(actor, "liability.recheck", known.case_id) as step:
        recheck = mine(actor, recheck_id, KIND)
        row = recheck.determination
        finish(recheck, "upheld" if upheld else "rejected", words=why)
        new = None
        if upheld:
            insist_reopenable(row)
            new = order_anew(row)
        step.record(
            ObjectionSettled(
                recheck_id=str(recheck.pk),
                determination_id=str(row.pk),
                upheld=upheld,
                new_id=str(new.pk) if new else "",
            )
        )
    return new
