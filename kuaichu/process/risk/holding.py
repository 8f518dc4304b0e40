"""While somebody looks the money waits, then it goes on; parties hear of each step."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from kuaichu.cases.models import Party
from kuaichu.desks.claims import holds
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.notify import words_risk
from kuaichu.desks.risk import inquiries
from kuaichu.desks.risk.models import Inquiry
from kuaichu.kernel import clock
from kuaichu.kernel.prepared import find, find_sure
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process.calling import each
from kuaichu.process.telling import link_of, number_of, parties_of, tell_parties


def hold(event: Event) -> None:
    """Claims of a case that somebody looks at are held, also those that come later."""
    assert event.case_id is not None
    if inquiries.going(event.case_id) is not None:
        holds.hold(system(event.city), event.case_id, holds.RISK)


def let_go(event: Event) -> None:
    """Nobody looks any more: the money goes on."""
    assert event.case_id is not None
    actor = system(event.city)
    each([partial(holds.let_go, actor, claim.pk) for claim in find(Claim, case_id=event.case_id)])


def say_opened(event: Event) -> None:
    """Parties hear that somebody looks, by when, and where they can answer."""
    number = number_of(event)
    row = find_sure(Inquiry, pk=UUID(event.fact.inquiry_id))
    until = f"{row.due_at.astimezone(clock.CHINA):%Y-%m-%d}"

    def made(party: Party) -> str:
        return words_risk.opened(number, until, link_of(event, party))

    tell_parties(event, parties_of(event), "risk_opened", made, keep=False)


def say_ended(event: Event) -> None:
    """Parties hear that it goes on."""
    number = number_of(event)
    tell_parties(event, parties_of(event), "risk_ended", lambda _: words_risk.ended(number))


def say_referred(event: Event) -> None:
    """Parties hear that it goes to investigation; reasons and where to turn are on their page."""
    number = number_of(event)

    def made(party: Party) -> str:
        return words_risk.referred(number, link_of(event, party))

    tell_parties(event, parties_of(event), "risk_referred", made, keep=False)
