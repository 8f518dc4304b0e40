"""Colours of a sketch: the values of the design tokens, for paper knows no custom properties."""

INK = "#17212e"
MUTED = "#4d5967"
LINE = "#d5dbe3"
STRONG = "#77828f"
PAPER = "#fff"
PRIMARY = "#1456c4"
OK = "#0a6b42"
WARN = "#7f4a00"
BAD = "#b3201a"
WAIT = "#5a4a9c"
ACCENT = "#ffb020"
ROAD = "#dde3ea"
KERB = "#c9e4d3"
OTHER = "#7a8796"

TOKENS = {
    "ink": INK, "muted": MUTED, "line": LINE, "line-strong": STRONG, "paper": PAPER, "primary": PRIMARY,
    "ok": OK, "warn": WARN, "bad": BAD, "wait": WAIT, "accent": ACCENT, "road": ROAD, "kerb": KERB,
    "other": OTHER,
}  # fmt: skip
"""Name of the token → its value here; a test compares them with the style sheet."""

BODIES = (PRIMARY, ACCENT, OK, OTHER, WAIT)
"""Colours of the road users in order; the letter on each tells them apart in black and white."""


def body_colour(index: int) -> str:
    """The colour of the road user at this place in the order, round and round."""
    return BODIES[index % len(BODIES)]
