"""Endings without liability: facts that cannot be established, cases not accepted, transfer to a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kuaichu.cases import files, outcome
from kuaichu.desks.liability.determinations import in_hand, insist_open
from kuaichu.desks.liability.models import Determination, Ending
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step, act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid
from kuaichu.people import signin
from kuaichu.people.models import Organisation

LEAST, MOST = 10, 4000
GROUNDS: Final[dict[str, Callable[[], str]]] = {
    "not_traffic": lambda: _("It is no road traffic accident."),
    "not_here": lambda: _("Another unit has jurisdiction."),
    "not_proven": lambda: _("Reported late; that it happened cannot be proven."),
    "decided": lambda: _("It has already been decided elsewhere."),
}
"""D146 Art. 18: what is no road traffic accident or not the unit's is not accepted, in writing."""


@dataclass(frozen=True)
class FactsCertified(Fact, name="liability.facts_certified"):
    """The facts cannot be established: a certificate of what could be found is made (D146 Art. 67)."""

    determination_id: str
    ending_id: str


@dataclass(frozen=True)
class NotAccepted(Fact, name="liability.not_accepted"):
    """The case is not accepted, with a written notice (D146 Art. 18)."""

    determination_id: str
    ending_id: str
    ground: str


@dataclass(frozen=True)
class Transferred(Fact, name="liability.transferred"):
    """Another unit of the city decides; its clock starts anew (D146 Art. 11)."""

    determination_id: str
    to: str


def certify_facts(
    actor: Actor, case_id: UUID, *, facts_found: str, reasons: str, factor_fresh: bool
) -> Ending:
    """Certify what was found where cause and liability cannot be established. It is never equal liability.

    Raises Invalid at `facts_found` or `reasons`, NotAllowed without a fresh second factor or qualification.
    """
    found, why = facts_found.strip(), reasons.strip()
    wrong = {}
    if not LEAST <= len(found) <= MOST:
        wrong["facts_found"] = _("Describe the facts found.")
    if not LEAST <= len(why) <= MOST:
        wrong["reasons"] = _("Say what cannot be established, and why.")
    with act(actor, "liability.certify_facts", case_id) as step:
        row = _held(step, actor, case_id, wrong, factor_fresh=factor_fresh)
        ending = _end(row, actor, Ending.Kind.FACTS, facts_found=found, reasons=why)
        step.record(FactsCertified(determination_id=str(row.pk), ending_id=str(ending.pk)))
    return ending


def refuse(actor: Actor, case_id: UUID, *, ground: str, reasons: str, factor_fresh: bool) -> Ending:
    """Do not accept the case: one of GROUNDS, and written reasons, which the parties get as a sealed notice.

    Raises Invalid at `ground` or `reasons`, NotAllowed without a fresh second factor or qualification.
    """
    why, wrong = reasons.strip(), {}
    if ground not in GROUNDS:
        wrong["ground"] = _("Choose a reason.")
    if not LEAST <= len(why) <= MOST:
        wrong["reasons"] = _("Write the reasons in at least 10 characters.")
    with act(actor, "liability.refuse", case_id) as step:
        row = _held(step, actor, case_id, wrong, factor_fresh=factor_fresh)
        ending = _end(row, actor, Ending.Kind.NOT_ACCEPTED, ground=ground, reasons=why)
        step.record(NotAccepted(determination_id=str(row.pk), ending_id=str(ending.pk), ground=ground))
    return ending


def _held(
    step: Step, actor: Actor, case_id: UUID, wrong: dict[str, str], *, factor_fresh: bool
) -> Determination:
    row = in_hand(step, actor, case_id)
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
    step.insist(factor_fresh, _("Confirm with your second factor before signing."), code="second_factor")
    signin.insist_qualified(actor)
    insist_open(step, files.case(case_id))
    return row


def _end(row: Determination, actor: Actor, kind: str, **words: str) -> Ending:
    move(row, Determination.Status.ENDED)
    row.save()
    outcome.end_undecided(files.case(row.case_id), outcome=str(kind))
    return Ending.objects.create(
        case_id=row.case_id, determination=row, kind=kind, officer_id=UUID(actor.id), at=clock.now(), **words
    )


def transfer(actor: Actor, case_id: UUID, *, unit_id: UUID) -> None:
    """Give the case to another police unit of the city: only its officers are offered it from now on.

    Raises Invalid at `unit_id` for what is no such unit or the officer's own.
    """
    unit = units(actor).filter(pk=unit_id).first()
    if unit is None:
        text = _("Choose another unit of the traffic police.")
        raise Invalid(text, fields={"unit_id": text})
    with act(actor, "liability.transfer", case_id) as step:
        row = in_hand(step, actor, case_id)
        move(row, Determination.Status.WAITING)
        row.officer_id, row.taken_at, row.draft = None, None, {}
        row.unit_id, row.kept_for = unit.pk, None
        row.due_at = clock.now() + timedelta(minutes=rules(row.city).answer_minutes)
        row.save()
        step.record(Transferred(determination_id=str(row.pk), to=unit.code))


def units(actor: Actor) -> QuerySet[Organisation]:
    """The police units of the city to which this officer may transfer a case."""
    rows = Organisation.objects.filter(city=actor.city, kind=Organisation.Kind.POLICE, active=True)
    own = str(actor.organisation_id)
    return rows.exclude(pk=own).order_by("code")
