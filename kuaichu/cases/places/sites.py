"""Where it happened in the eyes of the law, and what was struck besides vehicles.

A road is what public motor traffic uses, also a public car park or a square, and a unit's ground that is open
to it (法119(1)). Elsewhere the police handle an accident by reference when they are called (法77, 条97,
D146 110), and compulsory insurance pays as on a road (CTALI-Reg 43).
"""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _

from kuaichu.cases import files

SITES: Final = ("road", "car_park", "private")
OFF_ROAD: Final = frozenset({"private"})
STRUCK_LAW: Final = ("D146 14", "条88")
STRUCK: Final = ("16", "11", "17", "20", "14", "15", "18", "29", "31", "39")
"""The frequent ones first. Codes of the national accident form: 11 barrier between the directions,
14 sign post, 15 crash cushion, 16 pole or lamp, 17 tree, 18 bridge pier, 20 building, 29 other fixed thing,
31 animal, 39 other thing."""


def wrong_site(site: str | None) -> str:
    """What is wrong with a kind of place; empty when nothing is."""
    return "" if site is None or site in SITES else _("Choose the kind of place.")


def wrong_struck(struck: dict[str, str] | None) -> str:
    """What is wrong with what was told of the thing struck; empty when nothing is."""
    if struck is None:
        return ""
    known = set(struck) <= {"kind", "owner"} and struck.get("kind", "") in ("", *STRUCK)
    short = len(files.clean(struck.get("owner", ""))) <= 120
    return "" if known and short else _("Choose what was hit; its owner in at most 120 characters.")


def clean_struck(struck: dict[str, Any]) -> dict[str, str]:
    """What is kept of the thing struck: what it is and whose it is, as far as told."""
    kept = {"kind": str(struck.get("kind", "")), "owner": files.clean(str(struck.get("owner", "")))}
    return {key: value for key, value in kept.items() if value}
