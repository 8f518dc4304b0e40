"""Which procedures are open, as early as it can be known, and what happens to excluded cases."""

from __future__ import annotations

from kuaichu.cases import files, outcome, screening
from kuaichu.cases.models import Case
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system


def screen_early(event: Event) -> None:
    """Screen while parties still enter: only a result that excludes is worth recording now."""
    assert event.case_id is not None
    case = files.case(event.case_id)
    if case.status != Case.Status.REPORTING:
        return
    answer = screening.assess(case, files.parties(case.pk), files.vehicles(case.pk))
    if answer.handover is not None:
        screening.screen(system(event.city), event.case_id)


def screen_when_ready(event: Event) -> None:
    """Screen when a party has confirmed; with the last one the case becomes ready."""
    assert event.case_id is not None
    parties = files.parties(event.case_id)
    alone = files.case(event.case_id).triage.get("single_vehicle")
    if all(p.status == p.Status.CONFIRMED for p in parties) and (len(parties) > 1 or alone):
        screening.screen(system(event.city), event.case_id)


def hand_over(event: Event) -> None:
    """An excluded case goes to who must handle it, with the file intact."""
    assert event.case_id is not None
    outcome.hand_over(
        system(event.city), event.case_id, to=event.fact.hand_over_to, reasons=tuple(event.fact.hand_over_for)
    )
