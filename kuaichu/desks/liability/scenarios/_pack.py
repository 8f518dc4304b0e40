"""What a city or province may decide differently about liability: plain data of its configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from kuaichu.law.statutes import Citation, parse

from ..grades import NATIONAL_NMV_SHARES, Grade, ShareRange, share_table, valid_multiset

ILLEGAL_STOP_CHOICES = ("RE-06", "PK-05")


@dataclass(frozen=True, slots=True)
class LiabilityPack:
    """Options of one city.

    `grades` replaces the grades (actor, other) of a scenario when the other has no fault.
    `illegal_stop` says who answers for a vehicle illegally stopped in a lane: RE-06 the one who hits it,
    PK-05 the one who stopped. `same_class_equal` off leaves two faults of the same class to the officer.
    `aggravation` lifts the grade of a party with drink or without licence one step (Beijing) [S:W7].
    """

    off: frozenset[str] = frozenset()
    grades: Mapping[str, tuple[Grade, Grade]] = field(default_factory=dict)
    illegal_stop: str = "RE-06"
    nmv_shares: Mapping[Grade, ShareRange] = field(default_factory=lambda: NATIONAL_NMV_SHARES)
    supplements: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)
    same_class_equal: bool = True
    aggravation: bool = False

    def __post_init__(self) -> None:
        """Refuse choices which cannot work (ValueError)."""
        if self.illegal_stop not in ILLEGAL_STOP_CHOICES:
            raise ValueError(f"illegal_stop is one of {ILLEGAL_STOP_CHOICES}")
        if not all(valid_multiset(pair) for pair in self.grades.values()):
            raise ValueError("grades of a scenario must fit together")

    @classmethod
    def default(cls) -> "LiabilityPack":
        """The national default."""
        return cls()

    @classmethod
    def from_section(cls, section: Mapping[str, object]) -> "LiabilityPack":
        """Read the `liability` section of a city file. Raises ValueError for unknown options or bad values.

        Keys: off = [codes]; grades = {code = ["PRIMARY", "SECONDARY"]}; illegal_stop;
        nmv_shares = {PRIMARY = "80-90"}; supplements = {code = [citations]};
        same_class_equal; aggravation.
        """
        unknown = set(section) - set(cls.__dataclass_fields__)
        if unknown:
            raise ValueError(f"unknown liability options: {sorted(unknown)}")
        grades = cast("Mapping[str, list[str]]", section.get("grades", {}))
        laws = cast("Mapping[str, list[str]]", section.get("supplements", {}))
        shares = cast("Mapping[str, int | str] | None", section.get("nmv_shares"))
        return cls(
            off=frozenset(cast("list[str]", section.get("off", []))),
            grades={code: _two(pair) for code, pair in grades.items()},
            illegal_stop=str(section.get("illegal_stop", "RE-06")),
            nmv_shares=NATIONAL_NMV_SHARES if shares is None else share_table(shares),
            supplements={code: tuple(map(parse, texts)) for code, texts in laws.items()},
            same_class_equal=bool(section.get("same_class_equal", True)),
            aggravation=bool(section.get("aggravation", False)),
        )

    def unknown_codes(self, known: Mapping[str, object]) -> frozenset[str]:
        """Codes named by this pack which are no scenarios: for the check of a city file."""
        return frozenset({*self.off, *self.grades, *self.supplements} - set(known))


def _two(pair: list[str]) -> tuple[Grade, Grade]:
    first, second = pair
    return Grade(first), Grade(second)
