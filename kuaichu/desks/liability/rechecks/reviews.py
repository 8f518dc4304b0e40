"""Review (复核, D146 Art. 71-80): by the next higher unit, once, applied for within three working days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.liability.bench.issuing import open_recheck
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks.objections import GROUNDS
from kuaichu.desks.liability.rechecks.taking import ALIVE
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.kernel.workdays import Deadline, reckon
from kuaichu.people.models import Account, Organisation

KIND = Recheck.Kind.REVIEW
APPLY_DAYS: Final = 3
"""Working days from service (D146 Art. 71, 112(5))."""
DECIDE_DAYS: Final = 30
"""Calendar days from acceptance, which is the day of receipt (Art. 73, 74)."""
MOST = 2000


@dataclass(frozen=True)
class ReviewAsked(Fact, name="liability.review_asked"):
    """A party applied for review; `late` when the three working days were over."""

    recheck_id: str
    party_id: str
    late: bool


@dataclass(frozen=True)
class ReviewWithdrawn(Fact, name="liability.review_withdrawn"):
    """The party took its application back: the review ends (D146 76)."""

    recheck_id: str
    party_id: str


class Application(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What D146 71 demands: the request, its reasons, the main evidence; grounds as in objections."""

    request: str
    grounds: Sequence[str]
    words: str
    evidence: str = ""


def served_at(row: Determination, label: str) -> datetime:
    """When the determination was served on this party: its own receipt, else when it was signed and sent.

    Electronic service counts when it was sent successfully (D157 Art. 56 by analogy); the own receipt is the
    later date and so the one that favours the party.
    """
    receipt = (row.served or {}).get(label)
    assert row.signed_at is not None, "only what is signed is served"
    return datetime.fromisoformat(receipt) if receipt else row.signed_at


def apply_until(row: Determination, label: str) -> Deadline:
    """Until when this party may apply."""
    return reckon(served_at(row, label), working_days=APPLY_DAYS)


def apply(actor: Actor, case_id: UUID, application: Application) -> Recheck:
    """Apply for review. Every application is received; who is late, or second, gets a written refusal of it.

    Raises Invalid at `request`, `grounds` or `words`, WrongState without a determination or while an earlier
    application is open.
    """
    told = _checked(application)
    with act(actor, "liability.ask_review", case_id) as step:
        party, row = files.own_party(actor, case_id), alive_determination(case_id)
        step.insist(
            row is not None and row.status == Determination.Status.SIGNED,
            _("There is no determination that could be reviewed."),
            otherwise=WrongState,
        )
        assert row is not None
        own = (
            Recheck.objects.filter(case_id=case_id, kind=KIND, party=party).order_by("-requested_at").first()
        )
        if own is not None and own.told == told:
            step.already()
            return own
        step.insist(
            not Recheck.objects.filter(case_id=case_id, kind=KIND, status__in=ALIVE).exists(),
            _("A review is open already. The higher unit hears you there."),
            otherwise=WrongState,
            code="review_open",
        )
        now, late = clock.now(), clock.now() > apply_until(row, party.label).at
        due = reckon(now, calendar_days=DECIDE_DAYS).at
        recheck = open_recheck(
            row, KIND, now, due, told=told, party=party, late=late, unit_id=_higher_unit(row)
        )
        step.record(ReviewAsked(recheck_id=str(recheck.pk), party_id=str(party.pk), late=late))
    return recheck


def _checked(application: Application) -> dict[str, object]:
    request, words = files.clean(application.request), files.clean(application.words)
    wrong = {}
    if not 4 <= len(request) <= 500:
        wrong["request"] = _("Say in 4 to 500 characters what you ask for.")
    if not application.grounds or not set(application.grounds) <= set(GROUNDS):
        wrong["grounds"] = _("Choose at least one.")
    if not 4 <= len(words) <= MOST:
        wrong["words"] = _("Write the reasons in 4 to 2000 characters.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
    evidence = files.clean(application.evidence)[:1000]
    return {"request": request, "grounds": list(application.grounds), "words": words, "evidence": evidence}


def _higher_unit(row: Determination) -> UUID | None:
    """The next higher unit of who ruled; None while the city has named none (then any review officer)."""
    ruled = Account.objects.select_related("organisation__parent").filter(pk=str(row.officer_id)).first()
    unit = ruled.organisation if ruled else None
    parent = unit.parent if unit else None
    return parent.pk if parent is not None and parent.kind == Organisation.Kind.POLICE else None


def take_back(actor: Actor, case_id: UUID) -> None:
    """Take one's application back; the review ends, and there is no second one. NotFound without one."""
    with act(actor, "liability.ask_review", case_id) as step:
        party = files.own_party(actor, case_id)
        row = Recheck.objects.filter(case_id=case_id, kind=KIND, party=party, status__in=ALIVE).first()
        if row is None:
            raise NotFound(_("You have no open application."))
        move(row, Recheck.Status.ENDED)
        row.outcome, row.done_at = "terminated", clock.now()
        row.save()
        step.record(ReviewWithdrawn(recheck_id=str(row.pk), party_id=str(party.pk)))


def refusable(row: Recheck) -> str:
    """Why this application must not be accepted: `late`, `second`, or empty when it must be."""
    if row.late:
        return "late"
    before = Recheck.objects.filter(case_id=row.case_id, kind=KIND, requested_at__lt=row.requested_at)
    return "second" if before.exclude(outcome__in=("", "not_accepted")).exists() else ""
