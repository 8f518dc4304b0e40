"""Supervision by sample: a share of signed rulings is judged again by another officer who sees no ruling.

The lot is in `bench/lots.py`: nobody chooses, and no officer knows beforehand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.liability.bench.issuing import open_recheck
from kuaichu.desks.liability.bench.lots import drawn
from kuaichu.desks.liability.grades import Grade, valid_multiset
from kuaichu.desks.liability.models import Determination, Opinion, Recheck
from kuaichu.desks.liability.rechecks.taking import finish, mine, reasons_of
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid
from kuaichu.kernel.workdays import reckon

DAYS = 3


@dataclass(frozen=True)
class Sampled(Fact, name="liability.sampled"):
    """The lot fell on a ruling: another officer judges it again, unseen."""

    determination_id: str
    recheck_id: str


@dataclass(frozen=True)
class JudgedAgain(Fact, name="liability.judged_again"):
    """The second, blind opinion on a ruling; `agrees` when all grades are the same."""

    determination_id: str
    recheck_id: str
    agrees: bool


def draw(actor: Actor, determination_id: UUID) -> Recheck | None:
    """Let the lot decide whether this signed ruling is judged again; once, None when it is not."""
    row = Determination.objects.get(pk=determination_id)
    if not drawn(row.pk, rules(row.city).sample_percent, f"sample/{row.city}"):
        return None
    with act(actor, "liability.sample", row.case_id) as step:
        known = Recheck.objects.filter(determination=row, kind=Recheck.Kind.SAMPLE).first()
        if known is not None or row.status != Determination.Status.SIGNED:
            step.already()
            return known
        now = clock.now()
        recheck = open_recheck(row, Recheck.Kind.SAMPLE, now, reckon(now, working_days=DAYS).at, told={})
        step.record(Sampled(determination_id=str(row.pk), recheck_id=str(recheck.pk)))
    return recheck


def judge(actor: Actor, recheck_id: UUID, *, grades: Mapping[str, str], words: str) -> bool:
    """Give the second opinion, without having seen the first; whether both agree.

    Raises Invalid at `grades` or `words`, NotFound for what this officer has not taken.
    """
    known, why = mine(actor, recheck_id, Recheck.Kind.SAMPLE), reasons_of(words)
    insist_grades(known.case_id, grades)
    with act(actor, "liability.recheck", known.case_id) as step:
        recheck = mine(actor, recheck_id, Recheck.Kind.SAMPLE)
        row = recheck.determination
        agrees = dict(row.grades or {}) == dict(grades)
        note_opinion(row, "second", grades, officer_id=UUID(actor.id), words=why)
        finish(recheck, "agrees" if agrees else "differs", grades=dict(grades), words=why)
        step.record(JudgedAgain(determination_id=str(row.pk), recheck_id=str(recheck.pk), agrees=agrees))
    return agrees


def insist_grades(case_id: UUID, grades: Mapping[str, str]) -> None:
    """Refuse (Invalid at `grades`) what is not one grade for each party that can stand together."""
    labels = {p.label for p in files.parties(case_id)}
    if set(grades) != labels or not set(grades.values()) <= set(Grade):
        raise Invalid(
            _("Choose a grade for each party."), fields={"grades": _("Choose a grade for each party.")}
        )
    if not valid_multiset([Grade(g) for g in grades.values()]):
        text = _("These grades cannot stand together.")
        raise Invalid(text, fields={"grades": text})


def note_opinion(
    row: Determination, source: str, grades: Mapping[str, str], *, officer_id: UUID | None, words: str = ""
) -> None:
    """Keep an opinion inside an act; the first of each source stands."""
    Opinion.objects.get_or_create(
        determination=row, source=source,
        defaults={
            "case_id": row.case_id, "city": row.city, "officer_id": officer_id, "grades": dict(grades),
            "words": words[:1000], "at": clock.now(),
        },
    )  # fmt: skip
