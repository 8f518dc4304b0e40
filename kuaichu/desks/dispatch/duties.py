"""Duty: on and off, in which role, and where. Positions are told while on duty only, and soon forgotten.

Positions are personal data of staff (PIPL Art. 28: location tracks), so they stand in rows that are deleted
and never in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.dispatch.models import Duty, Task, Trail
from kuaichu.desks.dispatch.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.locks import writing
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotAllowed, WrongState
from kuaichu.people import signin
from kuaichu.people.field_roles import CERTIFIED, field_role
from kuaichu.people.identifiers import Unusable
from kuaichu.people.models import Account, Qualification
from kuaichu.people.phone_numbers import parse_mobile

CONSENT = "2026-11"
"""Version of the text on the duty page about positions; a new text gets a new version."""
MOST_POINTS = 200
AHEAD = timedelta(minutes=2)


@dataclass(frozen=True)
class DutyStarted(Fact, name="dispatch.duty_started"):
    """Somebody went on duty, and agreed that the position is told meanwhile."""

    duty_id: str
    role: str
    consent: str


@dataclass(frozen=True)
class DutyEnded(Fact, name="dispatch.duty_ended"):
    """Somebody went off duty, or the longest duty was over."""

    duty_id: str
    by_clock: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A position told by a phone: WGS-84 degrees, metres, and when (aware)."""

    lat: float
    lon: float
    at: datetime
    accuracy_m: float | None = None

    @property
    def good(self) -> bool:
        """Whether it can be a position at all."""
        sure = self.accuracy_m is None or 0 <= self.accuracy_m <= 1e6
        return -90 <= self.lat <= 90 and -180 <= self.lon <= 180 and sure and self.at.tzinfo is not None


def role_of(actor: Actor) -> str:
    """The role in which this member of staff goes out; raises NotAllowed for who has none."""
    account = Account.objects.select_related("organisation").filter(pk=actor.id).first()
    kind = account.organisation.kind if account is not None and account.organisation else ""
    role = field_role(account.roles, kind) if account is not None else ""
    if not role:
        raise NotAllowed(_("This page is for people who go to the scene."), code="not_field")
    return role


def own_duty(actor: Actor) -> Duty | None:
    """The duty this member of staff is on now."""
    return Duty.objects.filter(account_id=UUID(actor.id), status=Duty.Status.ON, city=actor.city).first()


def certified(account_id: str, role: str, city: str) -> bool:
    """Whether the field certificate that this role needs is valid today (police need none here)."""
    if role not in CERTIFIED or not rules(city).certificates:
        return True
    return signin.qualified(account_id, clock.today(), Qualification.Kind.FIELD)


def start_duty(
    actor: Actor, *, consent: bool, unit: str = "", phone: str = "", point: Point | None = None
) -> Duty:
    """Go on duty. The same again finds the duty one is on.

    Raises Invalid at `consent` or `phone`, NotAllowed without a field certificate where the role needs one.
    """
    role = role_of(actor)
    if not consent:
        text = _("Without your consent to telling your position you cannot be sent to accidents.")
        raise Invalid(text, fields={"consent": text})
    number = _mobile(phone)
    with act_on(actor, "dispatch.start_duty", UUID(actor.id)) as step:
        known = own_duty(actor)
        if known is not None:
            step.already()
            return known
        step.insist(
            certified(actor.id, role, actor.city),
            _("Your field certificate is missing or has expired. Speak to your organisation."),
            code="no_certificate",
        )
        assert actor.organisation_id is not None
        duty = Duty.objects.create(
            city=actor.city, account_id=UUID(actor.id), organisation_id=actor.organisation_id,
            insurer=actor.insurer, role=role, unit=files.clean(unit)[:40], phone=number,
            consent=CONSENT, started_at=clock.now(),
        )  # fmt: skip
        step.record(DutyStarted(duty_id=str(duty.pk), role=role, consent=CONSENT))
    if point is not None:
        tell_positions(actor, [point])
    return duty


def _mobile(phone: str) -> str:
    try:
        return parse_mobile(phone).number if phone.strip() else ""
    except Unusable as wrong:
        raise Invalid(wrong.message, fields={"phone": wrong.message}) from wrong


def end_duty(actor: Actor) -> None:
    """Go off duty; raises WrongState while a task is in hand."""
    with act_on(actor, "dispatch.end_duty", UUID(actor.id)) as step:
        duty = own_duty(actor)
        if duty is None:
            step.already()
            return
        busy = Task.objects.filter(
            account_id=duty.account_id, status__in=[Task.Status.ACCEPTED, Task.Status.ARRIVED]
        )
        step.insist(
            not busy.exists(),
            _("First finish your task, or give it back."),
            otherwise=WrongState,
            code="busy",
        )
        _close(duty)
        step.record(DutyEnded(duty_id=str(duty.pk), by_clock=False))


def close_duty(actor: Actor, duty_id: UUID) -> None:
    """The longest duty is over: close it as it stands (tasks in hand stay in hand)."""
    duty = Duty.objects.get(pk=duty_id)
    with act_on(actor, "dispatch.close_duty", duty.account_id) as step:
        duty.refresh_from_db()
        if duty.status == Duty.Status.OFF:
            step.already()
            return
        _close(duty)
        step.record(DutyEnded(duty_id=str(duty.pk), by_clock=True))


def _close(duty: Duty) -> None:
    move(duty, Duty.Status.OFF)
    duty.ended_at = clock.now()
    duty.save()


def tell_positions(actor: Actor, points: Iterable[Point]) -> bool:
    """Keep where somebody on duty was; False off duty, where nothing is kept. The same batch counts once.

    No act: a track is no fact of a case, and the journal must not hold it.
    """
    duty, now = own_duty(actor), clock.now()
    if duty is None:
        return False
    good = [p for p in points if p.good and duty.started_at - AHEAD <= p.at <= now + AHEAD][-MOST_POINTS:]
    if good:
        rows = [
            Trail(duty=duty, at=p.at, lat=p.lat, lon=p.lon, accuracy_m=p.accuracy_m)
            for p in {p.at: p for p in good}.values()
        ]
        newest = max(good, key=lambda p: p.at)
        with writing():
            Trail.objects.bulk_create(rows, ignore_conflicts=True)
            later = Duty.objects.filter(pk=duty.pk, status=Duty.Status.ON).exclude(
                positioned_at__gte=newest.at
            )
            later.update(
                lat=newest.lat, lon=newest.lon, accuracy_m=newest.accuracy_m, positioned_at=newest.at
            )
    return True


def forget_trail(duty_id: UUID) -> int:
    """Delete where somebody was during this duty; how many points there were."""
    with writing():
        Duty.objects.filter(pk=duty_id).update(lat=None, lon=None, accuracy_m=None, positioned_at=None)
        return Trail.objects.filter(duty_id=duty_id).delete()[0]
