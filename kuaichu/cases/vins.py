"""Vehicle identification numbers (ISO 3779, GB 16735)."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kuaichu.people.identifiers import Unusable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"
_REASONS: dict[str, _StrPromise] = {
    "vin_empty": _("Enter the vehicle identification number."),
    "vin_length": _("A vehicle identification number has 17 characters. Count them again."),
    "vin_characters": _(
        "A vehicle identification number has digits and capital letters except I, O and Q. Compare with "
        "the licence."
    ),
}
WARNINGS: dict[str, _StrPromise] = {
    "check_digit": _(
        "The ninth character does not fit the others. Compare it with the licence; imported vehicles may "
        "differ."
    ),
}
"""Texts of the warning codes that a VIN carries."""


@dataclass(frozen=True, slots=True)
class Vin:
    """A VIN: `maker` by its first three characters or None, `model_years` the tenth character may stand for.

    A wrong check digit is only the warning `check_digit`, because imported vehicles need not have one.
    """

    number: str
    maker: str | None
    model_years: tuple[int, ...]
    warnings: tuple[str, ...] = ()


def parse_vin(text: str) -> Vin:
    """Read a VIN, forgiving lower case, full width, spaces and hyphens.

    Raises `Unusable`: vin_empty, vin_length, vin_characters (I, O and Q with 1 and 0 suggested, never
    replaced).
    """
    number = re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", text)).upper()
    if not number:
        raise Unusable("vin_empty", _REASONS["vin_empty"])
    if len(number) != 17:
        raise Unusable("vin_length", _REASONS["vin_length"])
    if not re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", number):
        offer = number.translate(str.maketrans("IOQ", "100"))
        fits = re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", offer)
        raise Unusable("vin_characters", _REASONS["vin_characters"], (offer,) if fits else ())
    warned = () if number[8] == check_digit(number) else ("check_digit",)
    return Vin(number, maker_of(number), model_years(number), warned)


def check_digit(number: str) -> str:
    """The character position 9 should have."""
    total = sum(weight * int(_VALUES.get(char, char)) for char, weight in zip(number, _WEIGHTS, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)


def model_years(number: str) -> tuple[int, ...]:
    """Years from 1980 to 2039 that the tenth character may stand for; empty for 0, U and Z."""
    place = _YEARS.find(number[9])
    return () if place < 0 else (1980 + place, 2010 + place)


def maker_of(number: str) -> str | None:
    """The maker by world manufacturer identifier, if the table knows it."""
    makers = _makers()
    return makers.get(number[:3]) or makers.get(number[:2])


@lru_cache(maxsize=1)
def _makers() -> dict[str, str]:
    table = (files("kuaichu.kernel.data") / "vin_wmi.csv").read_text("utf-8")
    return {row["wmi"]: row["maker"] for row in csv.DictReader(table.splitlines())}
