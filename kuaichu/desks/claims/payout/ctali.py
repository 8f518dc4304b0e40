"""Limits of the compulsory traffic accident liability insurance (CTALI, 交强险) by accident date.

The limits are national, per accident and insured vehicle, for all victims together (CTALI-Reg 23). A vehicle
that bears FULL, PRIMARY, EQUAL or SECONDARY liability pays within the liability limits, any other within the
no-fault limits [S:W30]. Amounts are fen.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Bucket(StrEnum):
    """The three purses of the cover; a purse never helps out another."""

    PROPERTY = "property"
    MEDICAL = "medical"
    DEATH_DISABILITY = "death_disability"


@dataclass(frozen=True, slots=True)
class Purses:
    """One amount in fen for each bucket."""

    death_disability: int
    medical: int
    property: int

    def of(self, bucket: Bucket) -> int:
        """The amount of one bucket in fen."""
        return {
            Bucket.PROPERTY: self.property,
            Bucket.MEDICAL: self.medical,
            Bucket.DEATH_DISABILITY: self.death_disability,
        }[bucket]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in force from `since` (00:00 in China): with and without liability, in fen."""

    since: date
    liable: Purses
    not_liable: Purses

    def of(self, bucket: Bucket, *, liable: bool) -> int:
        """The limit of one bucket in fen for a vehicle with or without liability."""
        return (self.liable if liable else self.not_liable).of(bucket)


TABLE = (
    Limits(date(2006, 7, 1), Purses(5_000_000, 800_000, 200_000), Purses(1_000_000, 160_000, 40_000)),
    Limits(date(2008, 2, 1), Purses(11_000_000, 1_000_000, 200_000), Purses(1_100_000, 100_000, 10_000)),
    Limits(date(2020, 9, 19), Purses(18_000_000, 1_800_000, 200_000), Purses(1_800_000, 180_000, 10_000)),
)
"""Oldest first. Amounts of 2008 [S:W57] and 2020 [S:W30]; the dates and the row of 2006 are common
knowledge.
"""


class NoCoverYet(ValueError):
    """The accident lies before 2006-07-01, when the compulsory insurance began."""


def limits_on(accident_on: date) -> Limits:
    """The limits for an accident on this day in China; raises `NoCoverYet` before 2006-07-01."""
    row = bisect_right([limits.since for limits in TABLE], accident_on)
    if not row:
        raise NoCoverYet(accident_on.isoformat())
    return TABLE[row - 1]
