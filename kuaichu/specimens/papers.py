"""Specimens of papers with invented people and cars, in the layout of the forms; no use as papers."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from kuaichu.cases.vehicle_kinds import name_of
from kuaichu.people.identifiers import division_name
from kuaichu.standins import invented

Pixels = npt.NDArray[np.uint8]
SIZE = (1012, 690)
INK, LABEL, RED = (25, 25, 30), (40, 60, 110), (190, 40, 40)
TODAY = date(2026, 5, 20)
KINDS = ("driving_licence", "vehicle_licence", "insurance")
PLACES = ("苏J", "苏A", "鲁M", "鲁F", "川H", "渝A", "京A", "沪C", "浙B", "粤B", "皖A", "豫P")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_USES = {"A": "非营运", "F": "货运", "C": "公交客运"}


@dataclass(frozen=True, slots=True)
class Specimen:
    """A paper of one kind: its pixels (BGR) and the true values of its fields."""

    kind: str
    pixels: Pixels
    fields: Mapping[str, str]


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The house's own type face in pixels."""
    source = files("kuaichu.desks.documents") / "fonts" / "NotoSerifSC-Regular.ttf"
    return ImageFont.truetype(str(source), size)


def plate(roll: random.Random) -> str:
    """A plate that may exist: a third of them of new-energy cars."""
    start = roll.choice(PLACES)
    if roll.random() < 0.33:
        return f"{start}{roll.choice('DF')}{roll.randint(0, 99999):05d}"
    serial = [str(roll.randint(0, 9)) for _ in range(5)]
    for place in roll.sample(range(5), roll.randint(0, 2)):
        serial[place] = roll.choice(LETTERS)
    return start + "".join(serial)


def specimen(kind: str, seed: int) -> Specimen:
    """The specimen of this kind and seed: always the same."""
    roll = random.Random(f"{kind}/{seed}")
    number = plate(roll)
    car = invented.vehicle(number, None, TODAY)
    draw = {"driving_licence": _driving, "vehicle_licence": _vehicle, "insurance": _insurance}[kind]
    image, fields = draw(car, roll)
    return Specimen(kind, np.ascontiguousarray(np.asarray(image)[:, :, ::-1]), fields)


class _Card:
    """A card with a title, labels in two languages and values."""

    def __init__(self, title: str, english: str, ground: tuple[int, int, int]) -> None:
        self.image = Image.new("RGB", SIZE, ground)
        self._pen = ImageDraw.Draw(self.image)
        for n in range(0, SIZE[1], 14):  # the wavy ground of such cards, much simplified
            shade = tuple(max(0, value - 8) for value in ground)
            self._pen.line([(0, n), (SIZE[0], n + 60)], fill=shade, width=2)
        self.write(SIZE[0] // 2 - 23 * len(title), 24, title, 46, RED)
        self.write(SIZE[0] // 2 - 6 * len(english), 82, english, 22, RED)

    def write(self, x: int, y: int, text: str, size: int = 34, ink: tuple[int, int, int] = INK) -> None:
        self._pen.text((x, y), text, fill=ink, font=font(size))

    def field(  # noqa: PLR0917 - a form is a table of these
        self, x: int, y: int, label: str, english: str, value: str, gap: int = 0
    ) -> None:
        """A label, its English below it, and the value to its right."""
        self.write(x, y, label, 25, LABEL)
        self.write(x, y + 30, english, 16, LABEL)
        self.write(x + (gap or 27 * len(label) + 20), y - 4, value)

    def seal(self, x: int, y: int, text: str) -> None:
        """The red square seal of the issuing office."""
        self._pen.rectangle([x, y, x + 150, y + 150], outline=RED, width=5)
        for n in range(0, len(text), 4):
            self.write(x + 12, y + 12 + n // 4 * 34, text[n : n + 4], 30, RED)

    def foot(self) -> None:
        """Says what this is."""
        self.write(SIZE[0] - 250, SIZE[1] - 34, "样张 SPECIMEN", 20, (150, 150, 150))


def _driving(car: dict[str, object], roll: random.Random) -> tuple[Image.Image, dict[str, str]]:
    owner = car["owner"]
    assert isinstance(owner, dict)
    number = str(owner["id_no"])
    driver = invented.driver(number, TODAY) or {}
    first = date.fromisoformat(str(driver["first_issued"]))
    start = max(first, TODAY - timedelta(days=roll.randint(30, 3000)))
    end = start.replace(year=start.year + roll.choice((6, 10)), day=min(start.day, 28))
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    card = _Card(
        "中华人民共和国机动车驾驶证", "Driving License of the People's Republic of China", (236, 240, 232)
    )
    card.field(150, 128, "证号", "No.", number)
    card.field(60, 196, "姓名", "Name", str(driver["name"]))
    card.field(480, 196, "性别", "Sex", str(driver["sex"]))
    card.field(690, 196, "国籍", "Nationality", "中国")
    card.field(
        60, 266, "住址", "Address", f"{_place(number)}{roll.choice('东西南北')}大街{roll.randint(1, 400)}号"
    )
    card.field(300, 348, "出生日期", "Date of Birth", born, 240)
    card.field(300, 418, "初次领证日期", "Date of First Issue", first.isoformat(), 240)
    card.field(300, 488, "准驾车型", "Class", str(driver["classes"]), 240)
    card.field(60, 570, "有效期限", "Valid Period", f"{start} 至 {end}", 180)
    card.seal(80, 366, "某市公安局交通警察支队")
    card.foot()
    fields = {
        "licence_no": number, "name": str(driver["name"]), "sex": str(driver["sex"]), "born": born,
        "first_issued": first.isoformat(), "classes": str(driver["classes"]),
        "valid_from": start.isoformat(), "valid_until": end.isoformat(),
    }  # fmt: skip
    return card.image, fields


def _vehicle(car: dict[str, object], roll: random.Random) -> tuple[Image.Image, dict[str, str]]:
    owner, paper = car["owner"], car["licence"]
    assert isinstance(owner, dict)
    assert isinstance(paper, dict)
    kind = name_of(str(car["vehicle_type"])) or "小型轿车"
    use, model = _USES.get(str(car["use"]), "非营运"), f"{car['brand']}{str(car['model']).split()[-1]}"
    card = _Card(
        "中华人民共和国机动车行驶证", "Vehicle License of the People's Republic of China", (228, 234, 246)
    )
    card.field(60, 128, "号牌号码", "Plate No.", str(car["plate"]))
    card.field(500, 128, "车辆类型", "Vehicle Type", kind)
    card.field(60, 202, "所有人", "Owner", str(owner["name"]), 128)
    card.field(
        60, 276, "住址", "Address", f"{_place(str(owner['id_no']))}某街道{roll.randint(1, 400)}号", 128
    )
    card.field(60, 350, "使用性质", "Use Character", use)
    card.field(450, 350, "品牌型号", "Model", model)
    card.field(300, 424, "车辆识别代号", "VIN", str(car["vin"]))
    card.field(300, 498, "发动机号码", "Engine No.", str(car["engine_no"]), 182)
    card.field(300, 572, "注册日期", "Register Date", str(paper["registered_on"]))
    card.field(650, 572, "发证日期", "Issue Date", str(paper["issued_on"]))
    card.seal(80, 440, "某市公安局交通警察支队")
    card.foot()
    fields = {
        "plate": str(car["plate"]), "vehicle_type": kind, "owner": str(owner["name"]),
        "use": use, "model": model, "vin": str(car["vin"]), "engine_no": str(car["engine_no"]),
        "registered_on": str(paper["registered_on"]), "issued_on": str(paper["issued_on"]),
    }  # fmt: skip
    return card.image, fields


def _insurance(car: dict[str, object], roll: random.Random) -> tuple[Image.Image, dict[str, str]]:
    owner = car["owner"]
    assert isinstance(owner, dict)
    start = TODAY - timedelta(days=roll.randint(1, 350))
    end = start + timedelta(days=364)
    insurer = roll.choice(
        ("淮海财产保险股份有限公司", "太湖财产保险股份有限公司", "里下河财产保险股份有限公司")
    )
    number = f"PDZA{start.year}{roll.randint(10**11, 10**12 - 1)}"
    card = _Card("机动车交通事故责任强制保险单", insurer, (250, 250, 246))
    card.write(60, 130, f"保险单号：{number}", 30)
    card.write(60, 200, f"被保险人：{owner['name']}", 30)
    card.write(60, 270, f"号牌号码：{car['plate']}", 30)
    card.write(520, 270, f"使用性质：{_USES.get(str(car['use']), '非营运')}", 30)
    card.write(60, 340, f"识别代码（车架号）：{car['vin']}", 30)
    card.write(60, 410, f"发动机号：{car['engine_no']}", 30)
    card.write(60, 480, f"保险期间：自{_long(start)}零时起至{_long(end)}二十四时止", 28)
    card.write(60, 550, "死亡伤残赔偿限额 180000元", 26)
    card.foot()
    fields = {
        "policy_no": number, "insured": str(owner["name"]), "plate": str(car["plate"]),
        "vin": str(car["vin"]), "engine_no": str(car["engine_no"]), "starts": start.isoformat(),
        "ends": end.isoformat(), "insurer": insurer,
    }  # fmt: skip
    return card.image, fields


def _place(number: str) -> str:
    return division_name(number) or "某市"


def _long(day: date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"
