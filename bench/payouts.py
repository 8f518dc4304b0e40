"""What a payout calculation costs: random accidents of two vehicles, and larger ones with injured people."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from kuaichu.desks.claims.payout.case import Grade, Injury, LossCase, Mod, Outside, Tpl, Vehicle
from kuaichu.desks.claims.payout.computing import compute

TWO = ((Grade.FULL, Grade.NONE), (Grade.EQUAL, Grade.EQUAL), (Grade.PRIMARY, Grade.SECONDARY))
MORE = (
    (Grade.FULL, Grade.NONE, Grade.NONE),
    (Grade.PRIMARY, Grade.SECONDARY, Grade.NONE),
    (Grade.FULL, *[Grade.NONE] * 3),
    (Grade.PRIMARY, Grade.SECONDARY, *[Grade.NONE] * 3),
)
INSURERS = ("HUAIHAI", "TAIHU", "JIANGHUAI", None)
SHARES = {Grade.FULL: Fraction(1), Grade.NONE: Fraction(0), Grade.EQUAL: Fraction(1, 2)}
DAY = date(2021, 1, 1)


@dataclass(frozen=True, slots=True)
class Costs:
    """CPU milliseconds for each accident on average; how many were computed, and the slowest one."""

    cases: int
    two: float
    two_slowest: float
    more: float


def accident(random: Random, grades: tuple[Grade, ...], *, rich: bool) -> LossCase:
    """A random accident with these grades; `rich` ones have injured people and property beside the road."""
    vehicles = tuple(_vehicle(random, "ABCDE"[n], grade) for n, grade in enumerate(grades))
    injuries = tuple(
        Injury(f"{one.label}1", one.label, medical=random.randrange(5_000_000))
        for one in vehicles
        if rich and random.random() < 0.4
    )
    outside = (Outside("o", random.randrange(1_000_000)),) if rich and random.random() < 0.3 else ()
    return LossCase(DAY + timedelta(days=random.randrange(2000)), vehicles, outside, injuries=injuries)


def _vehicle(random: Random, label: str, grade: Grade) -> Vehicle:
    own = random.choice(INSURERS)
    other = random.choice(("HUAIHAI", "TAIHU"))
    primary = {Grade.PRIMARY: Fraction(7, 10), Grade.SECONDARY: Fraction(3, 10)}
    return Vehicle(
        label,
        random.randrange(6_000_000),
        grade,
        ctali=own,
        tpl=Tpl(other, 100_000_000) if random.random() < 0.7 else None,
        mod=Mod(other) if random.random() < 0.6 else None,
        share=(SHARES | primary)[grade],
    )


def costs(count: int = 10_000, seed: int = 7) -> Costs:
    """Compute so many accidents of two vehicles, and a tenth as many larger ones."""
    random = Random(seed)
    two = [accident(random, random.choice(TWO), rich=False) for _ in range(count)]
    more = [accident(random, random.choice(MORE), rich=True) for _ in range(count // 10)]
    each = [_spent(one) for one in two]
    rest = [_spent(one) for one in more]
    return Costs(len(two) + len(more), sum(each) / len(each), max(each), sum(rest) / len(rest))


def _spent(case: LossCase) -> float:
    start = time.thread_time()
    compute(case).check()
    return (time.thread_time() - start) * 1000
