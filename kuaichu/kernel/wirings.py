"""How `process/wiring.py` says what follows: consequences of facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from kuaichu.kernel.facts import Fact
from kuaichu.kernel.workdays import reckon


@dataclass(frozen=True, slots=True)
class Event:
    """A journal entry as its handlers see it."""

    id: UUID
    kind: str
    city: str
    case_id: UUID | None
    stream: UUID
    at: datetime
    fact: Any
    generation: int


Handler = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows from a fact, now or later."""

    handler: Handler
    delay: timedelta | Callable[[str], timedelta] = timedelta(0)
    working_days: int = 0
    priority: int = 5
    when: Callable[[Any], bool] | None = None
    lane: str = ""
    moment: Callable[[datetime, str], datetime] | None = None

    @property
    def name(self) -> str:
        """The handler's address, as stored with what is due."""
        return f"{self.handler.__module__}.{self.handler.__qualname__}"

    def due(self, since: datetime, city: str) -> datetime:
        """When it has to run in this city, for a fact of `since` (aware)."""
        if self.moment is not None:
            return self.moment(since, city)
        if self.working_days:
            return reckon(since, working_days=self.working_days).at
        return since + (self.delay(city) if callable(self.delay) else self.delay)


def do(
    handler: Handler, *, priority: int = 5, when: Callable[[Any], bool] | None = None, lane: str = ""
) -> Consequence:
    """At once; in a `lane` of its own, only if a worker of that lane runs."""
    return Consequence(handler, priority=priority, when=when, lane=lane)


def after(
    handler: Handler, *, delay: timedelta | Callable[[str], timedelta], priority: int = 5
) -> Consequence:
    """After a time, which a city may set: `delay` is then a function of the city's code."""
    return Consequence(handler, delay=delay, priority=priority)


def by(handler: Handler, *, working_days: int) -> Consequence:
    """When so many working days (D146 Art. 112(5)) have passed."""
    return Consequence(handler, working_days=working_days)


def on(handler: Handler, *, moment: Callable[[datetime, str], datetime]) -> Consequence:
    """At the moment that `moment(when it happened, city)` says, as a law or a city reckons it."""
    return Consequence(handler, moment=moment)


def late(consequence: Consequence, when: Callable[[Any], bool]) -> Consequence:
    """The same consequence, only if `when(fact)` holds."""
    return replace(consequence, when=when)


Wiring = Mapping[type[Fact], Sequence[Consequence]]
_wiring: dict[str, tuple[Consequence, ...]] = {}
_handlers: dict[str, Handler] = {}


def install(wiring: Wiring) -> None:
    """Make `wiring` the one in force (called once, when the process application is ready)."""
    _wiring.clear()
    _handlers.clear()
    for fact, consequences in wiring.items():
        _wiring[fact.name] = tuple(consequences)
        _handlers.update({c.name: c.handler for c in consequences})


def following(fact: Fact) -> list[Consequence]:
    """What follows from this fact; what belongs to a lane that nobody works does not follow at all."""
    return [
        c
        for c in _wiring.get(fact.name, ())
        if (not c.lane or c.lane in settings.LANES) and (c.when is None or c.when(fact))
    ]


def handler_named(name: str) -> Handler | None:
    """The handler at this address, or None if the wiring no longer knows it."""
    return _handlers.get(name)
