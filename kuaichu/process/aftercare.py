"""After the papers: late injuries, promises that pass, rights that are used."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

from kuaichu.cases import erasure, files, outcome
from kuaichu.cases.models import Case
from kuaichu.desks.claims import holds
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.claims.rules import rules
from kuaichu.desks.notify import messages
from kuaichu.desks.oversight import rights
from kuaichu.desks.oversight.models import RightsRequest
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process import hooking, telling
from kuaichu.process.calling import each
from kuaichu.queries.promises import Promise, promises
from kuaichu.queries.retention import kept


def stop_the_money(event: Event) -> None:
    """An injury came to light: nothing more is paid until a person has looked."""
    assert event.case_id is not None
    holds.hold(system(event.city), event.case_id, "injury")


def reopen(event: Event) -> None:
    """A case with an injury goes to the general procedure; papers stay what they are."""
    assert event.case_id is not None
    if files.case(event.case_id).status != Case.Status.HANDED_OVER:
        outcome.hand_over(system(event.city), event.case_id, to="general", reasons=("INJURY_LATE",))


def accept_time(city: str) -> timedelta:
    """How long insurers have to accept a claim."""
    return timedelta(minutes=rules(city).acknowledge_minutes)


def assess_time(city: str) -> timedelta:
    """How long insurers have to assess."""
    return timedelta(minutes=rules(city).assess_minutes)


def look_at_accepting(event: Event) -> None:
    """The time to accept is over: who is late is told, and those who wait."""
    _look(event, "accept")


def look_at_assessing(event: Event) -> None:
    """The time to assess is over: who is late is told, and those who wait."""
    _look(event, "assess")


def _look(event: Event, stage: str) -> None:
    assert event.case_id is not None
    case = files.case(event.case_id)
    if case.status not in (Case.Status.DECIDED, Case.Status.CLOSED):
        return
    late = [p for p in promises(case) if p.stage == stage and p.state == "late"]
    each([partial(_say, event, promise) for promise in late])


def _say(event: Event, promise: Promise) -> None:
    assert promise.claim_id is not None
    claim = Claim.objects.get(pk=promise.claim_id)
    data = {"claim_id": str(claim.pk), "due_at": promise.due_at.isoformat(), "stage": promise.stage}
    each(
        [
            partial(hooking.tell, event, "claim.overdue", claim.insurer, data),
            partial(telling.say_late, event, promise.stage, promise.who),
        ]
    )


def grant_what_nothing_hinders(event: Event) -> None:
    """A report that was taken back may be deleted at once: granting is no refusal, so the machine may."""
    assert event.case_id is not None
    if kept(files.case(event.case_id)).until is None:
        rights.grant_erasure(system(event.city), UUID(event.fact.request_id))


def carry_out(event: Event) -> None:
    """Who asked hears the answer; a granted deletion then blanks the party's rows and its messages' texts."""
    assert event.case_id is not None
    telling.say_rights_answered(event)
    if not (event.fact.kind == "delete" and event.fact.granted):
        return
    party = RightsRequest.objects.select_related("party").get(pk=UUID(event.fact.request_id)).party
    messages.forget(event.case_id, party.label)
    erasure.erase(system(event.city), event.case_id, party.pk)
