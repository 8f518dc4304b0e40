"""Whether anybody is still at the scene to whom somebody could be sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from kuaichu.cases.models import Case
from kuaichu.cases.rules import rules as case_rules
from kuaichu.desks.dispatch.models import Task
from kuaichu.desks.dispatch.rules import rules
from kuaichu.kernel import clock


def deserted(case: Case, now: datetime) -> bool:
    """Whether everybody has gone home: the owner of what was hit never came, or the road is clear for long.

    Who hit an unattended vehicle may leave after photographs and note (法70), so when the owner's time
    is over nobody stands there; who asks for the police before that does. Vehicles that were moved wait near
    by for the city's minutes at most.
    """
    waited = timedelta(hours=case_rules(case.city).owner_hours)
    if case.triage.get("owner_absent") and now - case.opened_at >= waited:
        return True
    stay = timedelta(minutes=rules(case.city).stay_minutes)
    return case.cleared_at is not None and now - case.cleared_at > stay


def moot(task: Task) -> bool:
    """Whether a task that nobody has yet is no longer needed.

    What people of the centre ordered after the road was clear stands: they knew why.
    """
    case = task.case
    if case.status in (Case.Status.DECIDED, Case.Status.CLOSED, Case.Status.WITHDRAWN):
        return True
    ordered = task.source == Task.Source.ORDER
    if ordered and (case.cleared_at is None or task.made_at > case.cleared_at):
        return False
    return deserted(case, clock.now())
