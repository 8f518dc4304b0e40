"""A city's years in numbers, for trying the signs: people with honest repeats, and rings among them.

Seeded: the same plan gives the same accidents. Nothing here is a real person; identities are plain words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

BEGIN: Final = datetime(2021, 1, 1, tzinfo=UTC)
NIGHT: Final = (15, 16, 17, 18, 19, 20)
"""Hours in UTC that are 23 to 05 in China."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the city is: drivers, years, accidents a year, and the seed."""

    drivers: int = 20_000
    years: int = 5
    accidents: int = 1_000
    seed: int = 20260105


@dataclass(frozen=True, slots=True)
class Side:
    """Who drives what, and where its money goes."""

    person: str
    phone: str
    plate: str
    account: str
    insurer: str = "I0"
    policy_days: int = 200


@dataclass(frozen=True, slots=True)
class Accident:
    """One accident; `ring` names the ring that staged it, empty for an honest one."""

    at: datetime
    sides: tuple[Side, Side]
    place: str
    surveyor: str
    shops: tuple[str, str]
    photos_same: int = 0
    ring: str = ""


@dataclass
class Town:
    """The people of a plan and everything that happens to them, in order of time."""

    plan: Plan
    _roll: Random = field(init=False)

    def __post_init__(self) -> None:
        self._roll = Random(self.plan.seed)

    def accidents(self) -> list[Accident]:
        """All accidents of all years, honest and staged."""
        rings = [*self._one_man(), *self._garage(), *self._surveyor(), *self._pairs()]
        return sorted([*self._honest(), *rings], key=lambda one: (one.at, one.place))

    def _when(self, *, night: float = 0.08) -> datetime:
        day = self._roll.randrange(self.plan.years * 365)
        hour = self._roll.choice(NIGHT) if self._roll.random() < night else self._roll.randrange(15)
        return BEGIN + timedelta(days=day, hours=hour, minutes=self._roll.randrange(60))

    def _driver(self, number: int) -> Side:
        """An ordinary driver: the same at every accident; one in five shares car and account."""
        home = f"h{number // 10}" if number % 10 < 2 else str(number)  # a couple shares account and car
        return Side(
            f"p{number}", f"t{number}", f"v{home}", f"a{home}", f"I{number % 23}",
            self._roll.randrange(365),
        )  # fmt: skip

    def _honest(self) -> Iterator[Accident]:
        """Risk is uneven: one in twenty drives for a living and has eight times as many accidents."""
        drivers = range(self.plan.drivers)
        weights = [8 if number % 20 == 7 else 1 for number in drivers]
        for _ in range(self.plan.years * self.plan.accidents):
            first, second = self._roll.choices(drivers, weights, k=2)
            if first == second:
                continue
            yield self._accident(self._when(), self._driver(first), self._driver(second))

    def _accident(
        self,
        at: datetime,
        first: Side,
        second: Side,
        *,
        ring: str = "",
        place: str = "",
        surveyor: str = "",
        shop: str = "",
        copied: float = 0.0,
    ) -> Accident:
        shops = (shop or self._shop(first), shop or self._shop(second))
        return Accident(
            at, (first, second), place or f"c{self._roll.randrange(4_000)}",
            surveyor or f"s{self._roll.randrange(60)}", shops,
            int(self._roll.random() < copied), ring,
        )  # fmt: skip

    def _shop(self, side: Side) -> str:
        """People mostly go to the shop they know."""
        known = sum(side.plate.encode()) % 80
        return f"g{known if self._roll.random() < 0.7 else self._roll.randrange(80)}"

    def _stranger(self) -> Side:
        return self._driver(self._roll.randrange(self.plan.drivers))

    def _one_man(self) -> Iterator[Accident]:
        """One man, 190 scrapes in five years, always with somebody else."""
        man = Side("man", "man", "man", "man", "I3")
        for _ in range(38 * self.plan.years):
            yield self._accident(self._when(), man, self._stranger(), ring="one man")

    def _garage(self) -> Iterator[Accident]:
        """A repair shop stages accidents with its own few cars and many names; photographs come again."""
        for _ in range(12 * self.plan.years):
            one, two = self._roll.sample(range(8), 2)
            sides = (self._front(one), self._front(two))
            yield self._accident(self._when(night=0.4), *sides, ring="garage", shop="g79", copied=0.2)

    def _front(self, car: int) -> Side:
        name = f"gp{self._roll.randrange(24)}"
        return Side(
            name, name, f"gv{car}", f"ga{self._roll.randrange(3)}", f"I{car}", self._roll.randrange(40)
        )

    def _surveyor(self) -> Iterator[Accident]:
        """A surveyor who "happens to pass": the same three drivers with strangers, always the same paper."""
        for _ in range(8 * self.plan.years):
            number = self._roll.randrange(3)
            side = Side(f"sd{number}", f"sd{number}", f"sv{number}", f"sa{number}", "I5")
            yield self._accident(self._when(), side, self._stranger(), ring="surveyor", surveyor="s59")

    def _pairs(self) -> Iterator[Accident]:
        """Ten pairs of drivers who take turns to run into each other, at night, with new policies."""
        for pair in range(10):
            sides = [
                Side(f"x{pair}{s}", f"x{pair}{s}", f"xv{pair}{s}", f"xa{pair}{s}", f"I{pair}", 5)
                for s in "ab"
            ]
            for _ in range(self.plan.years):
                self._roll.shuffle(sides)
                yield self._accident(self._when(night=0.5), sides[0], sides[1], ring=f"pair {pair}")
