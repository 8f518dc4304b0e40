"""What is open now, said before anything is filled in: each way with its reason and when it opens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.cases.opening import Way, point_opens, roads, ways
from kuaichu.cases.rules import Point, way_rules


@dataclass(frozen=True, slots=True)
class Opening:
    """The ways at a moment, and the city's service points with when each opens next (None: open)."""

    at: datetime
    ways: tuple[Way, ...]
    points: tuple[tuple[Point, datetime | None], ...]
    arrival_minutes: int | None

    def way(self, key: str) -> Way:
        """The way of this key."""
        return next(one for one in self.ways if one.key == key)

    @property
    def agree(self) -> Way:
        """Settling it between themselves."""
        return self.way("agree")

    @property
    def officer(self) -> Way:
        """An officer from afar."""
        return self.way("officer")

    @property
    def whole(self) -> bool:
        """Whether both quick ways are open."""
        return self.agree.open and self.officer.open


def opening(city: str, moment: datetime) -> Opening:
    """What a city's rules leave open at an aware moment, other conditions aside."""
    own = way_rules(city)
    points = tuple((point, point_opens(point, moment)) for point in own.points)
    return Opening(moment, ways(city, moment), points, own.arrival_minutes)


def kinds(city: str, moment: datetime) -> list[dict[str, Any]]:
    """For each kind of accident its ways at this moment, best first, and why not the others."""
    names, asked = _kind_names(), roads(city, moment)
    return [
        {"name": names[road.kind], "ways": [_way_name(key) for key in road.ways], "gates": road.gates}
        for road in asked
    ]


def _kind_names() -> dict[str, str]:
    return {
        "two_cars": _("Two cars, nobody hurt, you agree"),
        "disputed": _("Two cars, you do not agree"),
        "rider": _("A car and a bicycle or e-bike"),
        "riders": _("Only bicycles, e-bikes or people on foot"),
        "walker": _("A car and somebody on foot"),
        "single": _("Only your own vehicle"),
        "object": _("Guardrail, pole, wall or tree hit"),
        "many": _("Three to ten vehicles"),
        "off_road": _("On private ground"),
        "absent": _("Parked vehicle hit, owner not there: as soon as the owner has joined"),
        "left": _("Somebody has left"),
        "injured": _("Somebody is slightly hurt"),
    }


def _way_name(key: str) -> str:
    return {
        "agree": _("settle it yourselves"),
        "officer": _("an officer from afar"),
        "police": _("police come to you"),
    }[key]
