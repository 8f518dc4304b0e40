"""Which procedures are open, as early as it can be known, and what happens to excluded cases."""

from __future__ import annotations

from kuaichu.cases import files, outcome, screening
from kuaichu.cases.models import Case
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process.risk import noticing


def screen_early(event: Event) -> None:
    """Screen while parties still enter: only a result that excludes is worth recording now.

    A register that answers only after everybody has confirmed may open or close ways: screened anew.
    """
    assert event.case_id is not None
    case = files.case(event.case_id)
    if case.status == Case.Status.READY:
        screening.screen(system(event.city), event.case_id)
    if case.status != Case.Status.REPORTING:
        return
    answer = screening.assess(case, files.parties(case.pk), files.vehicles(case.pk))
    if answer.handover is not None:
        screening.screen(system(event.city), event.case_id)


def screen_when_ready(event: Event) -> None:
    """Screen when a party has confirmed; with the last one the case becomes ready.

    The accident is compared with earlier ones before, so that its screening knows whether somebody looks.
    """
    assert event.case_id is not None
    if screening.all_confirmed(files.case(event.case_id), files.parties(event.case_id)):
        noticing.compare(event.city, event.case_id)
        screening.screen(system(event.city), event.case_id)


def hand_over(event: Event) -> None:
    """An excluded case goes to who must handle it, with the file intact."""
    assert event.case_id is not None
    case = files.case(event.case_id)
    if case.status not in (Case.Status.REPORTING, Case.Status.READY):
        return  # taken back, or handed over already
    if case.procedure == outcome.SUMMARY and event.fact.hand_over_to == outcome.ON_SITE:
        return  # the officer is there already, and has taken it up
    if case.procedure == outcome.FAST and event.fact.hand_over_to == "general":
        return  # it came from there: an injury is why it is decided fast
    outcome.hand_over(
        system(event.city), event.case_id, to=event.fact.hand_over_to, reasons=tuple(event.fact.hand_over_for)
    )
