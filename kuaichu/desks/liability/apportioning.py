"""The three shares of a case as an agreement or determination keeps them, and what an officer may fix.

The grade is the police's, the clearing share the insurers' clause, the civil share the law's: three fields,
converted by the city's declared table and never taken for one another.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from kuaichu.cases import files
from kuaichu.desks.liability.grades import Grade, ShareRange
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.share_tables import ShareTable
from kuaichu.desks.liability.shares import Basis, ThreeShares, motor_part, three_shares
from kuaichu.desks.liability.vocabulary import UserKind

Kinds = Mapping[str, UserKind]
Shares = Mapping[str, Fraction]
_PARTIAL = frozenset({Grade.PRIMARY, Grade.EQUAL, Grade.SECONDARY})


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored beside the grades: fractions as text by label (`civil` empty while they are open).

    `rule` names the table and the basis (`custom`, `province`, `fixed`, `intent`, `open`).
    """

    civil: dict[str, str]
    clearing: dict[str, str]
    rule: dict[str, str]


def kinds_of(case_id: UUID) -> dict[str, UserKind]:
    """What each party was, by label."""
    return {label: UserKind(vehicle.kind) for label, vehicle in files.vehicles(case_id).items()}


def apportion(
    city: str,
    kinds: Kinds,
    grades: Mapping[str, str],
    *,
    fixed: Shares | None = None,
    on_purpose: Collection[str] = (),
) -> ThreeShares:
    """The three shares by the city's table. `fixed` counts only where it differs from the table's own share.

    Raises ValueError for grades which do not fit together, for labels that differ, and for fixed shares
    which do not add up.
    """
    table, given = pack_of(city).table(), {label: Grade(grade) for label, grade in grades.items()}
    usual = three_shares(kinds, given, table, on_purpose=on_purpose)
    if not fixed or dict(fixed) == usual.civil():
        return usual
    return three_shares(kinds, given, table, fixed=fixed)


def kept(shares: ThreeShares) -> Kept:
    """The shares as they are stored and sent."""
    return Kept(
        civil={label: str(share) for label, share in shares.civil().items()},
        clearing={label: str(one.clearing) for label, one in shares.parties.items()},
        rule={"table": shares.table.code, "basis": shares.basis.name.lower()},
    )


def on_purpose(found: Mapping[str, object]) -> list[str]:
    """The labels of whom an officer found to have caused it on purpose (Article 76 paragraph 2)."""
    guilty = (ref for ref, value in found.items() if ref.endswith(".intent") and value is True)
    return [ref.partition(".")[0] for ref in guilty]


def allowed(city: str, kinds: Kinds, grades: Mapping[str, str]) -> dict[str, ShareRange]:
    """Within what an officer may fix each civil share: the province's range, else what the grade allows.

    Between motor vehicles a single grade says it all except for PRIMARY and SECONDARY, where courts also use
    60/40 and 80/20; where no province fixes the share of a rider or pedestrian it is open.
    """
    given = {label: Grade(grade) for label, grade in grades.items()}
    usual = apportion(city, kinds, grades)
    if usual.basis is Basis.PROVINCE:
        return _of_province(kinds, given, usual)
    if usual.basis is Basis.OPEN:
        return {label: _open(kinds, given, label) for label in given}
    return {label: _customary(grade, usual.parties[label].civil) for label, grade in given.items()}


def outside(fixed: Shares, ranges: Mapping[str, ShareRange], grades: Mapping[str, str]) -> list[str]:
    """The labels whose fixed share the grade or the province's table does not allow."""
    return [label for label, one in ranges.items() if not _fits(fixed[label], one, Grade(grades[label]))]


def _fits(share: Fraction, within: ShareRange, grade: Grade) -> bool:
    whole = within.low != within.high and grade in _PARTIAL and share in (0, 1)
    return within.low <= share <= within.high and not whole


def _customary(grade: Grade, share: Fraction | None) -> ShareRange:
    usual, half = share or Fraction(0), Fraction(1, 2)
    if grade is Grade.PRIMARY:
        return ShareRange(half, Fraction(1), usual)
    if grade is Grade.SECONDARY:
        return ShareRange(Fraction(0), half, usual)
    return ShareRange(usual, usual, usual)


def _open(kinds: Kinds, given: Mapping[str, Grade], label: str) -> ShareRange:
    """Nothing declared fixes it: a motor side without fault still bears a tenth at most (Article 76)."""
    motors = {given[one] for one, kind in kinds.items() if kind is UserKind.MV}
    nobody, everything = Fraction(0), Fraction(1)
    if given[label] in _PARTIAL:
        return ShareRange(nobody, everything, nobody)
    if set(given.values()) == {Grade.NONE} or motors != {Grade.NONE}:
        single = everything if given[label] is Grade.FULL else nobody
        return ShareRange(single, single, single)
    tenth = Fraction(1, 10)
    if kinds[label] is UserKind.MV:
        return ShareRange(nobody, tenth, nobody)
    return ShareRange(everything - tenth, everything, everything)


def _of_province(kinds: Kinds, given: Mapping[str, Grade], usual: ThreeShares) -> dict[str, ShareRange]:
    """The ranges of the table; several motor vehicles divide what is left for their side."""
    weaker = next(label for label, kind in kinds.items() if kind is not UserKind.MV)
    part = _part(kinds, given, weaker, usual.table)
    motors = [label for label in kinds if label != weaker]
    found = {weaker: ShareRange(1 - part.high, 1 - part.low, 1 - part.usual)}
    if len(motors) == 1:
        return {motors[0]: part, **found}
    return found | {label: _one_of_side(given[label], part, usual.parties[label].civil) for label in motors}


def _one_of_side(grade: Grade, part: ShareRange, share: Fraction | None) -> ShareRange:
    usual = share or Fraction(0)
    if grade is Grade.NONE and not usual:
        return ShareRange(usual, usual, usual)
    return ShareRange(Fraction(0), part.high, usual)


def _part(kinds: Kinds, given: Mapping[str, Grade], weaker: str, table: ShareTable) -> ShareRange:
    found = motor_part(kinds, given, weaker, table)
    if found is None:  # pragma: no cover - the basis says that the province fixes it
        raise ValueError("no share is fixed")
    return found
