"""A sound ruling is signed and issued, or waits for a second officer where city or case demand one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rules import rules
from kuaichu.desks.liability.rulings import Ruling, checked
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import Step
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.people import signin
from kuaichu.people.models import Qualification

Kind, Status = Recheck.Kind, Determination.Status


@dataclass(frozen=True)
class Signed(Fact, name="liability.signed"):
    """The officer determined liability and signed. `shares` are the civil ones; empty while open.

    `second_id` is the officer who confirmed it, where one had to.
    """

    determination_id: str
    officer_id: str
    grades: dict[str, str]
    shares: dict[str, str]
    citations: tuple[str, ...]
    followed_engine: bool
    clearing_shares: dict[str, str] = field(default_factory=dict)
    second_id: str = ""


@dataclass(frozen=True)
class Submitted(Fact, name="liability.submitted"):
    """A ruling is complete and waits for another officer: `kind` four_eyes or station."""

    determination_id: str
    recheck_id: str
    kind: str
    why: tuple[str, ...]


def fill(case: Case, row: Determination, ruling: Ruling) -> None:
    """Write a sound ruling into its row; raises Invalid naming each field that is not sound."""
    grades, settled = checked(case, ruling)
    row.grades, row.citations = grades, ruling.citations
    row.shares, row.clearing_shares, row.share_rule = settled.civil, settled.clearing, settled.rule
    row.facts_found, row.reasons = ruling.facts_found.strip(), ruling.reasons.strip()
    row.form = ruling.form
    row.draft = {**(row.draft or {}), "found": ruling.found}
    row.followed_engine = (row.proposal or {}).get("grades") == grades


def four_eyes(case: Case, row: Determination) -> tuple[str, ...]:
    """Why this filled ruling needs a second officer; empty when it does not.

    The city names the reasons in `[liability] four_eyes`: `all`, `departs` (from the engine's proposal),
    `abstained` (the engine had none), `injury`, `anew` (a ruling that replaces one), or a grade (`FULL`).
    What is no summary procedure always takes two officers (`general`, D146 Art. 27).
    """
    proposal = row.proposal or {}
    found = {
        "all": True,
        "departs": bool(proposal.get("grades")) and not row.followed_engine,
        "abstained": not proposal.get("grades"),
        "injury": case.injury not in ("", "none"),
        "anew": row.replaces_id is not None,
        **dict.fromkeys((row.grades or {}).values(), True),
    }
    demanded = tuple(one for one in rules(case.city).four_eyes if found.get(one))
    return demanded or (("general",) if row.grade else ())


def sign(step: Step, row: Determination, *, second: str = "") -> None:
    """Sign a filled ruling inside an act: from now on it counts."""
    move(row, Status.SIGNED)
    row.signed_at = clock.now()
    row.save()
    step.record(
        Signed(
            determination_id=str(row.pk),
            officer_id=str(row.officer_id),
            grades=dict(row.grades or {}),
            shares=dict(row.shares or {}),
            citations=tuple(row.citations),
            followed_engine=bool(row.followed_engine),
            clearing_shares=dict(row.clearing_shares),
            second_id=second,
        )
    )


def submit(step: Step, row: Determination, kind: str, why: tuple[str, ...]) -> Recheck:
    """Put a filled ruling before another officer, inside an act; nothing is issued until that one agrees."""
    step.insist(
        not row.grade or leads(str(row.officer_id), row.grade),
        _("An injury case is led by an officer of the junior grade or a higher one."),
        code="not_graded",
    )
    move(row, Status.CHECKED)
    row.save()
    now = clock.now()
    due = now + timedelta(minutes=rules(row.city).check_minutes)
    recheck = open_recheck(row, kind, now, due, told={"why": list(why)})
    step.record(Submitted(determination_id=str(row.pk), recheck_id=str(recheck.pk), kind=kind, why=why))
    return recheck


def open_recheck(
    row: Determination, kind: str, now: datetime, due: datetime, *, told: dict[str, Any], **more: Any
) -> Recheck:
    """A new second look at this determination."""
    return Recheck.objects.create(
        case_id=row.case_id, determination=row, city=row.city, kind=kind, requested_at=now, due_at=due,
        told=told, **more,
    )  # fmt: skip


def keep_for(row: Determination, officer_id: UUID | None) -> None:
    """Put a case back into the queue for the officer who had it: before all others, for a time."""
    move(row, Status.WAITING)
    row.officer_id, row.taken_at = None, None
    row.kept_for = officer_id
    row.kept_until = clock.now() + timedelta(minutes=rules(row.city).keep_minutes)


GRADES: Final = (
    Qualification.Kind.JUNIOR,
    Qualification.Kind.INTERMEDIATE,
    Qualification.Kind.SENIOR,
)


def leads(account_id: str, grade: str) -> bool:
    """Whether this officer holds the grade today, or a higher one (D146 Art. 5)."""
    enough = GRADES[GRADES.index(Qualification.Kind(grade)) :]
    return any(signin.qualified(account_id, clock.today(), kind) for kind in enough)


def suits(row: Determination, actor: Actor) -> bool:
    """Whether a waiting case may be offered to this officer at all.

    Not if the officer gave it back or ruled on it before, if it is kept for another officer's return, or if
    it was transferred to another unit, or demands a grade the officer does not hold.
    """
    if actor.id in row.shunned or (row.grade and not leads(actor.id, row.grade)):
        return False
    if row.unit_id is not None and row.unit_id != actor.organisation_id:
        return False
    kept = row.kept_for is not None and row.kept_until is not None and row.kept_until > clock.now()
    return not kept or str(row.kept_for) == actor.id
