"""Who hears what: facts become messages to parties and to insurers' systems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from kuaichu.cases import files, phones
from kuaichu.cases.models import Party
from kuaichu.cases.rules import rules as case_rules
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.notify import messages, words
from kuaichu.kernel.wirings import Event
from kuaichu.people.models import Organisation
from kuaichu.people.roles import system
from kuaichu.queries.fact_words import handed_to


def _tell(event: Event, party: Party, kind: str, make: Callable[[], str], *, keep: bool = True) -> None:
    """One SMS to a party that has a phone; made in its language, sent once per fact and party."""
    assert event.case_id is not None
    if not party.phone:
        return
    messages.text(
        system(event.city),
        event.case_id,
        key=f"{event.id}:{party.label}:{kind}",
        kind=kind,
        to=party.phone,
        receiver=party.label,
        words=words.in_language(party.language, make),
        keep=keep,
    )


def _number(event: Event) -> str:
    assert event.case_id is not None
    return files.case(event.case_id).number


def _party(event: Event) -> Party:
    assert event.case_id is not None
    return files.party(event.case_id, UUID(event.fact.party_id))


def _parties(event: Event) -> list[Party]:
    assert event.case_id is not None
    return files.parties(event.case_id)


def send_report_link(event: Event) -> None:
    """110 took a call: the caller gets the link."""
    party = _party(event)
    _tell(event, party, "report_link", lambda: words.report_link(phones.make_link(party)), keep=False)


def send_join_link(event: Event) -> None:
    """The other party gets its link."""
    party, number = _party(event), _number(event)
    _tell(event, party, "join_link", lambda: words.join_link(number, phones.make_link(party)), keep=False)


def send_code(event: Event) -> None:
    """A one-time code goes to the number that is to be proven."""
    assert event.case_id is not None
    row, digits = phones.mint_code(UUID(event.fact.code_id))
    minutes = case_rules(event.city).code_minutes
    messages.text(
        system(event.city),
        event.case_id,
        key=f"{event.id}:code",
        kind="code",
        to=row.phone,
        receiver=row.party.label,
        words=words.in_language(row.party.language, lambda: words.code(digits, minutes)),
        keep=False,
    )


def say_handed_over(event: Event) -> None:
    """Both parties hear that the police continue."""
    number, to = _number(event), event.fact.to
    for party in _parties(event):
        _tell(event, party, "handed_over", lambda: words.handed_over(number, handed_to(to)))


def say_declined(event: Event) -> None:
    """The others hear that the agreement was not signed."""
    number = _number(event)
    for party in _parties(event):
        if str(party.pk) != event.fact.party_id:
            _tell(event, party, "declined", lambda: words.declined(number))


def send_paper(event: Event) -> None:
    """Every party gets the paper."""
    fact = event.fact
    for party in _parties(event):
        _tell(
            event,
            party,
            "paper",
            lambda p=party: words.certificate(fact.kind, fact.number, fact.code, phones.make_link(p)),  # type: ignore[misc]
            keep=False,
        )


def say_paid(event: Event) -> None:
    """The recipient hears of the money."""
    number, fen = _number(event), event.fact.fen
    for party in _parties(event):
        if party.label == event.fact.to:
            _tell(event, party, "paid", lambda: words.paid(number, fen))


def ask_other_account(event: Event) -> None:
    """The recipient is asked for another account."""
    number = _number(event)
    for party in _parties(event):
        if party.label == event.fact.to:
            _tell(
                event,
                party,
                "account",
                lambda p=party: words.other_account(number, phones.make_link(p)),
                keep=False,
            )  # type: ignore[misc]


def ask_how_it_went(event: Event) -> None:
    """Both sides are asked, the at-fault one too."""
    number = _number(event)
    for party in _parties(event):
        _tell(
            event, party, "rating", lambda p=party: words.how_it_went(number, phones.make_link(p)), keep=False
        )  # type: ignore[misc]


def tell_insurers_registered(event: Event) -> None:
    """Each insurer's system hears of its claim."""
    for code, claim_id in event.fact.claims.items():
        _hook(event, "claim.registered", code, {"claim_id": claim_id})


def tell_insurers_calculated(event: Event) -> None:
    """Every insurer hears what was computed, and whether its approval is needed."""
    for claim in Claim.objects.filter(case_id=event.case_id):
        data = {
            "claim_id": str(claim.pk),
            "calculation_id": event.fact.calculation_id,
            "payable_fen": event.fact.by_insurer.get(claim.insurer, 0),
            "approval_needed": claim.insurer in event.fact.to_approve,
        }
        _hook(event, "claim.calculated", claim.insurer, data)


def tell_insurer_paid(event: Event) -> None:
    """The paying insurer hears of each payout."""
    fact = event.fact
    data = {"claim_id": fact.claim_id, "payout_id": fact.payout_id, "to": fact.to, "amount_fen": fact.fen}
    _hook(event, "claim.paid", fact.insurer, data)


def tell_insurers_paper_ended(event: Event) -> None:
    """Insurers hear that a paper they rely on is no longer valid."""
    kind = event.kind.replace("documents.", "paper.")
    for claim in Claim.objects.filter(case_id=event.case_id):
        data = {"claim_id": str(claim.pk), "paper_id": event.fact.paper_id, "number": event.fact.number}
        _hook(event, kind, claim.insurer, data)


def _hook(event: Event, kind: str, code: str, data: dict[str, Any]) -> None:
    assert event.case_id is not None
    receiver = Organisation.objects.filter(city=event.city, code=code, active=True).first()
    if receiver is None or not receiver.webhook_url:
        return
    body = {"type": kind, "timestamp": event.at.isoformat(), "data": {**data, "case_number": _number(event)}}
    messages.hook(
        system(event.city),
        event.case_id,
        key=f"{event.id}:{code}:{kind}",
        kind=kind,
        code=code,
        url=receiver.webhook_url,
        secret=receiver.webhook_secret,
        body=body,
    )
