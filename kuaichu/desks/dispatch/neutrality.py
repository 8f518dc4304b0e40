"""Conflicts of interest by data: who is recused, and what is only flagged for everybody to see.

A specialist may help in a case whose party his employer insures: he must stop on sight, whoever's customers
they are. But it is flagged, and who attended the scene never assesses the damage (`claims/filings.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Vehicle
from kuaichu.people import signin

OWN_INSURER: Final = "own_insurer"
"""The helper's employer insures the vehicle of a party."""


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


def recused(account_id: UUID, case_id: UUID) -> bool:
    """Whether the account belongs to a party of this case (D146 Art. 105)."""
    numbers = [party.id_number for party in files.parties(case_id) if party.id_number]
    return signin.conflicted(account_id, numbers)
