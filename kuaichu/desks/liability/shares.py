"""Three shares which are not one: the police's grade, what insurers clear by, and what people owe each other.

The grade is the officer's. The clearing share is the clause of the third-party policies, by grade, while no
share has been fixed. The civil share is the law's: between motor vehicles custom, against riders and
pedestrians the province's table. `share_tables.toml` declares how a grade converts, with its source.

Pure: exact fractions of the loss above the compulsory cover; no database, clock or settings.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .grades import Grade, ShareRange, valid_multiset
from .share_tables import ShareTable
from .vocabulary import Json, UserKind

_MIRROR = {
    Grade.FULL: Grade.NONE,
    Grade.PRIMARY: Grade.SECONDARY,
    Grade.EQUAL: Grade.EQUAL,
    Grade.SECONDARY: Grade.PRIMARY,
    Grade.NONE: Grade.FULL,
}


class Basis(StrEnum):
    """Where the civil shares come from; OPEN means that nothing declared fixes them."""

    FIXED = "fixed by the parties, an officer, a mediator or a court"
    CUSTOM = "customary shares by grade"
    PROVINCE = "the province's table"
    INTENT = "caused on purpose (Article 76)"
    OPEN = "not fixed: to be agreed or decided"


@dataclass(frozen=True, slots=True)
class PartyShares:
    """The three shares of one party. `civil_range` is what the province allows where it gives a range."""

    grade: Grade
    clearing: Fraction
    civil: Fraction | None
    civil_range: ShareRange | None = None


@dataclass(frozen=True, slots=True)
class ThreeShares:
    """The three shares of all parties, and what the conversion rests on."""

    parties: Mapping[str, PartyShares]
    basis: Basis
    table: ShareTable

    def civil(self) -> dict[str, Fraction]:
        """Civil shares by label; empty while they are open."""
        found = {label: one.civil for label, one in self.parties.items() if one.civil is not None}
        return found if len(found) == len(self.parties) else {}

    def to_json(self) -> dict[str, Json]:
        """Plain JSON; fractions as text."""
        return {
            "table": self.table.code,
            "source": self.table.source,
            "certainty": self.table.certainty.value,
            "basis": self.basis.value,
            "parties": {label: _party_json(one) for label, one in self.parties.items()},
        }


def three_shares(
    kinds: Mapping[str, UserKind],
    grades: Mapping[str, Grade],
    table: ShareTable,
    *,
    fixed: Mapping[str, Fraction] | None = None,
    on_purpose: Collection[str] = (),
) -> ThreeShares:
    """Grade, clearing share and civil share of everybody, each on its own.

    `fixed` are civil shares somebody entitled fixed; clearing then goes by them too, as the clause says.
    `on_purpose` are labels of parties who caused the accident on purpose. Raises ValueError for grades which
    do not fit together, for labels that differ, and for fixed shares which do not add up.
    """
    if set(kinds) != set(grades) or not valid_multiset(grades.values()):
        raise ValueError("grades of the same parties which fit together are needed")
    if fixed is not None:
        _insist_whole(fixed, grades)
    civil, basis = _civil(kinds, grades, table, fixed, on_purpose)
    ranges = _ranges(kinds, grades, table) if basis is Basis.PROVINCE else {}
    clearing = fixed or table.clearing_of(grades)
    return ThreeShares(
        {
            label: PartyShares(grade, clearing[label], civil.get(label), ranges.get(label))
            for label, grade in grades.items()
        },
        basis,
        table,
    )


def civil_shares(
    kinds: Mapping[str, UserKind], grades: Mapping[str, Grade], table: ShareTable
) -> dict[str, Fraction]:
    """Civil shares by label; empty where neither custom nor the table fixes them."""
    return three_shares(kinds, grades, table).civil()


def motor_part(
    kinds: Mapping[str, UserKind],
    grades: Mapping[str, Grade],
    weaker: str,
    table: ShareTable,
    *,
    closed_road: bool = False,
    standing: bool = False,
) -> ShareRange | None:
    """The part of this rider's or pedestrian's loss which the motor side bears; None where it is not fixed.

    Goes by the weaker party's grade, as the provinces word it, so that several motor vehicles are one side.
    `closed_road` and `standing` as in `ShareTable.against`.
    """
    if UserKind.MV not in kinds.values() or kinds[weaker] is UserKind.MV:
        return None
    if set(grades.values()) == {Grade.NONE}:
        return table.against(Grade.NONE, closed_road=closed_road, standing=standing)
    return table.against(_MIRROR[grades[weaker]], closed_road=closed_road, standing=standing)


def unprovable_shares(kinds: Mapping[str, UserKind], table: ShareTable) -> dict[str, Fraction]:
    """Money where fault cannot be determined: equal parts if the table says so and all are of one sort.

    Empty otherwise, and never a grade: facts that cannot be proven give a certificate of facts (D146 67).
    """
    motors = {kind is UserKind.MV for kind in kinds.values()}
    if not table.unprovable_equal or len(motors) != 1 or len(kinds) < 2:
        return {}
    return dict.fromkeys(kinds, Fraction(1, len(kinds)))


def _civil(
    kinds: Mapping[str, UserKind],
    grades: Mapping[str, Grade],
    table: ShareTable,
    fixed: Mapping[str, Fraction] | None,
    on_purpose: Collection[str],
) -> tuple[Mapping[str, Fraction], Basis]:
    if fixed is not None:
        return fixed, Basis.FIXED
    guilty = [label for label in on_purpose if label in grades]
    if len(guilty) == 1:
        return {label: Fraction(label == guilty[0]) for label in grades}, Basis.INTENT
    motors = [label for label, kind in kinds.items() if kind is UserKind.MV]
    weaker = [label for label in kinds if label not in motors]
    if not motors or not weaker:
        return table.between(grades), Basis.CUSTOM
    part = motor_part(kinds, grades, weaker[0], table) if len(weaker) == 1 else None
    if part is None or set(grades.values()) == {Grade.NONE}:
        return {}, Basis.OPEN
    return _both_sides(motors, weaker[0], grades, part.usual, table), Basis.PROVINCE


def _both_sides(
    motors: list[str], weaker: str, grades: Mapping[str, Grade], part: Fraction, table: ShareTable
) -> dict[str, Fraction]:
    """The motor side's part over its vehicles by their grades; evenly if none of them is at fault."""
    weights = {label: table.between_motors[grades[label]] for label in motors}
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        weights, whole = dict.fromkeys(motors, Fraction(1)), Fraction(len(motors))
    return {weaker: 1 - part, **{label: part * weight / whole for label, weight in weights.items()}}


def _ranges(
    kinds: Mapping[str, UserKind], grades: Mapping[str, Grade], table: ShareTable
) -> dict[str, ShareRange]:
    """What the province allows, for a motor vehicle that is alone on its side."""
    motors = [label for label, kind in kinds.items() if kind is UserKind.MV]
    weaker = next(label for label in kinds if label not in motors)
    part = motor_part(kinds, grades, weaker, table)
    if part is None or len(motors) != 1:
        return {}
    return {motors[0]: part, weaker: ShareRange(1 - part.high, 1 - part.low, 1 - part.usual)}


def _insist_whole(fixed: Mapping[str, Fraction], grades: Mapping[str, Grade]) -> None:
    fits = set(fixed) == set(grades) and all(0 <= one <= 1 for one in fixed.values())
    if not fits or sum(fixed.values()) not in (0, 1):
        raise ValueError("fixed shares are given for everybody and add up to 1, or to 0")


def _party_json(one: PartyShares) -> Json:
    allowed = one.civil_range
    return {
        "grade": one.grade.value,
        "clearing": str(one.clearing),
        "civil": None if one.civil is None else str(one.civil),
        "civil_range": None if allowed is None else [str(allowed.low), str(allowed.high)],
    }
