"""Invented people and cars: the same plate or number always gives the same, plausible record.

Identity numbers follow GB 11643, vehicle identification numbers ISO 3779 / GB 16735 (domain 5.1, 5.3).
Whoever happens to bear such a number is not meant: names, dates and cars are drawn from a hash.
"""

from __future__ import annotations

import hashlib
import random
from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from typing import Any

from kuaichu.standins.plates import kind_of

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_YEAR_LETTERS = "ABCDEFGHJKLMNPRSTVWXY"  # 2010 to 2030

# Where the holder of a plate lives (GB/T 2260), by plate prefix, else by province character.
_HOMES = {
    "苏J": ("320902", "320903", "320904", "320921", "320922", "320923", "320924", "320925", "320981"),
    "鲁M": ("371602", "371603", "371621", "371622", "371623", "371625", "371681"),
    "川H": ("510802", "510811", "510812", "510821", "510822", "510823", "510824"),
    "鲁F": ("370602", "370611", "370612", "370613", "370681", "370682", "370685"),
    "鲁Y": ("370602", "370611", "370612", "370613", "370681", "370682", "370685"),
    "渝": ("500103", "500104", "500105", "500106", "500107", "500108", "500109", "500112", "500113"),
}
_CAPITALS = {
    "京": "110105",
    "沪": "310115",
    "津": "120101",
    "冀": "130102",
    "晋": "140105",
    "蒙": "150102",
    "辽": "210102",
    "吉": "220102",
    "黑": "230102",
    "苏": "320106",
    "浙": "330106",
    "皖": "340102",
    "闽": "350102",
    "赣": "360102",
    "鲁": "370102",
    "豫": "410105",
    "鄂": "420106",
    "湘": "430102",
    "粤": "440106",
    "桂": "450103",
    "琼": "460106",
    "川": "510104",
    "贵": "520102",
    "云": "530102",
    "藏": "540102",
    "陕": "610113",
    "甘": "620102",
    "青": "630102",
    "宁": "640104",
    "新": "650102",
}
_OFFICES = {"苏J": "江苏省盐城市", "鲁M": "山东省滨州市", "川H": "四川省广元市", "鲁F": "山东省烟台市"}

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_MEN_OLD = "建国 国强 志强 建军 卫东 永平 德明 金龙 宝林 学文 家俊 长江 正华 福生 玉林 春生 树林 立新 庆华"
_MEN_YOUNG = "浩 宇轩 俊杰 子豪 鹏 伟 磊 涛 超 明辉 文博 嘉诚 晨 旭东 凯 志远 天宇 斌 泽宇 思远 鑫 海波 明 健"
_WOMEN_OLD = "秀英 桂兰 玉兰 凤英 秀兰 丽华 玉珍 淑珍 红梅 春梅 爱华 金凤 美玲 惠芳 桂英 小红 月娥 素琴 彩霞"
_WOMEN_YOUNG = "欣怡 婷 雪 雨涵 梦瑶 静 敏 佳慧 思雨 丽娜 晓燕 颖 倩 诗涵 璐 艳 芳 娟 晓雯 梓萱 悦 玲 洁 瑶"

# (world manufacturer identifier, brand, model, vehicle type code, kind, share of the road in parts)
_CARS = (
    ("LSV", "大众牌", "朗逸 SVW7167", "K33", 12),
    ("LFV", "大众牌", "迈腾 FV7187", "K33", 9),
    ("LSG", "别克牌", "英朗 SGM7154", "K33", 9),
    ("LFM", "丰田牌", "卡罗拉 TV7126", "K33", 9),
    ("LHG", "本田牌", "雅阁 HG7154", "K33", 8),
    ("LGB", "日产牌", "轩逸 DFL7166", "K33", 10),
    ("LVV", "奇瑞牌", "瑞虎 SQR7151", "K32", 6),
    ("LGW", "哈弗牌", "H6 CC6461", "K32", 9),
    ("LS5", "长安牌", "CS75 SC6469", "K32", 8),
    ("LB3", "吉利牌", "帝豪 MR7153", "K33", 8),
    ("LZW", "五菱牌", "宏光 LZW6450", "K39", 9),
    ("LBV", "宝马牌", "3系 BMW7201", "K33", 3),
)
_ELECTRIC = (
    ("LGX", "比亚迪牌", "秦PLUS BYD7003", "K33", 5),
    ("LRW", "特斯拉牌", "Model 3 TSL7000", "K33", 2),
)
_TRUCKS = (("LZZ", "豪沃牌", "ZZ4257 牵引汽车", "Q11", 2), ("LVB", "福田牌", "BJ1189 载货汽车", "H11", 3))
_BUSES = (("LZY", "宇通牌", "ZK6127 客车", "K11", 1), ("LKL", "海格牌", "KLQ6129 客车", "K11", 1))
_COLOURS = (("A", "白", 36), ("J", "黑", 24), ("B", "灰", 18), ("H", "蓝", 8), ("E", "红", 8), ("I", "棕", 6))
_CLASSES = (("C1", 72), ("C2", 14), ("B2", 5), ("A2", 3), ("C1D", 3), ("A1A2", 1), ("C1E", 2))


def today() -> date:
    """The present day in China."""
    return datetime.now(timezone(timedelta(hours=8))).date()


def dice(*seed: str) -> random.Random:
    """Random numbers which are the same for the same words, on every machine."""
    digest = hashlib.sha256("\x1f".join(seed).encode()).digest()
    return random.Random(int.from_bytes(digest[:16], "big"))


def id_check(first17: str) -> str:
    """The 18th character of an identity number (GB 11643, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def id_valid(number: str) -> bool:
    """Whether shape, calendar date and check character of an identity number are right."""
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    try:
        born = birth_of(number)
    except ValueError:
        return False
    return date(1900, 1, 1) <= born <= today() and id_check(number[:17]) == number[17]


def birth_of(number: str) -> date:
    """The date of birth in an identity number. Raises ValueError when there is no such day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def vin_check(vin: str) -> str:
    """The check digit (ninth place) of a vehicle identification number."""
    total = sum(
        (int(c) if c.isdigit() else _VIN_VALUES[c]) * w for c, w in zip(vin, _VIN_WEIGHTS, strict=True)
    )
    return "X" if total % 11 == 10 else str(total % 11)


def id_number(plate: str, on: date) -> str:
    """An identity number for the owner of a plate: lives where the plate is from, 20 to 66 years old."""
    roll = dice("owner", plate)
    homes = _HOMES.get(plate[:2]) or _HOMES.get(plate[:1]) or (_CAPITALS.get(plate[:1], "110105"),)
    born = on - timedelta(days=roll.randint(20 * 366, 66 * 365))
    first17 = f"{roll.choice(homes)}{born:%Y%m%d}{roll.randint(1, 999):03d}"
    return first17 + id_check(first17)


def name_for(number: str) -> str:
    """The name that goes with an identity number: by its sex (17th digit) and decade."""
    roll = dice("name", number)
    surname = _SURNAMES[min(int(abs(roll.gauss(0, 0.42)) * len(_SURNAMES)), len(_SURNAMES) - 1)]
    old = birth_of(number).year < 1982
    man = int(number[16]) % 2 == 1
    names = (_MEN_OLD if old else _MEN_YOUNG) if man else (_WOMEN_OLD if old else _WOMEN_YOUNG)
    return surname + roll.choice(names.split())


def vehicle(plate: str, kind: str | None, on: date) -> dict[str, Any]:
    """The register's record of a plate which nobody planted."""
    kind = kind or kind_of(plate) or "02"
    roll = dice("vehicle", plate, kind)
    wmi, brand, model, type_code, _ = _weighted(roll, _fleet(kind))
    registered = on - timedelta(days=roll.randint(60, 11 * 365))
    owner = id_number(plate, on)
    expired = roll.random() < 0.03
    until = _month_end(on, -roll.randint(1, 14) if expired else roll.randint(0, 23))
    colour, colour_name, _ = _weighted(roll, _COLOURS)
    return {
        "plate": plate,
        "kind": kind,
        "vehicle_type": type_code,
        "automatic": type_code.startswith(("K3", "H3")),
        "brand": brand,
        "model": model,
        "vin": _vin(roll, wmi, registered.year),
        "engine_no": f"{roll.choice('ABCDEFGH')}{roll.randint(0, 9999999):07d}",
        "colour": colour,
        "colour_name": colour_name,
        "use": {"Q11": "F", "H11": "F", "K11": "C"}.get(type_code, "A"),
        "owner": {"name": name_for(owner), "id_no": owner},
        "status": "逾期未检验" if expired else "正常",
        "inspection_until": until.isoformat(),
        "licence": {
            "file_no": f"{roll.randint(0, 10**12 - 1):012d}",
            "registered_on": registered.isoformat(),
            "issued_on": (registered + timedelta(days=roll.randint(0, 3))).isoformat(),
            "issued_by": _OFFICES.get(plate[:2], "") + "公安局交通警察支队",
        },
    }


def driver(number: str, on: date) -> dict[str, Any] | None:
    """The register's record of a driver nobody planted; None for people under 18."""
    born = birth_of(number)
    if (on - born).days < 18 * 365.25:
        return None
    roll = dice("driver", number)
    adult = date(born.year + 18, born.month, min(born.day, 28))
    first = adult + timedelta(days=roll.randint(0, max(0, min((on - adult).days - 30, 9000))))
    expired = roll.random() < 0.03
    until = on + timedelta(days=-roll.randint(10, 500) if expired else roll.randint(30, 3600))
    classes, _ = _weighted(roll, _CLASSES)
    return {
        "id_no": number,
        "licence_no": number,
        "name": name_for(number),
        "sex": "男" if int(number[16]) % 2 else "女",
        "file_no": f"{number[:4]}00{roll.randint(0, 999999):06d}",
        "classes": classes,
        "first_issued": first.isoformat(),
        "status": "逾期未换证" if expired else "正常",
        "valid_until": until.isoformat(),
        "points": roll.choices((0, 1, 3, 6, 9), (70, 12, 10, 6, 2))[0],
    }


def _fleet(kind: str) -> tuple[tuple[str, str, str, str, int], ...]:
    if kind == "52":
        return _ELECTRIC
    if kind == "51":
        return _BUSES
    return _TRUCKS + _BUSES if kind in ("01", "15") else _CARS


def _weighted(roll: random.Random, options: tuple[Any, ...]) -> Any:
    return roll.choices(options, [option[-1] for option in options])[0]


def _vin(roll: random.Random, wmi: str, year: int) -> str:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
    described = "".join(roll.choice(letters) for _ in range(5))
    made = _YEAR_LETTERS[max(0, min(year - 2010, len(_YEAR_LETTERS) - 1))]
    vin = f"{wmi}{described}0{made}{roll.choice('ABCDEFGH12345')}{roll.randint(0, 999999):06d}"
    return vin[:8] + vin_check(vin) + vin[9:]


def _month_end(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
