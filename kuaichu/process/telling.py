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
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.notify import messages, words
from kuaichu.kernel import clock
from kuaichu.kernel.prepared import find
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process.calling import each
from kuaichu.queries.claim_words import insurer_names
from kuaichu.queries.fact_words import handed_to


def tell_parties(
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


def link_of(event: Event, party: Party) -> str:
    """The party's link in this message: the same one when the message has to be sent again."""
    return phones.make_link(party, seed=str(event.id))


def number_of(event: Event) -> str:
    """The number of the case."""
    assert event.case_id is not None
    return files.case(event.case_id).number


def _party(event: Event) -> Party:
    assert event.case_id is not None
    return files.party(event.case_id, UUID(event.fact.party_id))


def parties_of(event: Event) -> list[Party]:
    """The parties of the case."""
    assert event.case_id is not None
    return files.parties(event.case_id)


def send_report_link(event: Event) -> None:
    """110 took a call: the caller gets the link."""
    tell_parties(
        event, [_party(event)], "report_link", lambda p: words.report_link(link_of(event, p)), keep=False
    )


def send_join_link(event: Event) -> None:
    """The other party gets its link."""
    number = number_of(event)
    tell_parties(
        event, [_party(event)], "join_link", lambda p: words.join_link(number, link_of(event, p)), keep=False
    )


def send_link_again(event: Event) -> None:
    """A party lost its way back: its link once more."""
    number = number_of(event)
    told = partial(_own_link, event, number)
    tell_parties(event, [_party(event)], "own_link", told, keep=False)


def _own_link(event: Event, number: str, party: Party) -> str:
    return words.own_link(number, link_of(event, party))


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
    number, party_id = number_of(event), event.fact.party_id
    had_read = [p for p in parties_of(event) if p.status == Party.Status.CONFIRMED and str(p.pk) != party_id]
    tell_parties(event, had_read, "changed", lambda p: words.changed(number, link_of(event, p)), keep=False)


def say_handed_over(event: Event) -> None:
    """Both parties hear that the police continue."""
    number, to = number_of(event), event.fact.to
    tell_parties(event, parties_of(event), "handed_over", lambda _: words.handed_over(number, handed_to(to)))


def say_declined(event: Event) -> None:
    """The others hear that the agreement was not signed."""
    number = number_of(event)
    others = [p for p in parties_of(event) if str(p.pk) != event.fact.party_id]
    tell_parties(event, others, "declined", lambda _: words.declined(number))


def send_paper(event: Event) -> None:
    """Every party whom the paper is for gets it."""
    fact = event.fact
    paper = Paper.objects.defer("facts").get(pk=fact.paper_id)
    tell_parties(
        event,
        [party for party in parties_of(event) if paper.read_by(party.label)],
        "paper",
        lambda p: words.certificate(fact.kind, fact.number, fact.code, link_of(event, p)),
        keep=False,
    )


def _recipients(event: Event) -> list[Party]:
    """The party the money of this fact goes to."""
    return [p for p in parties_of(event) if p.label == event.fact.to]


def say_paid(event: Event) -> None:
    """The recipient hears of the money."""
    number, fen = number_of(event), event.fact.fen
    tell_parties(event, _recipients(event), "paid", lambda _: words.paid(number, fen))


def ask_other_account(event: Event) -> None:
    """The recipient is asked for another account."""
    number, to = number_of(event), _recipients(event)
    tell_parties(event, to, "account", lambda p: words.other_account(number, link_of(event, p)), keep=False)


def remind_payees(event: Event) -> None:
    """Recipients who have not said where their money shall go are reminded."""
    number = number_of(event)
    assert event.case_id is not None
    payouts = find(Payout, case_id=event.case_id)
    labels = {one.to_label for one in payouts if one.status == Payout.Status.ORDERED}
    silent = [party for party in parties_of(event) if party.label in labels and party.payee is None]
    tell_parties(event, silent, "payee", lambda p: words.name_account(number, link_of(event, p)), keep=False)


def ask_how_it_went(event: Event) -> None:
    """Both sides are asked, the at-fault one too."""
    number, all_of_them = number_of(event), parties_of(event)
    tell_parties(
        event, all_of_them, "rating", lambda p: words.how_it_went(number, link_of(event, p)), keep=False
    )


def say_late(event: Event, stage: str, insurer: str) -> None:
    """All parties hear that an insurer has let its time pass."""
    number = number_of(event)
    tell_parties(
        event, parties_of(event), f"late_{stage}:{insurer[:20]}", lambda _: words.late(number, insurer, stage)
    )


def say_delayed(event: Event) -> None:
    """All parties hear why it takes longer, and until when."""
    fact, number = event.fact, number_of(event)
    name = insurer_names([fact.insurer])[fact.insurer]
    until = f"{datetime.fromisoformat(fact.until).astimezone(clock.CHINA):%Y-%m-%d %H:%M}"
    tell_parties(
        event,
        parties_of(event),
        "delayed",
        lambda _: words.delayed(number, name, REASONS[fact.reason](), until),
    )


def say_injury(event: Event) -> None:
    """All parties hear that an injury was reported; not whose or what."""
    number = number_of(event)
    tell_parties(
        event, parties_of(event), "injury", lambda p: words.injury(number, link_of(event, p)), keep=False
    )


def say_rights_answered(event: Event) -> None:
    """Who asked about its data hears of the answer."""
    number, party = number_of(event), _party(event)
    if event.fact.kind == "delete" and event.fact.granted:
        tell_parties(event, [party], "erased", lambda _: words.erased(number), keep=False)
        return
    tell_parties(
        event, [party], "rights", lambda p: words.rights_answered(number, link_of(event, p)), keep=False
    )
