"""How a review ends: not accepted, or concluded by two officers of the higher unit (D146 Art. 72-78)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks.anew import insist_reopenable, order_anew
from kuaichu.desks.liability.rechecks.reviews import KIND, refusable
from kuaichu.desks.liability.rechecks.taking import finish, insist_other, mine, reasons_of
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState

OUTCOMES: Final = ("upheld", "upheld_corrected", "redetermine")
"""D146 76: uphold; uphold after putting a harmless flaw right. D146 77: investigate and determine anew."""


@dataclass(frozen=True)
class ReviewNotAccepted(Fact, name="liability.review_not_accepted"):
    """An application was not accepted, and why (late or second); the party gets a written notice."""

    recheck_id: str
    determination_id: str
    why: str


@dataclass(frozen=True)
class ReviewProposed(Fact, name="liability.review_proposed"):
    """One officer of the higher unit proposes a conclusion; another must agree (D146 74: two at least)."""

    recheck_id: str
    outcome: str


@dataclass(frozen=True)
class ReviewSentBack(Fact, name="liability.review_sent_back"):
    """The second reviewing officer does not agree; the first looks again."""

    recheck_id: str


@dataclass(frozen=True)
class ReviewConcluded(Fact, name="liability.review_concluded"):
    """Two officers of the higher unit concluded the review; `new_id` is the determination to be made anew."""

    recheck_id: str
    determination_id: str
    outcome: str
    new_id: str = ""


def not_accept(actor: Actor, recheck_id: UUID, *, words: str) -> None:
    """Refuse an application that is late or a second one; any other must be accepted (WrongState)."""
    known, told = mine(actor, recheck_id, KIND), reasons_of(words)
    with act(actor, "liability.review", known.case_id) as step:
        recheck = mine(actor, recheck_id, KIND)
        why = refusable(recheck)
        step.insist(
            why,
            _("It came in time and is the first: it must be accepted."),
            otherwise=WrongState,
            code="in_time",
        )
        finish(recheck, "not_accepted", why=why, words=told)
        step.record(
            ReviewNotAccepted(
                recheck_id=str(recheck.pk), determination_id=str(recheck.determination_id), why=why
            )
        )


def propose(actor: Actor, recheck_id: UUID, *, outcome: str, words: str) -> None:
    """Propose a conclusion, with reasons; the second officer sees both.

    Raises Invalid at `outcome` or `words`, WrongState for an application that must not be accepted.
    """
    if outcome not in OUTCOMES:
        raise Invalid(_("Choose an outcome."), fields={"outcome": _("Choose an outcome.")})
    known, told = mine(actor, recheck_id, KIND), reasons_of(words)
    with act(actor, "liability.review", known.case_id) as step:
        recheck = mine(actor, recheck_id, KIND)
        step.insist(
            not refusable(recheck),
            _("This application is late or a second one: it cannot be accepted."),
            otherwise=WrongState,
            code="refusable",
        )
        move(recheck, Recheck.Status.PROPOSED)
        recheck.answer = {"outcome": outcome, "words": told, "by": actor.id, "at": clock.now().isoformat()}
        recheck.save()
        step.record(ReviewProposed(recheck_id=str(recheck.pk), outcome=outcome))


def conclude(actor: Actor, recheck_id: UUID, *, agree: bool, words: str = "") -> Determination | None:
    """Agree with the proposed conclusion, or send it back with reasons; the new determination where one is
    ordered. Raises NotFound for what is not proposed, NotAllowed for who proposed it.
    """
    known = _proposed(actor, recheck_id)
    told = "" if agree else reasons_of(words)
    with act(actor, "liability.review", known.case_id) as step:
        recheck = _proposed(actor, recheck_id)
        insist_other(step, actor, recheck)
        step.insist(
            str(recheck.officer_id) != actor.id, _("A second officer must agree."), code="own_conclusion"
        )
        if not agree:
            move(recheck, Recheck.Status.TAKEN)
            recheck.answer = {**recheck.answer, "sent_back": told}
            recheck.save()
            step.record(ReviewSentBack(recheck_id=str(recheck.pk)))
            return None
        return _conclude(step, actor, recheck)


def _conclude(step: Step, actor: Actor, recheck: Recheck) -> Determination | None:
    outcome, row = str(recheck.answer["outcome"]), recheck.determination
    recheck.second_id = UUID(actor.id)
    finish(recheck, outcome)
    new = None
    if outcome == "redetermine":
        insist_reopenable(row)
        new = order_anew(row)
    step.record(
        ReviewConcluded(
            recheck_id=str(recheck.pk),
            determination_id=str(row.pk),
            outcome=outcome,
            new_id=str(new.pk) if new else "",
        )
    )
    return new


def _proposed(actor: Actor, recheck_id: UUID) -> Recheck:
    rows = Recheck.objects.select_related("determination").filter(
        pk=recheck_id, city=actor.city, kind=KIND, status=Recheck.Status.PROPOSED
    )
    row = rows.first()
    if row is None:
        raise NotFound(_("There is no such second look."))
    return row
