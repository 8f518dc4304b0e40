"""What follows from what only the head of the unit decides: fast tracks, recusals."""

from __future__ import annotations

from functools import partial

from kuaichu.cases import files, outcome
from kuaichu.cases.models import Case
from kuaichu.desks.liability.approvals import fast_tracks
from kuaichu.desks.notify import words_bench
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process.benching.rejudging import others_of, with_link
from kuaichu.process.telling import number_of, parties_of, tell_parties


def say_fast_asked(event: Event) -> None:
    """The others hear that a party applied for fast handling and all must; or all have."""
    number, complete = number_of(event), event.fact.complete
    made = partial(with_link, event, lambda link: words_bench.fast_asked(number, link, complete=complete))
    tell_parties(event, parties_of(event) if complete else others_of(event), "fast_asked", made, keep=False)


def say_fast_ended(event: Event) -> None:
    """All hear that the general procedure goes on: the head did not approve, or a party took it back."""
    number, refused = number_of(event), event.kind == "liability.fast_refused"
    made = partial(with_link, event, lambda link: words_bench.fast_ended(number, link, refused=refused))
    tell_parties(event, parties_of(event), "fast_ended", made, keep=False)


def go_on_in_general(event: Event) -> None:
    """No fast handling: the general procedure goes on with everything that is in the file."""
    assert event.case_id is not None
    case = files.case(event.case_id)
    if case.status == Case.Status.READY and case.procedure == outcome.FAST:
        outcome.hand_over(system(event.city), event.case_id, to="general", reasons=(fast_tracks.ENDED,))


def say_recusal_asked(event: Event) -> None:
    """The others hear that a party applied that the officer steps aside."""
    number = number_of(event)
    made = partial(with_link, event, lambda link: words_bench.recusal_asked(number, link))
    tell_parties(event, others_of(event), "recusal_asked", made, keep=False)


def say_slip_answered(event: Event) -> None:
    """The parties hear that the officer found nothing to put right; the reasons stand on the page."""
    number = number_of(event)
    made = partial(with_link, event, lambda link: words_bench.slip_answered(number, link))
    tell_parties(event, parties_of(event), "slip_answered", made, keep=False)


def say_recusal_decided(event: Event) -> None:
    """All hear what the head decided; the reasons stand on the page (D146 Art. 105: notify the applicant)."""
    number, granted = number_of(event), event.fact.granted
    made = partial(with_link, event, lambda link: words_bench.recusal_decided(number, link, granted=granted))
    tell_parties(event, parties_of(event), "recusal_decided", made, keep=False)
