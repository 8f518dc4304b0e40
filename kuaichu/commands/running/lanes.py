"""Lanes: work that needs a process of its own kind, and what such a process needs before it starts."""

from __future__ import annotations

from kuaichu.connectors import vision
from kuaichu.kernel.city import CityInvalid, cities, city
from kuaichu.kernel.ports import adapter

LANES = ("vision",)


def missing(lane: str) -> str:
    """Why this machine cannot work the lane, or an empty text."""
    packages = vision.missing() if lane == "vision" else []
    if not packages:
        return ""
    return (
        f"The lane {lane} needs packages that are not installed: {', '.join(packages)}. "
        "Install them with: pip install 'kuaichu[vision]' 缺少识图组件"
    )


def warm_up(lane: str) -> None:
    """Load what the first job would have to wait for."""
    if lane == "vision":
        for code in cities():
            try:
                adapter("vision", city(code).connector("vision")).warm_up()
            except CityInvalid:
                continue  # a city that has its photographs looked at by people only
