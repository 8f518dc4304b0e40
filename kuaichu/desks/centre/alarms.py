"""Alarms: a legal period that is about to end, or has, is called out to the head of the post, who answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.centre.models import Alarm
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import NotFound


@dataclass(frozen=True)
class AlarmRaised(Fact, name="centre.alarm_raised"):
    """A legal period ends soon (`passed` False) or has ended."""

    alarm_id: str
    code: str
    due_at: str
    passed: bool


@dataclass(frozen=True)
class AlarmAnswered(Fact, name="centre.alarm_answered"):
    """The head of the post has seen it and sees to it."""

    alarm_id: str
    code: str


def raise_alarm(
    actor: Actor, case_id: UUID, code: str, *, since: datetime, due_at: datetime, passed: bool
) -> None:
    """Call a period out, once before its end and once after."""
    with act(actor, "centre.raise_alarm", case_id) as step:
        row, made = Alarm.objects.get_or_create(
            case_id=case_id, code=code, since=since, passed=passed,
            defaults={"city": actor.city, "due_at": due_at, "at": clock.now()},
        )  # fmt: skip
        if not made:
            step.already()
            return
        step.record(AlarmRaised(alarm_id=str(row.pk), code=code, due_at=due_at.isoformat(), passed=passed))


def answer(actor: Actor, alarm_id: UUID) -> None:
    """Say that one has seen it. Raises NotFound for another city's."""
    known = Alarm.objects.filter(pk=alarm_id, city=actor.city).first()
    if known is None:
        raise NotFound(_("There is no such alarm."))
    with act(actor, "centre.answer_alarm", known.case_id) as step:
        row = Alarm.objects.get(pk=alarm_id)
        if row.seen_at is not None:
            step.already()
            return
        row.seen_at, row.seen_by = clock.now(), UUID(actor.id)
        row.save()
        step.record(AlarmAnswered(alarm_id=str(row.pk), code=row.code))


def open_alarms(city: str) -> list[Alarm]:
    """What nobody has answered, what ends first on top."""
    return list(Alarm.objects.filter(city=city, seen_at=None).select_related("case").order_by("due_at")[:200])
