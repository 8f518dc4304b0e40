"""The name of a vehicle type (GA/T 16.4), and which driving licence covers which vehicle.

The minimum classes follow the vehicle descriptions of the licence rules (D162 Art.11). Where a fact is
missing that decides (gearbox, use, adaptation), the answer is None: ask, do not accuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

from kuaichu.cases.vehicle_tables import LOADS, TRAILERS, TYPES


def name_of(code: str, *, english: bool = False) -> str | None:
    """The name of a vehicle type; a trailer or an unlisted variant gets the name of its family; None if
    unknown.
    """
    code = code.strip().upper()
    names = TYPES.get(code) or _family_name(code)
    return names[english] if names else None


def _family_name(code: str) -> tuple[str, str] | None:
    """Name of a trailer by its letter and size."""
    if not re.fullmatch(r"[BG][1-3][0-9A-Z]", code) or code[1] not in LOADS:
        return None
    size, kind = LOADS[code[1]], TRAILERS[code[0]]
    return size[0] + kind[0], f"{size[1]} {kind[1]}"


_LEGEND = {
    "A1": ("A3", "B1", "B2"),
    "A2": ("B1", "B2", "C6"),
    "A3": ("C1",),
    "B1": ("C1", "M"),
    "B2": ("C1", "M"),
    "C1": ("C2", "C3"),
    "C3": ("C4",),
    "D": ("E",),
    "E": ("F",),
}
"""What the licence prints beside each class: direct coverage only (C6 under A2 since 2022)."""

CLASSES = ("A1", "A2", "A3", "B1", "B2", "C1", "C2", "C3", "C4", "C5", "C6", "D", "E", "F", "M", "N", "P")


def coverage(licence_class: str) -> frozenset[str]:
    """Every class that one class covers, itself included (transitive closure of the printed legend)."""
    direct = (coverage(other) for other in _LEGEND.get(licence_class, ()))
    return frozenset({licence_class, *chain.from_iterable(direct)})


def classes_in(licence: str) -> tuple[str, ...] | None:
    """The classes printed on a licence, for example "A2D" → ("A2", "D"); None when it is not readable."""
    bare = re.sub(r"[\s,、/]+", "", licence.upper())
    found = tuple(re.findall(r"[ABC]\d|[DEFMNP]", bare))
    return found if found and "".join(found) == bare and set(found) <= set(CLASSES) else None


@dataclass(frozen=True, slots=True)
class Needed:
    """Classes each of which is enough for sure, and classes that are enough if a missing fact turns out
    so.
    """

    sure: frozenset[str]
    perhaps: frozenset[str] = frozenset()


def needed(
    vehicle_type: str, *, use: str | None = None, automatic: bool | None = None, adapted: bool | None = None
) -> Needed | None:
    """The minimum licence class of a vehicle type, None when the type decides nothing (tractor, trailer).

    `use` is the use category (C makes a large bus a city bus), `automatic` the gearbox, `adapted` a car
    rebuilt for a disabled driver; None means not known.
    """
    code = vehicle_type.strip().upper()
    if re.fullmatch(r"K1.", code):
        return _large_bus(use)
    if re.fullmatch(r"K[34].|H[34].|Z[347].", code):
        return _small(automatic, adapted, car=code[0] == "K")
    for pattern, classes in _MINIMUM:
        if re.fullmatch(pattern, code):
            return Needed(frozenset(classes))
    return None


_MINIMUM: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"K2.", ("B1",)),
    (r"H[12].|Z[125].", ("B2",)),
    (r"H5.", ("C3",)),
    (r"N11", ("C4",)),
    (r"Q[12].", ("A2",)),
    (r"Q3.", ("C6", "A2")),
    (r"J1.", ("M",)),
    (r"M1[1345]", ("D",)),
    (r"M12|M22", ("F",)),
    (r"M21", ("E",)),
    (r"D11", ("N",)),
    (r"D12", ("P",)),
)


def _large_bus(use: str | None) -> Needed:
    """A1 drives every large bus, A3 those in city service."""
    if use is None:
        return Needed(frozenset({"A1"}), frozenset({"A3"}))
    return Needed(frozenset({"A1", "A3"} if use.strip().upper() == "C" else {"A1"}))


def _small(automatic: bool | None, adapted: bool | None, *, car: bool) -> Needed:
    """C1, with an automatic gearbox also C2, and C5 for an adapted automatic car."""
    sure, perhaps = {"C1"}, set[str]()
    if automatic is not False:
        (sure if automatic else perhaps).add("C2")
        if car and adapted is not False:
            (sure if automatic and adapted else perhaps).add("C5")
    return Needed(frozenset(sure), frozenset(perhaps))


def covers(
    licence_class: str,
    vehicle_type: str,
    *,
    use: str | None = None,
    automatic: bool | None = None,
    adapted: bool | None = None,
) -> bool | None:
    """Whether a licence ("C1", "A2D") covers a vehicle type ("H17"); None when the facts do not decide."""
    held = classes_in(licence_class)
    wanted = needed(vehicle_type, use=use, automatic=automatic, adapted=adapted)
    if held is None or wanted is None:
        return None
    covered = frozenset(chain.from_iterable(map(coverage, held)))
    if covered & wanted.sure:
        return True
    return None if covered & wanted.perhaps else False
