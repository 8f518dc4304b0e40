"""Who acts. An actor is made at the door (page, API, worker) and carries what it may do."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts: a party, a member of staff, a partner's system, the system.

    `grants` are the names of the verbs this actor may use; `case_id` binds a party to one case,
    `party_id` to its own part of it; `organisation_id` and `insurer` bind staff and partners.
    """

    kind: str
    id: str
    city: str
    grants: frozenset[str]
    organisation_id: UUID | None = None
    case_id: UUID | None = None
    party_id: UUID | None = None
    insurer: str = ""

    def may(self, verb: str) -> bool:
        """Whether this actor was granted `verb`."""
        return verb in self.grants
