"""Insurers' systems hear of their claims by webhook; each message once, until it is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from kuaichu.cases import files
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.notify import hooks, messages
from kuaichu.kernel.prepared import Prepared, find
from kuaichu.kernel.wirings import Event
from kuaichu.people.models import Organisation
from kuaichu.people.roles import system
from kuaichu.process.calling import each
from kuaichu.queries.claim_events import sequence_of, type_of


def _claims(event: Event) -> list[Claim]:
    assert event.case_id is not None
    return find(Claim, case_id=event.case_id)


def registered(event: Event) -> None:
    """Each insurer's system hears of its claim."""
    told = {code: {"claim_id": claim_id} for code, claim_id in event.fact.claims.items()}
    each([partial(tell, event, "claim.registered", code, data) for code, data in told.items()])


def calculated(event: Event) -> None:
    """Every insurer hears what was computed, and whether its approval is needed."""
    calls = []
    for claim in _claims(event):
        data = {
            "claim_id": str(claim.pk),
            "calculation_id": event.fact.calculation_id,
            "payable_fen": event.fact.by_insurer.get(claim.insurer, 0),
            "approval_needed": claim.insurer in event.fact.to_approve,
        }
        calls.append(partial(tell, event, "claim.calculated", claim.insurer, data))
    each(calls)


def paid(event: Event) -> None:
    """The paying insurer hears of each payout."""
    fact = event.fact
    data = {"claim_id": fact.claim_id, "payout_id": fact.payout_id, "to": fact.to, "amount_fen": fact.fen}
    tell(event, "claim.paid", fact.insurer, data)


def paper_ended(event: Event) -> None:
    """Insurers hear that a paper they rely on is no longer valid."""
    kind = event.kind.replace("documents.", "paper.")
    calls = []
    for claim in _claims(event):
        data = {"claim_id": str(claim.pk), "paper_id": event.fact.paper_id, "number": event.fact.number}
        calls.append(partial(tell, event, kind, claim.insurer, data))
    each(calls)


def held(event: Event) -> None:
    """Each insurer hears that its claim is held, and why; medical details are not told."""
    told = {
        code: {"claim_id": claim_id, "why": event.fact.why} for code, claim_id in event.fact.claims.items()
    }
    each([partial(tell, event, "claim.held", code, data) for code, data in told.items()])


_INSURER = Prepared(
    lambda city, code: Organisation.objects.filter(city=city, code=code, active=True), str, str
)


def tell(event: Event, kind: str, code: str, data: dict[str, Any]) -> None:
    """One insurer's system hears of something about its claim."""
    assert event.case_id is not None
    receiver = _INSURER.first(event.city, code)
    if receiver is None or not receiver.webhook_url:
        return
    case_id, reader = event.case_id, replace(system(event.city), insurer=code)

    def body() -> dict[str, Any]:
        told = {**data, "case_number": files.case(case_id).number}
        if type_of(event.kind) == kind:  # what the feed tells too: its id and number there
            told |= {"event_id": str(event.id), "sequence": sequence_of(reader, event.id)}
        return {"type": kind, "timestamp": event.at.isoformat(), "data": told}

    messages.hook(
        system(event.city),
        case_id,
        key=f"{event.id}:{code}:{kind}",
        kind=kind,
        code=code,
        url=receiver.webhook_url,
        secrets=hooks.secrets_of(receiver),
        body=body,
    )


def send_again(event: Event) -> None:
    """A receiver gets the messages of a span again, each under its own id."""
    fact = event.fact
    receiver = _INSURER.first(event.city, fact.receiver)
    if receiver is None or not receiver.webhook_url:
        return
    span = (datetime.fromisoformat(fact.since), datetime.fromisoformat(fact.before))
    secrets = hooks.secrets_of(receiver)
    for message in hooks.sent_between(event.city, fact.receiver, *span):
        messages.deliver(receiver.webhook_url, secrets, message.key, message.body)
