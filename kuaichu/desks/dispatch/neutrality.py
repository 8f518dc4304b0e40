"""Conflicts of interest by data: who is recused, and what is only flagged for everybody to see.

A specialist may help in a case whose party his employer insures: he must stop on sight, whoever's customers
they are. But it is flagged, and who attended the scene never assesses the damage (`claims/filings.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from kuaichu.cases import files, impartiality
from kuaichu.cases.models import Vehicle
from kuaichu.kernel.actors import Actor
from kuaichu.people.interests import Kind

OWN_INSURER: Final = "own_insurer"
"""The helper's employer insures the vehicle of a party."""
FLAGGED_ONLY: Final = (Kind.INSURER,)


def insurers_of(vehicles: Iterable[Vehicle]) -> dict[str, set[str]]:
    """Which insurers each party's vehicle has, by label, as far as the registers have answered."""
    return {
        one.party.label: {str(policy["insurer"]) for policy in one.policies or [] if policy.get("insurer")}
        for one in vehicles
    }


def flagged(insurer: str, case_id: UUID) -> list[str]:
    """The labels of the parties whose vehicle this insurer insures; empty for who works for no insurer."""
    if not insurer:
        return []
    known = insurers_of(files.vehicles(case_id).values())
    return sorted(label for label, codes in known.items() if insurer in codes)


def recused(accounts: Collection[UUID], case_id: UUID) -> set[UUID]:
    """Which of these accounts must not help in the case (D146 Art. 105); a declared insurer is no bar."""
    return set(impartiality.conflicts(accounts, case_id, but=FLAGGED_ONLY))


def insist_impartial(actor: Actor, case_id: UUID) -> None:
    """Refuse who must not help in the case. Raises NotAllowed."""
    impartiality.insist_impartial(actor, case_id, but=FLAGGED_ONLY)
