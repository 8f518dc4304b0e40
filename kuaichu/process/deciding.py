"""The parties' common wish leads to an agreement, an officer, or police on site; what stands is noted."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kuaichu.cases import files, outcome, screening
from kuaichu.cases.models import Case
from kuaichu.desks.liability import agreements, requests, wishes
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.queries.proposals import proposal_for


def go_the_joint_way(event: Event) -> None:
    """Propose an agreement, ask for an officer, or call police, as soon as all want the same."""
    assert event.case_id is not None
    case_id, actor = event.case_id, system(event.city)
    if files.case(case_id).status != Case.Status.READY or agreements.answered_since(case_id, event.at):
        return
    way = wishes.joint_way(case_id, len(files.parties(case_id)))
    if way == "agree":
        proposal = proposal_for(case_id)
        if proposal["kind"] == "proposal" and proposal["grades"]:
            agreements.propose(actor, case_id, proposal)
        else:
            agreements.not_proposed(actor, case_id, proposal)
    elif way == "officer":
        requests.request(actor, case_id)
    elif way == "police":
        screening.screen(actor, case_id, police_wanted=True)


def agreement_time(city: str) -> timedelta:
    """How long a proposed agreement waits for its signatures."""
    return timedelta(minutes=rules(city).agreement_minutes)


def lapse_agreement(event: Event) -> None:
    """An agreement that was not signed in time lapses."""
    assert event.case_id is not None
    agreements.lapse(system(event.city), event.case_id, UUID(event.fact.agreement_id))


def decide_by_agreement(event: Event) -> None:
    """A signed agreement settles liability (procedure SELF); nobody waits for an officer any more."""
    assert event.case_id is not None
    actor = system(event.city)
    outcome.decide(actor, event.case_id, procedure="SELF", basis_id=UUID(event.fact.agreement_id))
    requests.end(actor, event.case_id, why="agreed")


def decide_by_determination(event: Event) -> None:
    """An officer's determination settles liability: ONLINE, or as it was taken up (scene, fast)."""
    assert event.case_id is not None
    taken_up = files.case(event.case_id).procedure
    outcome.decide(
        system(event.city),
        event.case_id,
        procedure=taken_up if taken_up in (outcome.SUMMARY, outcome.FAST) else "ONLINE",
        basis_id=UUID(event.fact.determination_id),
    )


def end_determination(event: Event) -> None:
    """A case that left the quick procedures waits for no officer online any more."""
    assert event.case_id is not None
    requests.end(system(event.city), event.case_id, why=event.kind.partition(".")[2])
