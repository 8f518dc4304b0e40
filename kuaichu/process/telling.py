"""Who hears what: facts become messages to parties and to insurers' systems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from kuaichu.cases import files, phones
from kuaichu.cases.helping import reach
from kuaichu.cases.models import Party, PhoneCode
from kuaichu.cases.rules import rules as case_rules
from kuaichu.desks.claims.delays import REASONS
from kuaichu.desks.claims.models import Payout
from kuaichu.desks.notify import messages, words
from kuaichu.kernel import clock
from kuaichu.kernel.prepared import find
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process.calling import each
from kuaichu.queries.claim_words import insurer_names
from kuaichu.queries.fact_words import handed_to


def _tell(
    event: Event, parties: Iterable[Party], kind: str, make: Callable[[Party], str], *, keep: bool = True
) -> None:
    """One SMS to each of these parties that has a phone; in its language, once per fact and party."""
    each([partial(_text, event, party, kind, make, keep=keep) for party in parties if reach(party)])


def _text(event: Event, party: Party, kind: str, make: Callable[[Party], str], *, keep: bool) -> None:
    assert event.case_id is not None
    messages.text(
        system(event.city),
        event.case_id,
        key=f"{event.id}:{party.label}:{kind}",
        kind=kind,
        to=reach(party),
        receiver=party.label,
        words=words.in_language(party.language, lambda: make(party)),
        keep=keep,
    )


def _link(event: Event, party: Party) -> str:
    """The party's link in this message: the same one when the message has to be sent again."""
    return phones.make_link(party, seed=str(event.id))


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
    _tell(event, [_party(event)], "report_link", lambda p: words.report_link(_link(event, p)), keep=False)


def send_join_link(event: Event) -> None:
    """The other party gets its link."""
    number = _number(event)
    _tell(event, [_party(event)], "join_link", lambda p: words.join_link(number, _link(event, p)), keep=False)


def send_link_again(event: Event) -> None:
    """A party lost its way back: its link once more."""
    number = _number(event)
    told = partial(_own_link, event, number)
    _tell(event, [_party(event)], "own_link", told, keep=False)


def _own_link(event: Event, number: str, party: Party) -> str:
    return words.own_link(number, _link(event, party))


def send_code(event: Event) -> None:
    """A one-time code goes to the number that is to be proven."""
    assert event.case_id is not None
    row, digits = phones.mint_code(UUID(event.fact.code_id))
    if row.expires_at < clock.now() or row.used_at is not None:
        return  # the gateway was away for too long: a dead code only confuses
    minutes = case_rules(event.city).code_minutes
    messages.text(
        system(event.city),
        event.case_id,
        key=f"{event.id}:code",
        kind="code",
        to=row.phone,
        receiver=row.party.label,
        words=words.in_language(row.party.language, partial(_code_words, row, digits, minutes)),
        keep=False,
    )


def _code_words(row: PhoneCode, digits: str, minutes: int) -> str:
    """A code that signs says so, and for which accident."""
    if row.purpose == phones.SIGN:
        return words.signing_code(digits, row.party.case.number, minutes)
    return words.code(digits, minutes)


def say_changed(event: Event) -> None:
    """Those who had confirmed hear that somebody has changed what they had read before."""
    number, party_id = _number(event), event.fact.party_id
    had_read = [p for p in _parties(event) if p.status == Party.Status.CONFIRMED and str(p.pk) != party_id]
    _tell(event, had_read, "changed", lambda p: words.changed(number, _link(event, p)), keep=False)


def say_handed_over(event: Event) -> None:
    """Both parties hear that the police continue."""
    number, to = _number(event), event.fact.to
    _tell(event, _parties(event), "handed_over", lambda _: words.handed_over(number, handed_to(to)))


def say_declined(event: Event) -> None:
    """The others hear that the agreement was not signed."""
    number = _number(event)
    others = [p for p in _parties(event) if str(p.pk) != event.fact.party_id]
    _tell(event, others, "declined", lambda _: words.declined(number))


def send_paper(event: Event) -> None:
    """Every party gets the paper."""
    fact = event.fact
    _tell(
        event,
        _parties(event),
        "paper",
        lambda p: words.certificate(fact.kind, fact.number, fact.code, _link(event, p)),
        keep=False,
    )


def _recipients(event: Event) -> list[Party]:
    """The party the money of this fact goes to."""
    return [p for p in _parties(event) if p.label == event.fact.to]


def say_paid(event: Event) -> None:
    """The recipient hears of the money."""
    number, fen = _number(event), event.fact.fen
    _tell(event, _recipients(event), "paid", lambda _: words.paid(number, fen))


def ask_other_account(event: Event) -> None:
    """The recipient is asked for another account."""
    number, to = _number(event), _recipients(event)
    _tell(event, to, "account", lambda p: words.other_account(number, _link(event, p)), keep=False)


def remind_payees(event: Event) -> None:
    """Recipients who have not said where their money shall go are reminded."""
    number = _number(event)
    assert event.case_id is not None
    payouts = find(Payout, case_id=event.case_id)
    labels = {one.to_label for one in payouts if one.status == Payout.Status.ORDERED}
    silent = [party for party in _parties(event) if party.label in labels and party.payee is None]
    _tell(event, silent, "payee", lambda p: words.name_account(number, _link(event, p)), keep=False)


def ask_how_it_went(event: Event) -> None:
    """Both sides are asked, the at-fault one too."""
    number, all_of_them = _number(event), _parties(event)
    _tell(event, all_of_them, "rating", lambda p: words.how_it_went(number, _link(event, p)), keep=False)


def say_late(event: Event, stage: str, insurer: str) -> None:
    """All parties hear that an insurer has let its time pass."""
    number = _number(event)
    _tell(
        event, _parties(event), f"late_{stage}:{insurer[:20]}", lambda _: words.late(number, insurer, stage)
    )


def say_delayed(event: Event) -> None:
    """All parties hear why it takes longer, and until when."""
    fact, number = event.fact, _number(event)
    name = insurer_names([fact.insurer])[fact.insurer]
    until = f"{datetime.fromisoformat(fact.until).astimezone(clock.CHINA):%Y-%m-%d %H:%M}"
    _tell(
        event,
        _parties(event),
        "delayed",
        lambda _: words.delayed(number, name, REASONS[fact.reason](), until),
    )


def say_injury(event: Event) -> None:
    """All parties hear that an injury was reported; not whose or what."""
    number = _number(event)
    _tell(event, _parties(event), "injury", lambda p: words.injury(number, _link(event, p)), keep=False)


def say_rights_answered(event: Event) -> None:
    """Who asked about its data hears of the answer."""
    number, party = _number(event), _party(event)
    if event.fact.kind == "delete" and event.fact.granted:
        _tell(event, [party], "erased", lambda _: words.erased(number), keep=False)
        return
    _tell(event, [party], "rights", lambda p: words.rights_answered(number, _link(event, p)), keep=False)
