"""For whom a bundle is made: the police with everything, a party with the others masked (D146 Art. 65)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kuaichu.cases import files, shared_copies
from kuaichu.cases.models import Evidence, Party, Vehicle
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.objects import read
from kuaichu.people.masks import mask_id_tail, mask_name, mask_phone

OPEN_FACTS = ("cases.", "liability.", "documents.", "claims.", "dispatch.")
"""Kinds of facts whose payload a party may read: those of its own case."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the bundle: a party, or (None) staff who may read everything."""

    party: Party | None

    @classmethod
    def of(cls, actor: Actor, party: Party | None) -> Reader:
        """A party reads its own view, staff the whole."""
        return cls(party if actor.kind == "party" else None)

    @property
    def name(self) -> str:
        """As the manifest calls the view."""
        return f"party:{self.party.label}" if self.party is not None else "full"

    def is_own(self, other: Party) -> bool:
        """Whether nothing of this party needs masking."""
        return self.party is None or self.party.pk == other.pk

    def person(self, other: Party) -> dict[str, Any]:
        """A party as this reader may see it (masking table, column "other party")."""
        own = self.is_own(other)
        return {
            "label": other.label,
            "name": other.name if own else mask_name(other.name),
            "id_number": other.id_number if own else mask_id_tail(other.id_number),
            "phone": other.phone if own else mask_phone(other.phone),
            "statement": other.statement,
        }

    def vehicle(self, row: Vehicle) -> dict[str, Any]:
        """A vehicle: its plate was seen by everybody; the registers' answers are its own party's."""
        shown: dict[str, Any] = {"label": row.party.label, "kind": row.kind, "plate": row.plate}
        if self.is_own(row.party):
            shown |= {"register": row.record, "policies": row.policies}
        return shown

    def photograph(self, photo: Evidence) -> tuple[bytes | None, bool]:
        """Bytes, and whether they are the original; None for what this reader never sees."""
        if self.party is None or photo.party_id == self.party.pk:
            return read(photo.sha256), True
        if not shared_copies.may_see(photo, self.party):
            return None, False
        return shared_copies.shared_copy(photo, "large"), False

    def payload(self, kind: str, payload: dict[str, Any] | None) -> dict[str, Any] | None:
        """A fact's values; None for those of the police's own organisation: its hash stays."""
        open_to = self.party is None or kind.startswith(OPEN_FACTS)
        return payload if open_to else None


def people_of(reader: Reader, case_id: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The parties and vehicles of a case as this reader sees them."""
    parties = [reader.person(party) for party in files.parties(case_id)]
    return parties, [reader.vehicle(row) for row in files.vehicles(case_id).values()]
