"""The code lists of vehicle types (GA/T 16.4) and use categories (使用性质), in Chinese and English."""

from __future__ import annotations

_SIZES = {"1": ("大型", "large"), "2": ("中型", "medium"), "3": ("小型", "small"), "4": ("微型", "micro")}
LOADS = {"1": ("重型", "heavy"), "2": ("中型", "medium"), "3": ("轻型", "light"), "4": ("微型", "micro")}
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
TRAILERS = {"B": ("半挂车", "semi-trailer"), "G": ("全挂车", "full trailer")}

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
            zh, en = (LOADS if letter == "H" else _SIZES)[size]
            found[f"{letter}{size}{build}"] = (zh + builds[build][0], f"{en} {builds[build][1]}")
    for size, (zh, en) in list(LOADS.items())[:3]:
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
