"""The city's options of the engine, made from section `[liability.pack]`."""

from __future__ import annotations

from functools import cache

from kuaichu.desks.liability.engine import LiabilityPack
from kuaichu.desks.liability.rules import rules


@cache
def pack_of(city: str) -> LiabilityPack:
    """The liability pack of a city; the national default where its file sets nothing."""
    table = rules(city).pack
    return LiabilityPack.from_section(table) if table else LiabilityPack.default()
