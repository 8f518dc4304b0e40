"""Numbers of people who do not exist: plates, telephones, bank cards, and a line drawn as a signature."""

from __future__ import annotations

import random
import string

_LETTERS = "".join(ch for ch in string.ascii_uppercase if ch not in "IO")
_GREEN = "DABCEFGHJK"


def plate_number(roll: random.Random, prefix: str) -> str:
    """A car's plate (GA 36-2018) of the city: one in four is an electric car's, with eight characters.

    None ends in 8: in the demo those are insured by a company whose people work by hand.
    """
    digits = "".join(roll.choice(string.digits) for _ in range(4)) + roll.choice("012345679")
    if roll.random() < 0.25:
        return f"{prefix}{roll.choice(_GREEN)}{digits}"
    serial = list(digits)
    for place in roll.sample(range(5), roll.randint(0, 2)):
        serial[place] = roll.choice(_LETTERS)
    if serial[0] == "Z":
        serial[0] = "Y"  # the register knows no plate that starts with Z0
    return prefix + "".join(serial)


def mobile_number(roll: random.Random) -> str:
    """A mobile number of a range that is in use."""
    return roll.choice(("138", "139", "158", "186", "189", "177")) + "".join(
        roll.choice(string.digits) for _ in range(8)
    )


def card_number(roll: random.Random) -> str:
    """A bank card's number with a right check digit (ISO/IEC 7812-1)."""
    digits = "6222" + "".join(roll.choice(string.digits) for _ in range(14))
    total = 0
    for place, ch in enumerate(reversed(digits)):
        value = int(ch) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def signature(roll: random.Random) -> str:
    """A drawn line as SVG path data."""
    x, y = 20, roll.randint(40, 80)
    path = f"M{x} {y}"
    for _ in range(roll.randint(12, 22)):
        x, y = x + roll.randint(4, 14), max(10, min(110, y + roll.randint(-28, 28)))
        path += f" L{x} {y}"
    return path
