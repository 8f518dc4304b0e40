"""What is put into a payout calculation: parties, losses, covers, grades and shares.

Losses are assessed amounts in fen; shares are exact fractions. Property belongs to a party by its label;
`Injury` is what a person suffered, in the two purses the compulsory cover keeps for people.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Grade(StrEnum):
    """Grade of liability as the certificate or agreement states it."""

    FULL = "FULL"
    PRIMARY = "PRIMARY"
    EQUAL = "EQUAL"
    SECONDARY = "SECONDARY"
    NONE = "NONE"


class Exclusion(StrEnum):
    """What takes cover away from a vehicle (`cover.EFFECTS` says which cover)."""

    UNLICENSED = "unlicensed"
    DRUNK = "drunk"
    DRUGS = "drugs"
    STOLEN = "stolen"
    INTENTIONAL = "intentional"
    HIT_AND_RUN = "hit_and_run"


@dataclass(frozen=True, slots=True)
class Tpl:
    """Commercial third-party cover: insurer code, limit in fen per accident, absolute deductible rate
    (免赔率).
    """

    insurer: str
    limit: int
    deductible_rate: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Mod:
    """Own-damage cover: insurer code, absolute deductible rate, then a fixed deductible in fen (免赔额)."""

    insurer: str
    deductible_rate: Fraction = Fraction(0)
    deductible: int = 0


@dataclass(frozen=True, slots=True)
class Seats:
    """Cover for people in the own car (车上人员责任险): insurer code, limit in fen for each of them."""

    insurer: str
    driver: int
    passenger: int


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A motor vehicle. `ctali` is the insurer's code, None without valid cover; `share` overrides the
    default.
    """

    label: str
    loss: int
    grade: Grade
    ctali: str | None = None
    tpl: Tpl | None = None
    mod: Mod | None = None
    share: Fraction | None = None
    exclusions: frozenset[Exclusion] = frozenset()
    seats: Seats | None = None


@dataclass(frozen=True, slots=True)
class NonMotor:
    """A cyclist, e-bike rider or pedestrian with property of their own.

    `motor_share` is the part of this party's loss above the compulsory cover that the motor side bears; the
    law gives no number when the party is at fault (法76), so it comes from the city's province rule.
    `intentional`: hit the vehicle on purpose, then the motor side owes nothing (法76 para. 2).
    """

    label: str
    loss: int
    grade: Grade
    motor_share: Fraction | None = None
    share: Fraction | None = None
    intentional: bool = False


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody's property which took no part in the traffic: a guardrail, a fence, a shop window."""

    label: str
    loss: int


@dataclass(frozen=True, slots=True)
class Injury:
    """What one person suffered, in fen. `of`: label of the vehicle they were in, or of the rider or walker
    they are (or who carried them).

    `medical` and `death_disability` as the compulsory cover divides them [S:W30]; `mental` is the part of
    `death_disability` that is compensation for mental harm, which the compulsory cover pays first when the
    victim asks for it (SPC-TA 13). `driver` tells the driver of a vehicle from its passengers.
    """

    person: str
    of: str
    medical: int = 0
    death_disability: int = 0
    mental: int = 0
    driver: bool = True
    mental_first: bool = True


Party = Vehicle | NonMotor


@dataclass(frozen=True, slots=True)
class LossCase:
    """One accident. `accident_on` is its day in China, `knock_for_knock` the labels of those who chose
    互碰自赔.
    """

    accident_on: date
    vehicles: tuple[Vehicle, ...]
    outside: tuple[Outside, ...] = ()
    nonmotors: tuple[NonMotor, ...] = ()
    knock_for_knock: frozenset[str] = frozenset()
    injuries: tuple[Injury, ...] = ()

    @property
    def losses(self) -> dict[str, int]:
        """Property loss in fen by label, in label order."""
        return dict(sorted((one.label, one.loss) for one in self.everyone))

    @property
    def parties(self) -> list[Party]:
        """Everybody who can bear liability."""
        return [*self.vehicles, *self.nonmotors]

    @property
    def everyone(self) -> list[Party | Outside]:
        """Everybody who can suffer a loss."""
        return [*self.vehicles, *self.nonmotors, *self.outside]


_REASONS: dict[str, _StrPromise] = {
    "label_twice": _("Two parties have the same label. Give each vehicle, person and object its own."),
    "negative": _(
        "A loss, a limit or a deductible is below zero, or a rate is above 100 %. Correct the figure."
    ),
    "grades_impossible": _(
        "These grades of liability cannot stand together. Check the grades of all parties."
    ),
    "shares_needed": _("There is no customary share for these grades. Enter the share of each party."),
    "shares_wrong": _(
        "The shares do not fit the grades: together 100 %, 0 % for a party without liability, "
        "100 % for full liability. Correct the shares."
    ),
    "motor_share_needed": _(
        "Enter the part of the non-motor party's loss that the motor side bears under the rule of "
        "your province."
    ),
    "motor_share_wrong": _(
        "The motor side's part does not fit: it lies between 0 % and 100 %, and is at most 10 % when no "
        "motor vehicle is at fault. Correct it."
    ),
    "injury_wrong": _(
        "Each injured person is named once and belongs to a vehicle, a rider or a walker of this accident; "
        "mental harm is part of the amount for death and disability. Correct the entry."
    ),
    "no_cover_yet": _("The accident lies before the compulsory insurance began (1 July 2006)."),
}


class Incalculable(ValueError):
    """The case cannot be calculated as it stands. `code` is stable, `message` says what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = _REASONS[code]


def examine(case: LossCase) -> None:
    """Raise `Incalculable` for doubled labels, impossible figures or grades that cannot stand together."""
    everyone = case.everyone
    if len({one.label for one in everyone}) != len(everyone):
        raise Incalculable("label_twice")
    if any(one.loss < 0 for one in everyone) or any(map(_cover_wrong, case.vehicles)):
        raise Incalculable("negative")
    if not _injuries_right(case):
        raise Incalculable("injury_wrong")
    if not grades_possible([one.grade for one in case.parties]):
        raise Incalculable("grades_impossible")


def _injuries_right(case: LossCase) -> bool:
    """Whether every injured person is named once and belongs to a party, with amounts that can be."""
    parties = {one.label for one in case.parties}
    riders = {one.label for one in case.nonmotors}
    names = [one.person for one in case.injuries]
    return len(set(names)) == len(names) and all(
        one.of in parties
        and (one.person == one.of) <= (one.of in riders)
        and (one.person == one.of or one.person not in {each.label for each in case.everyone})
        and one.medical >= 0
        and 0 <= one.mental <= one.death_disability
        for one in case.injuries
    )


def _cover_wrong(vehicle: Vehicle) -> bool:
    """Whether a limit or deductible of the vehicle's policies is no possible figure."""
    rates = [cover.deductible_rate for cover in (vehicle.tpl, vehicle.mod) if cover]
    amounts = [vehicle.tpl.limit if vehicle.tpl else 0, vehicle.mod.deductible if vehicle.mod else 0]
    amounts += [vehicle.seats.driver, vehicle.seats.passenger] if vehicle.seats else []
    return any(not 0 <= rate <= 1 for rate in rates) or any(amount < 0 for amount in amounts)


def grades_possible(grades: list[Grade]) -> bool:
    """Whether the grades of all parties of one accident may stand together (any number of NONE beside
    them).
    """
    count = Counter(grade for grade in grades if grade is not Grade.NONE)
    full, primary, equal = count[Grade.FULL], count[Grade.PRIMARY], count[Grade.EQUAL]
    if full:
        return full == 1 and count.total() == 1
    if primary:
        return primary == 1 and equal == 0 and count[Grade.SECONDARY] >= 1
    return equal >= 2 or count.total() == 0
