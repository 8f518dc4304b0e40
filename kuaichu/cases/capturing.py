"""How a photograph was taken, as the phone tells it: its camera, how sharp and light it was, how many tries.

A sensor's word is a hint for the officer, never a reason to refuse a photograph: what cannot be is left out.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

from kuaichu.cases.files import clean

MOST_CHARACTERS = 600
SOURCES: Final = ("in_app", "camera", "gallery")
"""Best grade first: by the guided camera of the page, by the phone's own camera, chosen from the gallery."""
_WORD = re.compile(r"[a-z0-9_.-]{1,32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WORDS: Final = frozenset({"agent", "app", "via", "flag"})
_NUMBERS: Final = {
    "width": 20_000.0,
    "height": 20_000.0,
    "sharpness": 1e6,
    "light": 255.0,
    "glare": 1.0,
    "tries": 99.0,
    "tilt": 180.0,
    "original_size": 1e10,
}
_DEVICE: Final = frozenset({"agent", "app", "via", "width", "height", "original", "original_size"})
_QUALITY: Final = frozenset({"sharpness", "light", "glare", "tries", "tilt", "auto", "flag", "guide"})


def device_of(told: str) -> dict[str, Any]:
    """Of a JSON text: `agent` and `app` (classes of browser), `via`, `width`, `height` of the stream in
    pixels, and of a file made smaller on the phone `original` (SHA-256) and `original_size` (bytes).
    """
    return _kept(told, _DEVICE)


def quality_of(told: str) -> dict[str, Any]:
    """Of a JSON text: `sharpness`, `light` (0 to 255), `glare` (share of 1), `tilt` (degrees), `tries`,
    `auto` (released by itself), `flag` (what was wrong with it when it was accepted all the same) and `guide`
    (left, top, right, bottom of the outline in parts of the picture).
    """
    return _kept(told, _QUALITY)


def _kept(told: str, names: frozenset[str]) -> dict[str, Any]:
    try:
        given = json.loads(told) if told and len(told) <= MOST_CHARACTERS else {}
    except (ValueError, RecursionError):
        given = {}
    if not isinstance(given, dict):
        return {}
    found = {name: _value(name, given[name]) for name in sorted(names & given.keys())}
    return {name: value for name, value in found.items() if value is not None}


def _value(name: str, value: Any) -> Any:
    if name in _WORDS or name == "original":
        form = _SHA256 if name == "original" else _WORD
        return value if isinstance(value, str) and form.fullmatch(clean(value)) else None
    if name == "auto":
        return value if isinstance(value, bool) else None
    if name == "guide":
        return _guide(value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or not 0 <= value <= _NUMBERS[name]:
        return None
    return value if isinstance(value, int) else round(value, 3)


def _guide(value: Any) -> list[float] | None:
    """Four edges within the picture, in order."""
    if not isinstance(value, list) or len(value) != 4 or not all(type(one) in (int, float) for one in value):
        return None
    left, top, right, bottom = (round(float(one), 3) for one in value)
    return [left, top, right, bottom] if 0 <= left < right <= 1 and 0 <= top < bottom <= 1 else None
