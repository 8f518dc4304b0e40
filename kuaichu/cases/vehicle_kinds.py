"""Vehicle types (GA/T 16.4), use categories (使用性质) and which driving licence covers which vehicle.

The minimum classes follow the vehicle descriptions of the licence rules (D162 Art.11). Where a fact is
missing that decides (gearbox, use, adaptation), the answer is None: ask, do not accuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain

_SIZES = {"1": ("大型", "large"), "2": ("中型", "medium"), "3": ("小型", "small"), "4": ("微型", "micro")}
_LOADS = {"1": ("重型", "heavy"), "2": ("中型", "medium"), "3": ("轻型", "light"), "4": ("微型", "micro")}
_BUSES = {
    "1": ("普通客车", "bus"),
    "2": ("双层客车", "double-decker bus"),
    "3": ("卧铺客车", "sleeper bus"),
    "4": ("铰接客车", "articulated bus"),
    "5": ("越野客车", "off-road bus"),
    "6": ("轿车", "saloon car"),
    "7": ("专用客车", "special bus"),
    "8": ("专用校车", "school bus"),
}
_SMALL_CARS = {
    "1": ("普通客车", "passenger car"),
    "2": ("越野客车", "off-road car"),
    "3": ("轿车", "saloon car"),
    "4": ("专用客车", "special passenger car"),
    "8": ("专用校车", "school bus"),
    "9": ("面包车", "minivan"),
}
_MICRO_CARS = {build: _SMALL_CARS[build] for build in "1239"}
_TRUCKS = {
    "1": ("普通货车", "truck"),
    "2": ("厢式货车", "box truck"),
    "3": ("封闭货车", "closed van"),
    "4": ("罐式货车", "tank truck"),
    "5": ("平板货车", "flatbed truck"),
    "6": ("集装厢车", "container truck"),
    "7": ("自卸货车", "dump truck"),
    "8": ("特殊结构货车", "truck of special build"),
    "9": ("仓栅式货车", "stake truck"),
    "A": ("车辆运输车", "vehicle transporter"),
    "B": ("厢式自卸货车", "box dump truck"),
    "C": ("罐式自卸货车", "tank dump truck"),
    "D": ("平板自卸货车", "flatbed dump truck"),
    "E": ("集装厢自卸货车", "container dump truck"),
    "F": ("特殊结构自卸货车", "dump truck of special build"),
    "G": ("仓栅式自卸货车", "stake dump truck"),
}
_SLOW = {"1": "普通货车", "2": "厢式货车", "3": "罐式货车", "4": "自卸货车", "5": "仓栅式货车"}
_SLOW_EN = {"1": "truck", "2": "box truck", "3": "tank truck", "4": "dump truck", "5": "stake truck"}
_WORK_SIZES = {**_SIZES, "5": ("重型", "heavy"), "7": ("轻型", "light")}
_TRAILERS = {"B": ("半挂车", "semi-trailer"), "G": ("全挂车", "full trailer")}

_SINGLE: dict[str, tuple[str, str]] = {
    "M11": ("普通正三轮摩托车", "three-wheel motorcycle"),
    "M12": ("轻便正三轮摩托车", "light three-wheel moped"),
    "M13": ("正三轮载客摩托车", "three-wheel passenger motorcycle"),
    "M14": ("正三轮载货摩托车", "three-wheel cargo motorcycle"),
    "M15": ("侧三轮摩托车", "motorcycle with sidecar"),
    "M21": ("普通二轮摩托车", "two-wheel motorcycle"),
    "M22": ("轻便二轮摩托车", "moped"),
    "N11": ("三轮汽车", "three-wheel truck"),
    "J11": ("轮式装载机械", "wheeled loader"),
    "J12": ("轮式挖掘机械", "wheeled excavator"),
    "J13": ("轮式平地机械", "wheeled grader"),
    "D11": ("无轨电车", "trolleybus"),
    "D12": ("有轨电车", "tram"),
    "T11": ("大型轮式拖拉机", "large wheeled tractor"),
    "T21": ("小型轮式拖拉机", "small wheeled tractor"),
    "T22": ("手扶拖拉机", "walking tractor"),
    "T23": ("手扶变形运输机", "converted walking tractor"),
    "X99": ("其他", "other"),
}


def _built() -> dict[str, tuple[str, str]]:
    """The regular part of the code list, from its parts."""
    found: dict[str, tuple[str, str]] = {}
    for letter, sizes, builds in (
        ("K", "12", _BUSES),
        ("K", "3", _SMALL_CARS),
        ("K", "4", _MICRO_CARS),
        ("H", "1234", _TRUCKS),
    ):
        for size, build in ((size, build) for size in sizes for build in builds):
            zh, en = (_LOADS if letter == "H" else _SIZES)[size]
            found[f"{letter}{size}{build}"] = (zh + builds[build][0], f"{en} {builds[build][1]}")
    for size, (zh, en) in list(_LOADS.items())[:3]:
        found[f"Q{size}1"] = (f"{zh}半挂牵引车", f"{en} semi-trailer tractor")
        found[f"Q{size}2"] = (f"{zh}全挂牵引车", f"{en} full-trailer tractor")
    for size, (zh, en) in _WORK_SIZES.items():
        found[f"Z{size}1"] = (f"{zh}非载货专项作业车", f"{en} special-purpose vehicle")
        found[f"Z{size}2"] = (f"{zh}载货专项作业车", f"{en} load-carrying special-purpose vehicle")
    for build, zh in _SLOW.items():
        found[f"H5{build}"] = (f"低速{zh}", f"low-speed {_SLOW_EN[build]}")
    return found


TYPES: dict[str, tuple[str, str]] = dict(sorted({**_built(), **_SINGLE}.items()))
"""Vehicle-type code → (Chinese, English) name."""

USES: dict[str, tuple[str, str]] = {
    "A": ("非营运", "private"),
    "B": ("公路客运", "road passenger transport"),
    "C": ("公交客运", "city bus service"),
    "D": ("出租客运", "taxi"),
    "E": ("旅游客运", "tourist coach"),
    "F": ("货运", "freight"),
    "G": ("租赁", "rental"),
    "H": ("警用", "police"),
    "I": ("消防", "fire service"),
    "J": ("救护", "ambulance"),
    "K": ("工程抢险", "engineering rescue"),
    "L": ("营转非", "formerly commercial"),
    "M": ("出租转非", "formerly taxi"),
    "N": ("教练", "driving school"),
    "O": ("幼儿校车", "nursery school bus"),
    "P": ("小学生校车", "primary school bus"),
    "Q": ("其他校车", "other school bus"),
    "R": ("危化品运输", "dangerous goods"),
    "S": ("中小学生校车", "school bus"),
    "Z": ("其他", "other"),
}
"""Use category → (Chinese, English) name."""

HAZARDOUS_USES = frozenset("R")
SCHOOL_BUS_USES = frozenset("OPQS")


def name_of(code: str, *, english: bool = False) -> str | None:
    """The name of a vehicle type; a trailer or an unlisted variant gets the name of its family; None if
    unknown.
    """
    code = code.strip().upper()
    names = TYPES.get(code) or _family_name(code)
    return names[english] if names else None


def _family_name(code: str) -> tuple[str, str] | None:
    """Name of a trailer by its letter and size."""
    if not re.fullmatch(r"[BG][1-3][0-9A-Z]", code) or code[1] not in _LOADS:
        return None
    size, kind = _LOADS[code[1]], _TRAILERS[code[0]]
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
