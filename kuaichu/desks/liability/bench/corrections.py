"""Clerical errors: a slip of the pen in a certificate is put right by a new version of it.

Grades, shares and cited rules are no slips of the pen: they change only by a new determination.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.liability.bench import slips
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Correction, Determination
from kuaichu.desks.liability.rechecks.taking import reasons_of
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people import signin

TEXTS: Final[dict[str, int]] = {"place": 200, "facts_found": 4000, "reasons": 4000}
"""What may be put right, with its most characters; beside these `name.A` … the name of a party (60)."""
MOST_NAME = 60


@dataclass(frozen=True)
class Corrected(Fact, name="liability.corrected"):
    """A slip in a certificate was put right; the new version goes to everybody who had the old one."""

    determination_id: str
    correction_id: str
    fields: tuple[str, ...]


def correct(
    actor: Actor, case_id: UUID, *, changes: Mapping[str, str], why: str, factor_fresh: bool
) -> Correction:
    """Put slips right: the right words by field. The officer who signed does it, and signs again.

    Raises Invalid at the field, NotFound for somebody else's ruling, NotAllowed without a second
    factor proven just now.
    """
    told = reasons_of(why, "why")[:200]
    with act(actor, "liability.correct", case_id) as step:
        row = alive_determination(case_id)
        if row is None or row.status != Determination.Status.SIGNED or str(row.officer_id) != actor.id:
            raise NotFound(_("This is no ruling of yours."))
        step.insist(factor_fresh, _("Confirm with your second factor before signing."), code="second_factor")
        signin.insist_qualified(actor)
        before = standing(row)
        right = _right(changes, before)
        newest = Correction.objects.filter(determination=row).order_by("-version").first()
        correction = Correction.objects.create(
            case_id=case_id, determination=row, version=newest.version + 1 if newest else 1,
            changes={**(newest.changes if newest else {}), **right}, why=told, officer_id=UUID(actor.id),
            at=clock.now(),
        )  # fmt: skip
        slips.put_right(row)
        step.record(
            Corrected(
                determination_id=str(row.pk), correction_id=str(correction.pk), fields=tuple(sorted(right))
            )
        )
    return correction


def standing(row: Determination) -> dict[str, str]:
    """The words of the certificate as they stand now, by field: of the file, with earlier corrections."""
    case = files.case(row.case_id)
    own = {"place": case.place, "facts_found": row.facts_found, "reasons": row.reasons}
    own |= {f"name.{p.label}": p.name for p in files.parties(row.case_id)}
    return own | corrections_of(row)


def corrections_of(row: Determination) -> dict[str, str]:
    """The newest words of everything that was put right."""
    newest = Correction.objects.filter(determination=row).order_by("-version").first()
    return dict(newest.changes) if newest else {}


def _right(changes: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    given = {name: files.clean(text) for name, text in changes.items() if name in before}
    right = {name: text for name, text in given.items() if text != before[name]}
    wrong = {
        name: _("Between 1 and %(most)d characters.") % {"most": TEXTS.get(name, MOST_NAME)}
        for name, text in right.items()
        if not 1 <= len(text) <= TEXTS.get(name, MOST_NAME)
    }
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
    if not right:
        raise Invalid(_("Nothing was changed."), fields={"facts_found": _("Nothing was changed.")})
    return right
