"""An accident is compared with earlier ones; what weighs enough is looked at by people."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.desks.risk import inquiries, signals, traces
from kuaichu.desks.risk.rules import rules
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.queries import losses
from kuaichu.queries.risk.observing import observed

OVER = (Case.Status.CLOSED, Case.Status.WITHDRAWN)


def compare(city: str, case_id: UUID) -> None:
    """Leave the traces of a filed accident and notice what it shares with others; again: only what is new.

    Of an accident that has ended only traces are left: there is nothing more to wait with.
    """
    case, actor = files.case(case_id), system(city)
    own = observed(case)
    traces.leave(actor, case_id, own.marks, at=own.at, insurers=losses.insurers_concerned(case_id))
    if case.status in OVER:
        return
    since = own.at - timedelta(days=rules(city).long_days)
    past = traces.earlier(city, case_id, own.marks, since)
    inquiries.notice(actor, case_id, signals.judge(own, past, rules(city)))


def look_again(event: Event) -> None:
    """More became known of an accident that was filed: an account, a shop, an assessment, a likeness."""
    assert event.case_id is not None
    if files.case(event.case_id).status != Case.Status.REPORTING:
        compare(event.city, event.case_id)


def count_small(event: Event) -> None:
    """The machine approved a claim: counted for the limit."""
    assert event.case_id is not None
    traces.count_small(system(event.city), event.case_id, UUID(event.fact.claim_id))


def forget(event: Event) -> None:
    """A day is over: traces whose time is over go."""
    traces.forget(system(event.city), event.at)


def lapse(event: Event) -> None:
    """The time to decide is over."""
    inquiries.lapse(system(event.city), UUID(event.fact.inquiry_id))
