"""Repair shops of a city as data: section `[repair]`. Nobody is steered: the order is distance or a lot."""

from __future__ import annotations

from typing import Literal

import msgspec

from kuaichu.kernel import city as cities


class Shop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A shop on the list. `interest`: whoever is tied to it, disclosed to the owner (an insurer's code)."""

    code: str
    name: str
    address: str
    lon: float
    lat: float
    kind: Literal["dealer", "shop"] = "shop"
    phone: str = ""
    interest: str = ""


class RepairRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list, and its order: by distance from the accident, or by a lot of the case's own."""

    shops: tuple[Shop, ...] = ()
    order: Literal["distance", "random"] = "distance"


def rules(city: str) -> RepairRules:
    """The city's rules of repair."""
    return cities.city(city).section("repair", RepairRules)


cities.declare("repair", RepairRules)
