"""Number plates of GA 36-2018 and the plate-kind codes (号牌种类) of the national vehicle register.

A plate is normalised (upper case, half-width, without `·`, `-` and spaces). The letters I and O never occur
in a serial, so they are read as 1 and 0, with a warning; every other likely misreading is only suggested.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kuaichu.people.identifiers import Unusable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
KINDS: dict[str, str] = {
    "01": "大型汽车",
    "02": "小型汽车",
    "03": "使馆汽车",
    "04": "领馆汽车",
    "05": "境外汽车",
    "06": "外籍汽车",
    "07": "普通摩托车",
    "08": "轻便摩托车",
    "09": "使馆摩托车",
    "10": "领馆摩托车",
    "11": "境外摩托车",
    "12": "外籍摩托车",
    "13": "低速车",
    "14": "拖拉机",
    "15": "挂车",
    "16": "教练汽车",
    "17": "教练摩托车",
    "18": "试验汽车",
    "19": "试验摩托车",
    "20": "临时入境汽车",
    "21": "临时入境摩托车",
    "22": "临时行驶车",
    "23": "警用汽车",
    "24": "警用摩托车",
    "25": "原农机号牌",
    "26": "香港入出境车",
    "27": "澳门入出境车",
    "31": "武警号牌",
    "32": "军队号牌",
    "33": "应急救援号牌",
    "41": "无号牌",
    "42": "假号牌",
    "43": "挪用号牌",
    "51": "大型新能源汽车",
    "52": "小型新能源汽车",
    "99": "其他号牌",
}
"""Every code with its Chinese name. 51 is the large and 52 the small new-energy plate."""

ORDINARY = ("02", "01", "07", "08", "13")
FREE_TEXT = frozenset({"20", "21", "22", "42", "43", "99"})
"""Kinds whose text follows no pattern of its own: temporary papers, fake or misused plates, others."""
NO_PLATE = frozenset({"41", "42", "43"})
"""None, fake, misused: the accident needs an officer."""

_P, _L, _S = f"[{PROVINCES}]", "[A-HJ-NP-Z]", "[A-HJ-NP-Z0-9]"
_UNDESCRIBED = frozenset({"05", "06", "11", "12", "18", "19", "25"})
"""Foreigners', test and old farm plates: no public pattern, so any ordinary serial passes when one is
named.
"""
_PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"{_P}{_L}(?!(?:\d*[A-Z]){{3}}){_S}{{5}}", ORDINARY),
    (rf"{_P}{_L}[DABCEFGHJK]{_S}\d{{4}}", ("52",)),
    (rf"{_P}{_L}\d{{5}}[DABCEFGHJK]", ("51",)),
    (rf"{_P}{_L}{_S}{{4}}挂", ("15",)),
    (rf"{_P}{_L}{_S}{{4}}学", ("16", "17")),
    (rf"{_P}{_L}{_S}{{4}}警", ("23", "24")),
    (rf"{_P}X\d{{4}}应急", ("33",)),
    (r"\d{6}使|使\d{6}", ("03", "09")),
    (rf"{_P}{_L}?\d{{4,5}}领", ("04", "10")),
    (rf"粤Z{_S}{{4}}港", ("26",)),
    (rf"粤Z{_S}{{4}}澳", ("27",)),
    (rf"{_L}{{2}}\d{{5}}", ("32",)),
    (rf"WJ{_P}?\d{{4}}{_S}", ("31",)),
    (rf"{_P}\d{{7}}", ("14",)),
)
_CONFUSED = {"0": "DQ", "D": "0", "Q": "0", "8": "B", "B": "8", "2": "Z", "Z": "2"}

_REASONS: dict[str, _StrPromise] = {
    "plate_empty": _("Enter the plate number, or choose that the vehicle has no plate."),
    "plate_kind": _("There is no such plate kind. Choose one from the list."),
    "plate_province": _("A plate begins with the character of a province. Compare it with the photo."),
    "plate_form": _("No Chinese plate looks like this. Compare it with the photo, character by character."),
    "plate_rider": _(
        "No plate of an e-bike looks like this here. Compare it with the plate, or leave the field empty."
    ),
    "plate_other_kind": _("This plate number belongs to another plate kind. Check the kind and the number."),
}
WARNINGS: dict[str, _StrPromise] = {
    "io_replaced": _(
        "The letters I and O do not occur on plates, so 1 and 0 were read. Compare with the photo."
    ),
    "prefix_unknown": _("No place issues plates that begin like this. Compare it with the photo."),
    "unchecked": _("A plate of this kind cannot be checked. Compare it with the photo."),
}
"""Texts of the warning codes that a plate carries."""


class KindMismatch(Unusable):
    """The text is a good plate, but of other kinds than the one given: `kinds` are the codes it can be."""

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__("plate_other_kind", _REASONS["plate_other_kind"])
        self.kinds = tuple(kinds)


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate: `text` as given, `normal` for comparing, `kinds` the codes it can be (the likeliest first).

    `province` is its character or ""; `display` the way the plate shows it; `warnings` keys of `WARNINGS`.
    """

    text: str
    normal: str
    kinds: tuple[str, ...]
    province: str
    display: str
    warnings: tuple[str, ...] = ()


def normalise(text: str) -> str:
    """Upper case, half-width, without dots, hyphens and spaces; characters are not replaced."""
    return re.sub(r"[\s·•・∙.\-‐‑–—_]+", "", unicodedata.normalize("NFKC", text).upper())


def parse_plate(text: str, kind: str | None = None) -> Plate:
    """Read a plate; with `kind` (a code of `KINDS`) it must be one of that kind.

    Raises `Unusable` (plate_empty, plate_kind, plate_province, plate_form, with suggestions) and
    `KindMismatch`.
    """
    if kind is not None and kind not in KINDS:
        raise Unusable("plate_kind", _REASONS["plate_kind"])
    bare = normalise(text)
    if kind == "41" or (kind in NO_PLATE and not bare):
        return Plate(text, bare, (kind,), "", bare)
    if not bare:
        raise Unusable("plate_empty", _REASONS["plate_empty"])
    if kind in FREE_TEXT:
        return Plate(text, bare, (kind,), _province(bare), display(bare), ("unchecked",))
    normal = _without_io(bare)
    kinds = _fitting(normal, kind)
    if not kinds:
        code = "plate_form" if _province(bare) or bare[0].isascii() else "plate_province"
        raise Unusable(code, _REASONS[code], suggestions(bare, kind))
    if kind is not None and kind not in kinds:
        raise KindMismatch(kinds)
    chosen = (kind,) if kind else kinds
    return Plate(text, normal, chosen, _province(normal), display(normal), _warnings(bare, normal))


def parse_rider_plate(text: str, patterns: Collection[str] = ()) -> Plate:
    """Read the local plate of an electric bicycle: its form is each city's own (`patterns`, regular
    expressions of the normal form). Without one, 4 to 12 letters, digits and Chinese characters with at least
    three digits pass, unchecked.

    Raises `Unusable` (plate_empty, plate_rider).
    """
    bare = normalise(text)
    if not bare:
        raise Unusable("plate_empty", _REASONS["plate_empty"])
    known = any(re.fullmatch(pattern, bare) for pattern in patterns)
    plausible = re.fullmatch(r"[A-Z0-9一-鿿]{4,12}", bare) and len(re.findall(r"[0-9]", bare)) >= 3
    if not known and (patterns or not plausible):
        raise Unusable("plate_rider", _REASONS["plate_rider"])
    return Plate(text, bare, (), "", bare, () if known else ("unchecked",))


def _fitting(normal: str, named: str | None) -> tuple[str, ...]:
    """Every kind whose pattern fits; the undescribed ones only when `named`."""
    if named in _UNDESCRIBED and re.fullmatch(rf"{_P}{_L}{_S}{{5}}", normal, re.ASCII):
        return (named,)
    fits = [kinds for pattern, kinds in _PATTERNS if re.fullmatch(pattern, normal, re.ASCII)]
    return tuple(kind for kinds in fits for kind in kinds)


def _without_io(bare: str) -> str:
    """I and O read as 1 and 0 wherever a digit may stand: behind the first two characters."""
    return bare[:2] + bare[2:].replace("I", "1").replace("O", "0")


def _province(normal: str) -> str:
    """The province character in a plate, also of the armed police, or an empty text."""
    found = re.match(rf"(?:WJ)?({_P})", normal)
    return found[1] if found else ""


def _warnings(bare: str, normal: str) -> tuple[str, ...]:
    """What deserves a second look."""
    civil = re.match(rf"{_P}{_L}", normal)
    unknown = civil is not None and normal[:2] not in issuing_areas() and not normal.endswith("应急")
    found = {"io_replaced": bare != normal, "prefix_unknown": unknown}
    return tuple(code for code, applies in found.items() if applies)


def display(normal: str) -> str:
    """The plate as it is written: `鲁M·12345`, `WJ鲁·1234X`; embassy plates have no dot."""
    found = re.match(rf"WJ{_P}?|{_P}{_L}|{_P}\d\d(?=\d{{5}}$)|{_L}{{2}}(?=\d{{5}}$)", normal, re.ASCII)
    if not found or found.end() == len(normal):
        return normal
    return f"{found[0]}·{normal[found.end() :]}"


@lru_cache(maxsize=1)
def issuing_areas() -> dict[str, str]:
    """Who issues plates by their first two characters."""
    table = (files("kuaichu.kernel.data") / "plate_prefix.csv").read_text("utf-8")
    return {row["prefix"]: row["issuing_area"] for row in csv.DictReader(table.splitlines())}


def suggestions(text: str, kind: str | None = None, *, most: int = 5) -> tuple[str, ...]:
    """Plates that differ from the text in one easily confused character (0/D/Q, 8/B, 2/Z): offers to be
    confirmed.
    """
    found: dict[str, None] = {}
    for candidate in _neighbours(_without_io(normalise(text))):
        kinds = _fitting(candidate, kind)
        if kinds and (kind is None or kind in kinds):
            found[candidate] = None
    return tuple(found)[:most]


def _neighbours(normal: str) -> Iterator[str]:
    """The text with one confusable character exchanged; an I or O as second character is exchanged too."""
    second = {"O": "QD", "0": "DQ", "I": "LJ", "1": "LJ"}
    for i, char in enumerate(normal):
        for other in second.get(char, "") if i == 1 else "":
            yield normal[:1] + other + normal[2:]
        for other in _CONFUSED.get(char, ""):
            yield normal[:i] + other + normal[i + 1 :]
