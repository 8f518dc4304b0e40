"""The engine's proposal for a case, as plain values: what an officer and the parties are shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.desks.liability.engine import Proposal, propose
from kuaichu.desks.liability.gathering import contradictions, facts_of
from kuaichu.desks.liability.packs import pack_of


def proposal_for(case_id: UUID, officer_facts: dict[str, Any] | None = None) -> dict[str, Any]:
    """The engine's answer on the file as it stands: `kind` is proposal or abstention.

    `officer_facts` are answers an officer adds on top of what the parties said (`subject.key` to value).
    """
    case = files.case(case_id)
    parties = files.parties(case_id)
    facts = facts_of(case, parties, files.vehicles(case_id), officer_facts)
    answer = propose(facts, pack_of(case.city), facts.on)
    plain: dict[str, Any] = dict(answer.to_json())
    plain["kind"] = "proposal" if isinstance(answer, Proposal) else "abstention"
    plain["contradictions"] = contradictions(parties)
    return plain
