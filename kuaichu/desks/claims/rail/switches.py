"""The stop switch: a person switches payouts off, in writing; nothing new leaves until a person lifts it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.desks.claims.rail.rows import PayoutStop
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.prepared import Prepared
from kuaichu.kernel.refusals import Invalid, NotAllowed

LEAST, MOST = 4, 300
_CITIES = uuid.UUID("c0b2ad0c-3a55-4d6f-8c36-3f7a0c8c0f11")


@dataclass(frozen=True)
class Stopped(Fact, name="claims.payouts_stopped"):
    """Payouts were switched off: of one insurer, or (empty) of the whole city."""

    stop_id: str
    insurer: str


@dataclass(frozen=True)
class Resumed(Fact, name="claims.payouts_resumed"):
    """Payouts were switched on again."""

    stop_id: str
    insurer: str


def stream_of(city: str) -> UUID:
    """The journal of a city's payment system."""
    return uuid.uuid5(_CITIES, city)


def stopped(city: str, insurer: str) -> bool:
    """Whether nothing new of this insurer may leave."""
    return any(row.insurer in ("", insurer) for row in _ACTIVE.all(city))


_ACTIVE = Prepared(lambda city: PayoutStop.objects.filter(city=city, active=True).order_by("stopped_at"), str)


def _own(actor: Actor) -> PayoutStop | None:
    """The stop in force that the actor's own side has made."""
    return next((row for row in _ACTIVE.all(actor.city) if row.insurer == actor.insurer), None)


def stops(actor: Actor) -> list[PayoutStop]:
    """What is switched off and concerns the actor: an insurer sees its own and the city's."""
    return [row for row in _ACTIVE.all(actor.city) if not actor.insurer or row.insurer in ("", actor.insurer)]


def stop(actor: Actor, reason: str) -> PayoutStop:
    """Switch off: an insurer's person all its own payouts, the operator's those of the city.

    What the rail has been told already may still arrive. Raises Invalid at `reason`, NotAllowed for a
    machine.
    """
    words = _words(actor, reason)
    with act_on(actor, "claims.stop_payouts", stream_of(actor.city)) as step:
        known = _own(actor)
        if known is not None:
            step.already()
            return known
        row = PayoutStop(city=actor.city, insurer=actor.insurer, reason=words, stopped_at=clock.now())
        row.save()
        step.record(Stopped(stop_id=str(row.pk), insurer=row.insurer))
    return row


def resume(actor: Actor, reason: str) -> PayoutStop | None:
    """Lift one's own stop, in writing; None where there is none. An insurer cannot lift the city's."""
    words = _words(actor, reason)
    with act_on(actor, "claims.resume_payouts", stream_of(actor.city)) as step:
        row = _own(actor)
        if row is None:
            step.already()
            return None
        row.active, row.lifted_at, row.lifted_why = False, clock.now(), words
        row.save()
        step.record(Resumed(stop_id=str(row.pk), insurer=row.insurer))
    return row


def _words(actor: Actor, reason: str) -> str:
    if actor.kind != "staff":
        raise NotAllowed(_("Only a person switches payouts off or on."), code="person_needed")
    told = reason.strip()
    if not LEAST <= len(told) <= MOST or not told.isprintable():
        text = _("Write in 4 to 300 characters why.")
        raise Invalid(text, fields={"reason": text})
    return told
