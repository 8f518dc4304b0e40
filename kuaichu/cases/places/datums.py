"""WGS-84, GCJ-02 and BD-09: the three datums of Chinese maps.

Satellites and browsers give WGS-84, domestic maps GCJ-02, Baidu BD-09; they differ by 100 to 700 m.
Positions are stored as WGS-84 beside the pair and datum they came in, and converted at the edges. All values
are degrees.
"""

from __future__ import annotations

from enum import StrEnum
from math import asin, atan2, cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple

_AXIS = 6378245.0  # Krasovsky 1940, as GCJ-02 uses
_ECCENTRICITY = 0.00669342162296594323
_BAIDU = pi * 3000.0 / 180.0
_EARTH_M = 6371000.0
_ROUNDS = 4  # each round divides the error by about a thousand; three already reach 0.1 mm


class Datum(StrEnum):
    """Which datum a pair of coordinates is in."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


class Position(NamedTuple):
    """Latitude and longitude in degrees, in this order."""

    lat: float
    lon: float


def shifted_region(lat: float, lon: float) -> bool:
    """Whether GCJ-02 shifts this place: the customary rectangle around China, outside it nothing changes."""
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def wgs84_to_gcj02(lat: float, lon: float) -> Position:
    """Shift WGS-84 to GCJ-02."""
    if not shifted_region(lat, lon):
        return Position(lat, lon)
    dlat, dlon = _offset(lat, lon)
    return Position(lat + dlat, lon + dlon)


def gcj02_to_wgs84(lat: float, lon: float) -> Position:
    """Undo the shift by iteration, exact to well below a millimetre."""
    if not shifted_region(lat, lon):
        return Position(lat, lon)
    guess = Position(lat, lon)
    for _round in range(_ROUNDS):
        dlat, dlon = _offset(*guess)
        guess = Position(lat - dlat, lon - dlon)
    return guess


def gcj02_to_bd09(lat: float, lon: float) -> Position:
    """Baidu's rotation on top of GCJ-02."""
    radius = hypot(lon, lat) + 0.00002 * sin(lat * _BAIDU)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _BAIDU)
    return Position(radius * sin(angle) + 0.006, radius * cos(angle) + 0.0065)


def bd09_to_gcj02(lat: float, lon: float) -> Position:
    """Undo Baidu's rotation by iteration."""
    guess = Position(lat - 0.006, lon - 0.0065)
    for _round in range(_ROUNDS):
        there = gcj02_to_bd09(*guess)
        guess = Position(guess.lat + lat - there.lat, guess.lon + lon - there.lon)
    return guess


def to_wgs84(lat: float, lon: float, datum: Datum) -> Position:
    """Any datum to WGS-84. Raises `ValueError` for values that are no coordinates (also NaN)."""
    _insist(lat, lon)
    if datum is Datum.WGS84:
        return Position(lat, lon)
    return gcj02_to_wgs84(*(bd09_to_gcj02(lat, lon) if datum is Datum.BD09 else (lat, lon)))


def from_wgs84(lat: float, lon: float, datum: Datum) -> Position:
    """WGS-84 to any datum. Raises `ValueError` for values that are no coordinates (also NaN)."""
    _insist(lat, lon)
    if datum is Datum.WGS84:
        return Position(lat, lon)
    gcj = wgs84_to_gcj02(lat, lon)
    return gcj02_to_bd09(*gcj) if datum is Datum.BD09 else gcj


def _insist(lat: float, lon: float) -> None:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError("latitude or longitude out of range")


def distance_m(a: Position, b: Position) -> float:
    """Great-circle distance in metres on a sphere; good to 0.5 %."""
    dlat, dlon = radians(b.lat - a.lat), radians(b.lon - a.lon)
    chord = sin(dlat / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(dlon / 2) ** 2
    return 2 * _EARTH_M * asin(sqrt(min(1.0, chord)))


def _offset(lat: float, lon: float) -> tuple[float, float]:
    """How far GCJ-02 lies from WGS-84 here, in degrees."""
    x, y = lon - 105.0, lat - 35.0
    root = sqrt(abs(x))
    common = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (common + _waves(y, 20.0, 40.0, 1.0, 3.0) + _waves(y, 160.0, 320.0, 12.0, 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (common + _waves(x, 20.0, 40.0, 1.0, 3.0) + _waves(x, 150.0, 300.0, 12.0, 30.0)) * 2.0 / 3.0
    phi = radians(lat)
    magic = 1 - _ECCENTRICITY * sin(phi) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY) / (magic * sqrt(magic))
    parallel = _AXIS / sqrt(magic) * cos(phi)
    return north * 180.0 / (meridian * pi), east * 180.0 / (parallel * pi)


def _waves(value: float, first: float, second: float, near: float, far: float) -> float:
    """Two of the sine terms of the shift."""
    return first * sin(value * pi / near) + second * sin(value * pi / far)
