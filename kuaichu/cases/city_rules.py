"""What a city may set about screening: section `[screening]`. Pure."""

from __future__ import annotations

import hashlib
import re
from typing import Literal

import msgspec

Limit = Literal["loss", "vehicles", "hours", "area", "insurer", "sight"]
Road = Literal["city_road", "highway", "expressway", "off_road"]
ROADS: tuple[Road, ...] = ("city_road", "highway", "expressway", "off_road")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


class CityRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a city may set about screening; the defaults are the national rules.

    `hours`: pairs of HH:MM, the end not included, may run over midnight; empty means always; `officer_hours`
    the same for officers from afar. `poor_light`, `poor_weather`: codes in which an officer is sent.
    `limits_on_self`, `limits_on_online`: which of the city's own limits bind that procedure.
    """

    hours: tuple[tuple[str, str], ...] = ()
    officer_hours: tuple[tuple[str, str], ...] = ()
    poor_light: tuple[Literal["twilight", "night_lit", "night_unlit"], ...] = ()
    poor_weather: tuple[Literal["3", "4", "5", "6", "7", "8"], ...] = ()
    roads: tuple[Road, ...] = ROADS
    named_areas_only: bool = False
    loss_cap_fen: int | None = None
    criminal_loss_fen: int = 30_000_000
    min_vehicles: int = 1
    max_vehicles: int | None = None
    allow_mv_nmv: bool = True
    insurer_scope: Literal["anywhere", "province"] = "anywhere"
    province: str = ""
    limits_on_self: frozenset[Limit] = frozenset({"loss", "vehicles", "hours", "area", "insurer", "sight"})
    limits_on_online: frozenset[Limit] = frozenset({"loss", "vehicles", "hours", "area", "insurer", "sight"})
    call_police_first: bool = False
    allow_single_online: bool = False
    allow_slight_injury_online: bool = False
    allow_facility_online: bool = False
    allow_no_inspection_online: bool = False
    allow_immovable_online: bool = False
    allow_nmv_only_online: bool = False
    allow_late_online: bool = False
    military_self: bool = False

    def __post_init__(self) -> None:
        windows = (*self.hours, *self.officer_hours)
        if not all(_HOUR.fullmatch(edge) for window in windows for edge in window):
            raise ValueError("hours are pairs of HH:MM")
        if self.insurer_scope == "province" and not self.province:
            raise ValueError("insurer_scope 'province' needs the province")

    def version(self) -> str:
        """A short digest of all options."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()[:8]
