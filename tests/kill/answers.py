"""What the reporter answers, page by page, and what may go wrong at which moment."""

from __future__ import annotations

SHOTS = ("front", "rear", "contact", "plate")
NEEDED = SHOTS[:3]
"""Whoever comes back when the server has these is not led to the photographs again."""
ANSWERS: dict[str, dict[str, str]] = {
    "safety": {"injury": "none"},
    "place": {"place": "人民路口", "weather": "1", "light": "day"},
    "vehicle": {"vehicle_kind": "MV", "plate": "{plate}"},
    "owner": {"owner": "yes"},
    "happened/movement": {"answer": "STRAIGHT"},
    "happened/zone": {"answer": "REAR"},
    "happened/other_movement": {"answer": "STRAIGHT"},
    "happened/other_zone": {"answer": "FRONT"},
    "happened/words": {"answer": "他追尾"},
}
KINDS = ("network", "tab", "browser", "server")
STEPS = ("start", *(step for step in ANSWERS if step != "happened/words"), "checks", "phone", "code",
         "happened/words", "other", "review")  # fmt: skip
BUTTONS = {"checks": 'button[name="none"]', "other": 'button[value="qr"]'}
