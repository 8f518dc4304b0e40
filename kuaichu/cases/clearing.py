"""Clear the road: whether the vehicles may be moved, that they were, and how long it took.

Once positions are photographed the parties must clear the road before anything else (法70, D146 19); who
blocks traffic is fined 200 yuan (D146 19¶3). What must be kept for the police stays: the gates say `keep`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, screening
from kuaichu.cases.gates import table
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.cases.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import NotFound, WrongState

LAW: Final = ("法70", "D146 19", "条60", "法68", "条86")
"""Clear at once, how, and the warning of others meanwhile."""
KEEP_LAW: Final = ("法70", "D146 13")
Advice = Literal["photograph", "clear", "keep", "cleared"]


@dataclass(frozen=True)
class Cleared(Fact, name="cases.cleared"):
    """The vehicles are off the road. `seconds` since the first tap."""

    party_id: str
    seconds: int


def advice(case: Case, parties: list[Party], vehicles: dict[str, Vehicle], shots: set[str]) -> Advice:
    """What to do with the vehicles now, on the file as it stands; `shots` are those that arrived."""
    if case.cleared_at is not None:
        return "cleared"
    if keep_for(case, parties, vehicles):
        return "keep"
    return "clear" if case.sealed_at or set(rules(case.city).shots) <= shots else "photograph"


def keep_for(case: Case, parties: list[Party], vehicles: dict[str, Vehicle]) -> list[str]:
    """The codes of the gates for which everything must stay as it is until the police have come."""
    keeping = {gate.code for gate in table().gate if gate.scene == "keep"}
    if not case.triage and not case.injury:
        return []
    hits = screening.assess(case, parties, vehicles).hits
    return [hit.gate.code for hit in hits if hit.gate.code in keeping]


def clear(actor: Actor, case_id: UUID) -> Case:
    """Say that the vehicles are off the road, once: a party, or the officer at the scene.

    Raises NotFound for another city's case, WrongState for one that was taken back.
    """
    with act(actor, "cases.clear", case_id) as step:
        case = files.case(case_id)
        if actor.kind == "party":
            files.own_party(actor, case_id)
        step.insist(
            case.city == actor.city, _("There is no such case, or it is not yours."), otherwise=NotFound
        )
        step.insist(
            case.status != Case.Status.WITHDRAWN, _("This case is no longer open."), otherwise=WrongState
        )
        if case.cleared_at is not None:
            step.already()
            return case
        case.cleared_at = clock.now()
        case.save(update_fields=["cleared_at"])
        seconds = int((case.cleared_at - (case.tapped_at or case.opened_at)).total_seconds())
        step.record(Cleared(party_id=str(actor.party_id or ""), seconds=seconds))
    return case
