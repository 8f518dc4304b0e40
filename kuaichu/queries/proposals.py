"""The engine's proposal for a case, as plain values: what an officer and the parties are shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case, Party
from kuaichu.desks.liability.engine import Proposal, propose
from kuaichu.desks.liability.facts import AccidentFacts
from kuaichu.desks.liability.gathering import facts_of
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.reasons import explain
from kuaichu.queries.contradictions import contradictions_of


def proposal_for(case_id: UUID, officer_facts: dict[str, Any] | None = None) -> dict[str, Any]:
    """The engine's answer on the file as it stands: `kind` is proposal or abstention.

    `officer_facts` are answers an officer adds on top of what the parties said (`subject.key` to value).
    """
    case, parties, facts = _known(case_id, officer_facts)
    answer = propose(facts, pack_of(case.city), facts.on)
    plain: dict[str, Any] = dict(answer.to_json())
    plain["kind"] = "proposal" if isinstance(answer, Proposal) else "abstention"
    plain["contradictions"] = contradictions_of(facts, parties)
    return plain


def explanation_of(
    case_id: UUID, officer_facts: dict[str, Any] | None = None, *, full: bool = True
) -> dict[str, Any]:
    """What the proposal leaves unsaid: what would have changed it, what nearly applied, how sure it is.

    For a person who looks: it asks the engine again for each other answer, up to 60 times, a handful of times
    if not `full` (movements and contact zones are then taken as told).
    """
    case, _parties, facts = _known(case_id, officer_facts)
    return dict(explain(facts, pack_of(case.city), full=full).to_json())


def _known(case_id: UUID, officer_facts: dict[str, Any] | None) -> tuple[Case, list[Party], AccidentFacts]:
    case, parties = files.case(case_id), files.parties(case_id)
    return case, parties, facts_of(case, parties, files.vehicles(case_id), officer_facts)
