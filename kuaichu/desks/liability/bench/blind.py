"""Two blind opinions: the officer decides before seeing the proposal; both are kept and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.liability.bench.lots import is_blind
from kuaichu.desks.liability.determinations import held_by
from kuaichu.desks.liability.models import Determination
from kuaichu.desks.liability.rechecks.samples import insist_grades, note_opinion
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import WrongState


@dataclass(frozen=True)
class Opined(Fact, name="liability.opined"):
    """An officer gave grades before seeing the engine's; `agrees` is None where the engine had none."""

    determination_id: str
    agrees: bool | None


def opine(actor: Actor, case_id: UUID, *, grades: Mapping[str, str], words: str = "") -> bool | None:
    """Give the own opinion; from then on the proposal is shown. Whether both agree, None without a proposal.

    Raises Invalid at `grades`, NotFound for a case that is not held, WrongState where nothing is hidden.
    """
    with act(actor, "liability.opine", case_id) as step:
        row = held_by(actor, case_id)
        step.insist(
            row.status == Determination.Status.TAKEN and is_blind(row),
            _("The proposal is shown already."),
            otherwise=WrongState,
        )
        insist_grades(case_id, grades)
        engine = dict((row.proposal or {}).get("grades") or {})
        note_opinion(row, "officer", grades, officer_id=UUID(actor.id), words=words.strip())
        note_opinion(row, "engine", engine, officer_id=None)
        agrees = engine == dict(grades) if engine else None
        step.record(Opined(determination_id=str(row.pk), agrees=agrees))
    return agrees
