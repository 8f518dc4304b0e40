"""Drives a running system: accidents arrive in their order at compressed times, officers work beside them."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kuaichu.replaying.accidents import Accident
from kuaichu.replaying.citizens import Journey
from kuaichu.replaying.figures import Figures, figures
from kuaichu.replaying.line import Count, Line
from kuaichu.replaying.officers import Officer
from kuaichu.replaying.phones import Phones
from kuaichu.replaying.situations import draw
from kuaichu.replaying.viewing import Course


@dataclass(frozen=True)
class Plan:
    """How to replay. `speed` compresses the gaps between accidents; `rate` (cases a second) overrides it."""

    base: str
    phones: str
    plate_prefix: str
    officers: tuple[tuple[str, str], ...]
    run: str = "replay"
    speed: float = 600.0
    rate: float = 0.0
    together: int = 8
    photos: int = 6
    agree_share: float = 0.55
    excluded_share: float = 0.06
    patience: float = 180.0
    tick: Callable[[str], None] = field(default=lambda _stage: None)


async def drive(accidents: list[Accident], plan: Plan) -> Figures:
    """Replay these accidents until each has reached its end; what came of it."""
    count = Count()
    line = Line(plan.base, count, plan.patience, connections=plan.together + 4)
    aside = Line(plan.phones, Count(), plan.patience, connections=plan.together + 4)
    phones = Phones(aside)
    desks = [Line(plan.base, count, plan.patience, connections=2) for _ in plan.officers]
    stop = asyncio.Event()
    robots = [
        asyncio.create_task(Officer(desk, phones, *who).work(stop))
        for desk, who in zip(desks, plan.officers, strict=True)
    ]
    started = time.monotonic()
    try:
        courses = await _all(accidents, plan, line, phones)
    finally:
        stop.set()
        await asyncio.gather(*robots, return_exceptions=True)
        for one in (line, aside, *desks):
            await one.close()
    return figures(courses, count, time.monotonic() - started)


async def _all(accidents: list[Accident], plan: Plan, line: Line, phones: Phones) -> list[Course]:
    room = asyncio.Semaphore(plan.together)
    began = time.monotonic()

    async def one(place: int, accident: Accident) -> Course:
        await asyncio.sleep(max(0.0, began + _offset(accidents, place, plan) - time.monotonic()))
        async with room:
            return await _journey(accident, plan, line, phones).go()

    return list(await asyncio.gather(*(one(i, a) for i, a in enumerate(accidents))))


def _offset(accidents: list[Accident], place: int, plan: Plan) -> float:
    """Seconds after the start at which an accident arrives."""
    if plan.rate:
        return place / plan.rate
    return (accidents[place].happened_at - accidents[0].happened_at).total_seconds() / plan.speed


def _journey(accident: Accident, plan: Plan, line: Line, phones: Phones) -> Journey:
    roll = random.Random(f"{plan.run}/{accident.row}/what")
    situation = draw(roll, night=accident.is_night, excluded_share=plan.excluded_share)
    return Journey(
        line,
        phones,
        accident,
        situation,
        run=plan.run,
        plate_prefix=plan.plate_prefix,
        photos=plan.photos,
        agree=roll.random() < plan.agree_share,
        tick=plan.tick,
    )
