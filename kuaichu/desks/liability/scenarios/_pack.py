"""What a city or province may decide differently about liability: plain data of its configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from kuaichu.law.statutes import Citation

from ..grades import Grade, ShareRange, valid_multiset
from ..matrix import FaultClass
from ..share_tables import NATIONAL, ShareTable, check_against, check_between, share_tables
from ._section import ILLEGAL_STOP_CHOICES, SAME_TARGET_CHOICES, PackInvalid, read

__all__ = ["LiabilityPack", "PackInvalid"]


def _national_motor() -> Mapping[Grade, Fraction]:
    return share_tables()[NATIONAL].between_motors


def _national_weaker() -> Mapping[Grade, ShareRange]:
    return share_tables()[NATIONAL].against_weaker


@dataclass(frozen=True, slots=True)
class LiabilityPack:
    """Options of one city; `_section` reads them from its file.

    `grades` replaces the grades (actor, other) of a scenario when the other has no fault, `classes` its fault
    class. `situations` is the city's own list of situations: its number to our codes. `illegal_stop` says who
    answers for a vehicle illegally stopped in a lane: RE-06 the one who hits it, PK-05 the one who stopped.
    `same_target`: two who move into one lane from both sides are equal, or the one from the left yields
    (Shandong measures, Article 48). `same_class_equal` off leaves two faults of one class to the officer.
    `aggravation` lifts the grade of a party with drink or without licence one step (Beijing) [S:W7]. `shares`
    names a declared table of shares, of which `mv_shares` and `nmv_shares` replace a part.
    """

    off: frozenset[str] = frozenset()
    grades: Mapping[str, tuple[Grade, Grade]] = field(default_factory=dict)
    classes: Mapping[str, FaultClass] = field(default_factory=dict)
    situations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    illegal_stop: str = "RE-06"
    same_target: str = "equal"
    shares: str = NATIONAL
    mv_shares: Mapping[Grade, Fraction] = field(default_factory=_national_motor)
    nmv_shares: Mapping[Grade, ShareRange] = field(default_factory=_national_weaker)
    supplements: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)
    same_class_equal: bool = True
    aggravation: bool = False

    def __post_init__(self) -> None:
        """Refuse choices which cannot work (ValueError)."""
        if self.illegal_stop not in ILLEGAL_STOP_CHOICES:
            raise ValueError(f"illegal_stop is one of {ILLEGAL_STOP_CHOICES}")
        if not all(valid_multiset(pair) for pair in self.grades.values()):
            raise ValueError("grades of a scenario must fit together")
        if self.same_target not in SAME_TARGET_CHOICES:
            raise ValueError(f"same_target is one of {SAME_TARGET_CHOICES}")
        check_between(self.mv_shares)
        check_against(self.nmv_shares)

    @classmethod
    def default(cls) -> "LiabilityPack":
        """The national default."""
        return cls()

    @classmethod
    def from_section(cls, section: Mapping[str, object]) -> "LiabilityPack":
        """Read the `liability.pack` section of a city file. Raises PackInvalid, which names the place."""
        return cls(**read(section))

    def table(self) -> ShareTable:
        """The table of shares with the city's own figures."""
        declared = share_tables()[self.shares]
        return replace(declared, between_motors=self.mv_shares, against_weaker=self.nmv_shares)
