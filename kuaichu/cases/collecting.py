"""Until when a case takes what the parties enter: nobody meets a wall, whoever decides in the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.kernel.refusals import WrongState

COMPLETE = "complete"
LONGEST_OFFLINE = timedelta(days=7)


def collecting(case: Case) -> bool:
    """Whether parties may still enter: while they report, and also while an officer is on the way.

    A case that the gates sent to the police keeps taking photographs and statements, so that the officer
    finds them; it stops once all had confirmed, and for a case that had been decided before.
    """
    if case.status == Case.Status.REPORTING:
        return True
    fixed = (case.screening or {}).get(COMPLETE) or case.procedure
    return case.status == Case.Status.HANDED_OVER and not fixed


def insist_open(step: Any, case: Case) -> None:
    """Refuse (WrongState) what comes after the report is complete."""
    step.insist(
        collecting(case), _("The report is complete; it can no longer be changed here."), otherwise=WrongState
    )


def first_tap(told: datetime | None, now: datetime) -> datetime:
    """The first tap as far as a phone's clock can be believed: not in the future, not older than a week."""
    if told is None or told.tzinfo is None or not now - LONGEST_OFFLINE <= told <= now:
        return now
    return told
