"""The stories of a city as data: `commands/data/<city>_stories.toml`."""

from __future__ import annotations

import tomllib
from typing import Any

import msgspec

from kuaichu.commands.seeding.roster import DATA


class Script(msgspec.Struct, forbid_unknown_fields=True):
    """One story. `a` and `b` are movement and zone, `insurers` of A's and B's car, `loss_fen` of each.

    `vehicle_a` … `driver_a` are what the registers shall know beside what they invent.
    """

    key: str
    title: str
    place: str
    lon: float
    lat: float
    minutes_ago: float
    a: tuple[str, str]
    b: tuple[str, str]
    ends: str
    insurers: tuple[str, str] = ("", "")
    loss_fen: int = 0
    way: str = ""
    scores: tuple[int, ...] = ()
    triage: dict[str, bool] = {}
    injury: str = "none"
    answers_a: dict[str, Any] = {}
    other_a: tuple[str, str] = ("", "")
    vehicle_a: dict[str, Any] = {}
    vehicle_b: dict[str, Any] = {}
    driver_a: dict[str, Any] = {}
    no_ctali: str = ""
    payees: bool = False

    def vehicle(self, label: str) -> dict[str, Any]:
        """What the register shall know of this car."""
        return self.vehicle_a if label == "A" else self.vehicle_b

    def told(self, label: str) -> tuple[str, str]:
        """Movement and zone of this car."""
        return self.a if label == "A" else self.b


def read(city: str) -> list[Script]:
    """The stories of a city in their order; none where the project has none."""
    path = DATA / f"{city}_stories.toml"
    if not path.exists():
        return []
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8"))["story"], list[Script])
