"""Every loss of an accident as one kind of thing: somebody's property, treatment, or death and disability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from kuaichu.desks.claims.payout.case import Injury, LossCase
from kuaichu.desks.claims.payout.ctali import Bucket


@dataclass(frozen=True, slots=True)
class Harm:
    """A loss in `bucket`. `to`: whom it hit, `of`: label of the party it belongs to.

    `aboard`: the injured was in a vehicle and not its driver; `mental`: compensation for mental harm.
    """

    to: str
    of: str
    bucket: Bucket = Bucket.PROPERTY
    mental: bool = False
    aboard: bool = False

    @property
    def injury(self) -> bool:
        """Whether a person was hurt."""
        return self.bucket is not Bucket.PROPERTY


Open = dict[Harm, Fraction]
"""What is still to be paid of each loss, in fen."""


def property_of(label: str) -> Harm:
    """The property loss of a party or of somebody outside the traffic."""
    return Harm(label, label)


def injuries(case: LossCase) -> Open:
    """What the injured suffered, by person and purse, mental harm apart."""
    return {harm: Fraction(fen) for one in case.injuries for harm, fen in _parts(case, one) if fen}


def _parts(case: LossCase, one: Injury) -> Iterator[tuple[Harm, int]]:
    """The losses of one injured person."""
    aboard = not one.driver and one.of in {vehicle.label for vehicle in case.vehicles}
    first = Harm(one.person, one.of, Bucket.MEDICAL, aboard=aboard)
    second = replace(first, bucket=Bucket.DEATH_DISABILITY)
    yield first, one.medical
    yield second, one.death_disability - one.mental
    yield replace(second, mental=True), one.mental
