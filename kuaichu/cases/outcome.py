"""How a case ends: decided and closed, or handed over with the file intact."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, WrongState

SUMMARY = "SUMMARY"
"""The procedure of a case that an officer has taken up at the scene."""
FAST = "GENERAL_FAST"
"""The procedure of an injury case whose fast handling the head of the unit has approved (D146 Art. 69)."""
ON_SITE = "police_on_site"
HANDED_TO = ("general", ON_SITE, "criminal")
OTHER_UNIT = "other_unit"
"""Outside the city: only with the file and a receipt (`desks/liability/bench/removals.py`)."""


@dataclass(frozen=True)
class Decided(Fact, name="cases.decided"):
    """Liability is settled, by agreement or by an officer."""

    procedure: str
    basis_id: str


@dataclass(frozen=True)
class HandedOver(Fact, name="cases.handed_over"):
    """The case left the quick procedures; the file goes with it."""

    to: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Closed(Fact, name="cases.closed"):
    """Everything due has been done."""

    outcome: str


@dataclass(frozen=True)
class Rated(Fact, name="cases.rated"):
    """A party said how it went."""

    party_id: str
    score: int


def decide(actor: Actor, case_id: UUID, *, procedure: str, basis_id: UUID) -> None:
    """Note that liability is settled by the agreement or determination `basis_id`."""
    with act(actor, "cases.decide", case_id) as step:
        case = files.case(case_id)
        if case.status in (Case.Status.DECIDED, Case.Status.CLOSED):
            step.already()
            return
        move(case, Case.Status.DECIDED)
        case.procedure = procedure
        case.save()
        step.record(Decided(procedure=procedure, basis_id=str(basis_id)))


def hand_over(actor: Actor, case_id: UUID, *, to: str, reasons: tuple[str, ...]) -> None:
    """What the gates exclude goes to the general procedure, an officer on site or the criminal police.

    Only the system may; an officer hands over what he holds (`desks.liability.requests.hand_over`).
    `reasons` are gate codes; raises Invalid for an unknown receiver.
    """
    insist_receiver(to)
    with act(actor, "cases.hand_over", case_id) as step:
        leave(step, case_id, to=to, reasons=reasons)


def insist_receiver(to: str) -> None:
    """Refuse (Invalid at field `to`) whom no case can be handed to."""
    if to not in HANDED_TO:
        raise Invalid(_("Choose to whom the case goes."), fields={"to": _("Choose one.")})


def leave(step: Step, case_id: UUID, *, to: str, reasons: tuple[str, ...]) -> None:
    """Let the case leave the quick procedures (inside an act that may do so); once.

    From the officer on site it may go further, to the general procedure or the criminal police.
    """
    case = files.case(case_id)
    if case.status == Case.Status.HANDED_OVER and (case.outcome != ON_SITE or to == ON_SITE):
        step.already()
        return
    if case.status != Case.Status.HANDED_OVER:
        move(case, Case.Status.HANDED_OVER)
    case.outcome = to
    case.save()
    step.record(HandedOver(to=to, reasons=reasons))


def take_up(case: Case) -> None:
    """An officer at the scene decides by the summary procedure (inside an act that may do so).

    Raises WrongState for a case that has ended, is decided, or went to another procedure.
    """
    if case.status == Case.Status.HANDED_OVER and case.outcome != ON_SITE:
        raise WrongState(_("This case is in another procedure."))
    if case.status != Case.Status.READY:
        move(case, Case.Status.READY)
    case.procedure, case.outcome = SUMMARY, ""
    case.save()


def take_up_fast(case: Case) -> None:
    """An injury case of the general procedure is decided fast (D146 Art. 69); inside an act."""
    move(case, Case.Status.READY)
    case.procedure, case.outcome = FAST, ""
    case.save()


def end_undecided(case: Case, *, outcome: str) -> None:
    """Close a case whose officer ended it without liability (inside an act that may do so)."""
    move(case, Case.Status.CLOSED)
    case.outcome, case.closed_at = outcome, clock.now()
    case.save()


def open_anew(case: Case) -> None:
    """A settled case is to be decided anew (inside an act that may do so): D146 Art. 77, 79."""
    move(case, Case.Status.READY)
    case.outcome, case.closed_at = "", None
    case.save()


def close(actor: Actor, case_id: UUID, *, outcome: str) -> None:
    """Close a decided case."""
    with act(actor, "cases.close", case_id) as step:
        case = files.case(case_id)
        if case.status == Case.Status.CLOSED:
            step.already()
            return
        move(case, Case.Status.CLOSED)
        case.outcome, case.closed_at = outcome, clock.now()
        case.save()
        step.record(Closed(outcome=outcome))


def rate(actor: Actor, case_id: UUID, *, score: int, words: str = "") -> None:
    """Say how it went: 1 (bad) to 5 (good), with optional words; once."""
    if not 1 <= score <= 5:
        raise Invalid(_("Choose one to five stars."), fields={"score": _("Choose one to five stars.")})
    if len(words) > 500:
        raise Invalid(_("Please use at most 500 characters."), fields={"words": _("At most 500 characters.")})
    with act(actor, "cases.rate", case_id) as step:
        party = files.own_party(actor, case_id)
        words = files.clean(words)
        if party.rating is not None and (party.rating["score"], party.rating["words"]) == (score, words):
            step.already()
            return
        if party.rating is not None:
            raise WrongState(_("You have already answered. Thank you."), code="rated")
        party.rating = {"score": score, "words": words, "at": clock.now().isoformat()}
        party.save()
        step.record(Rated(party_id=str(party.pk), score=score))
