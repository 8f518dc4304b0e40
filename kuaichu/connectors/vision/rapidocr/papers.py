"""Licences and policies: labels are found by their words, values by their place beside them.

Field names: name, sex, born, licence_no, classes, first_issued, valid_from, valid_until (driving licence);
plate, vehicle_type, owner, use, model, vin, engine_no, registered_on, issued_on, inspection_until (vehicle
licence); policy_no, insured, insurer, starts, ends (policy). Addresses are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kuaichu.cases.sight import Found
from kuaichu.connectors.vision.rapidocr import values
from kuaichu.connectors.vision.rapidocr.engine import Spot
from kuaichu.connectors.vision.rapidocr.pixels import Box
from kuaichu.connectors.vision.rapidocr.spelling import Speller
from kuaichu.connectors.vision.rapidocr.values import Spelled

Make = Callable[[Speller, Spot, str], Found | None]
KINDS = {
    "driving_licence": ("驾驶证", "准驾车型", "初次领证", "证号"),
    "vehicle_licence": ("行驶证", "使用性质", "品牌型号", "注册日期", "检验有效期", "所有人"),
    "insurance": ("保险单", "被保险人", "保险期间", "责任限额", "强制保险"),
}
LABELS: dict[str, tuple[tuple[str, ...], Make]] = {
    "licence_no": (("证号",), values.identity),
    "name": (("姓名",), values.name),
    "sex": (("性别",), values.sex),
    "born": (("出生日期",), values.day),
    "first_issued": (("初次领证日期",), values.day),
    "classes": (("准驾车型",), values.classes),
    "valid_until": (("有效期限", "有效起始日期"), values.until),
    "plate": (("号牌号码",), values.plate),
    "vehicle_type": (("车辆类型",), values.words),
    "owner": (("所有人",), values.name),
    "use": (("使用性质",), values.words),
    "model": (("品牌型号", "厂牌型号"), values.words),
    "vin": (("车辆识别代号", "识别代码", "车架号"), values.vin),
    "engine_no": (("发动机号码", "发动机号"), values.engine_no),
    "registered_on": (("注册日期",), values.day),
    "issued_on": (("发证日期",), values.day),
    "inspection_until": (("检验有效期至",), values.month_end),
    "policy_no": (("保险单号", "保单号"), values.number),
    "insured": (("被保险人",), values.name),
    "ends": (("保险期间",), values.until),
}
SPOTTED: dict[str, Make] = {"vin": values.vin, "licence_no": values.identity, "plate": values.plate}
"""Fields whose form alone tells them, where the label was lost."""
ENGLISH = re.compile(
    r"^(Name|Sex|Nationality|Address|Date\s?of|Birth|First|Issue|Class|Valid|Period|Plate\s?No|Vehicle\s?Type|"
    r"Owner|Use\s?Character|Model|VIN$|Engine\s?No|Register|Driving|Driver|License|Licence|People)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands, in pixels: left, right, middle height and height."""

    left: float
    right: float
    middle: float
    height: float


class Papers:
    """Finds fields among the lines of one page."""

    def __init__(self, alphabet: Sequence[str]) -> None:
        self._speller = Speller(alphabet)

    def kind(self, spots: Sequence[Spot]) -> str:
        """Which document it is, by its title and labels; empty when nothing tells."""
        text = "\n".join(spot.text for spot in spots)
        counts = {kind: sum(word in text for word in words) for kind, words in KINDS.items()}
        best = max(counts, key=lambda kind: counts[kind])
        return best if counts[best] else ""

    def fields(self, spots: Sequence[Spot]) -> dict[str, tuple[Found, Box]]:
        """Every field that was found, with the box of the line where it stands."""
        labels = dict(_labels(spots))
        found: dict[str, tuple[Found, Box]] = {}
        for name, (spot, rest) in labels.items():
            make = LABELS[name][1]
            for value_spot, text in _values(spot, rest, spots, [one for one, _rest in labels.values()]):
                if (one := make(self._speller, value_spot, text)) is not None:
                    found[name] = one, value_spot.box
                    break
        used = [box for _found, box in found.values()]
        for name, make in SPOTTED.items():
            if name not in found and (lost := self._spot(make, spots, used)):
                found[name] = lost
        return _derived(found, spots)

    def _spot(self, make: Make, spots: Sequence[Spot], used: list[Box]) -> tuple[Found, Box] | None:
        for spot in spots:
            if not any(spot.box is box for box in used):
                one = make(self._speller, spot, spot.text)
                if one is not None and "unsure" not in one.checks:
                    return one, spot.box
        return None


def _labels(spots: Sequence[Spot]) -> Iterator[tuple[str, tuple[Spot, str]]]:
    """For each field whose label was found: its line, and what stands behind the label in the same line."""
    for name, (labels, _make) in LABELS.items():
        places = [
            (distance, at.end() if at else 0, spot)
            for label in labels
            for spot in spots
            for distance, at in [_match(label, spot.text)]
            if at is not None
        ]
        if places:
            _distance, end, spot = min(places, key=lambda one: one[0])
            yield name, (spot, spot.text[end:].lstrip(" :：,，.·"))


def _match(label: str, text: str) -> tuple[int, re.Match[str] | None]:
    """The label in a line, with one character misread at most where it has four or more."""
    bare = text
    exact = re.search(re.escape(label), bare)
    if exact and (label != "所有人" or "被保险" not in text):
        return 0, exact
    if len(label) >= 4:
        for i in range(len(label)):
            loose = re.search(re.escape(label[:i]) + "." + re.escape(label[i + 1 :]), bare)
            if loose:
                return 1, loose
    return 9, None


def _values(
    spot: Spot, rest: str, spots: Sequence[Spot], labels: Sequence[Spot]
) -> Iterator[tuple[Spot, str]]:
    """Where the value may stand: behind the label in its line, else in the lines to its right."""
    if rest and not ENGLISH.match(rest):
        yield spot, rest
    own = _place(spot)
    to_right = []
    for other in spots:
        at = _place(other)
        if other is spot or any(other is label for label in labels) or ENGLISH.match(other.text):
            continue
        level = abs(at.middle - own.middle - _slope(spot.box) * (at.left - own.left))
        if at.left > own.right - 0.5 * own.height and level < 0.75 * max(own.height, at.height):
            to_right.append((at.left, level, other))
    for _left, _level, other in sorted(to_right, key=lambda one: one[:2]):
        yield other, other.text


def _place(spot: Spot) -> _Place:
    xs, ys = spot.box[:, 0], spot.box[:, 1]
    height = float(np.linalg.norm(spot.box[3] - spot.box[0]))
    return _Place(float(xs.min()), float(xs.max()), float(ys.mean()), max(1.0, height))


def _slope(box: Box) -> float:
    """How far the line falls for each pixel to the right."""
    across = box[1] - box[0] + box[2] - box[3]
    return float(across[1] / across[0]) if abs(across[0]) > 1 else 0.0


def _derived(found: dict[str, tuple[Found, Box]], spots: Sequence[Spot]) -> dict[str, tuple[Found, Box]]:
    """Beginnings that stand in the line of their ends, the insurer in a policy's head, and cross-checks."""
    for end, start in (("valid_until", "valid_from"), ("ends", "starts")):
        if end in found and (begin := values.beginning(found[end][0].raw)) is not None:
            found[start] = begin, found[end][1]
    if "policy_no" in found or "insured" in found:
        for spot in spots:
            if (
                name := re.search(r"[一-鿿]{2,12}保险(?:股份)?(?:有限)?公司", spot.text)
            ) and "insurer" not in found:
                found["insurer"] = Found(name[0], name[0], (name[0],), round(spot.score, 3)), spot.box
    if "licence_no" in found:
        number, box = found["licence_no"]
        found["licence_no"] = Spelled.against(number, found), box
    return found
