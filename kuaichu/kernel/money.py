"""Money: whole fen in, whole fen out, exact fractions between.

Every amount of the house is an `int` of fen. Sums are divided as `fractions.Fraction` and come back to
whole fen only here, so that a total never gains or loses a fen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_FEN = 10**13
"""The largest amount accepted from a person: 100 billion yuan. Above it somebody leaned on a key."""

_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?|\d+(\.\d*)?|\.\d+", re.ASCII)
_REASONS: dict[str, _StrPromise] = {
    "empty": _("Enter an amount in yuan, for example 1234.56."),
    "not_a_number": _("This is not an amount. Enter yuan with digits only, for example 1,234.56."),
    "negative": _("An amount cannot be negative. Enter it without a minus sign."),
    "too_fine": _("An amount has at most two decimals, because one fen is the smallest coin."),
    "too_large": _("This amount is too large. Check for extra digits."),
}


class NotMoney(ValueError):
    """The text is no amount of yuan. `code` is stable, `message` says what is wrong and what to do.

    Codes: empty, not_a_number, negative, too_fine, too_large.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = _REASONS[code]


def yuan(text: str) -> int:
    """Read an amount typed in yuan and return fen.

    Accepts ￥/¥, 元, thousands commas, spaces and full-width digits; raises `NotMoney`.
    """
    bare = _bare(text)
    if not bare:
        raise NotMoney("empty")
    if bare[0] in "-−" and _GROUPED.fullmatch(bare[1:]):
        raise NotMoney("negative")
    if not _GROUPED.fullmatch(bare):
        raise NotMoney("not_a_number")
    whole, __, decimals = bare.replace(",", "").partition(".")
    if len(decimals) > 2 and decimals[2:].strip("0"):
        raise NotMoney("too_fine")
    fen = int((whole or "0")[:20]) * 100 + int(decimals[:2].ljust(2, "0"))
    if fen > MOST_FEN or len(whole.lstrip("0")) > 20:
        raise NotMoney("too_large")
    return fen


def _bare(text: str) -> str:
    """Half-width text without spaces, one leading currency sign and one trailing 元."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    return bare.removeprefix("¥").removesuffix("元")


def format_yuan(fen: int) -> str:
    """`123456` → `￥1,234.56`; a negative amount carries its minus before the sign: `-￥0.05`."""
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}￥{whole:,}.{rest:02d}"


def half_up(amount: Fraction) -> int:
    """Round to the nearest whole number, a half away from zero."""
    size = (2 * abs(amount).numerator + amount.denominator) // (2 * amount.denominator)
    return size if amount >= 0 else -size


def half_up_to_total(parts: Sequence[Fraction], *, preference: Sequence[int] | None = None) -> list[int]:
    """Round each part half-up and put the rounding remainder on the largest part.

    `parts` are not negative and their exact sum is a whole number, which the result keeps. Only parts that
    are not whole themselves take the remainder: an amount that is exact stays exact (a full limit is never
    passed). Ties go to the lowest `preference`, then to the last. Raises `ValueError` for a sum that is not
    whole.
    """
    total = sum(parts, Fraction(0))
    if total.denominator != 1 or any(part < 0 for part in parts):
        raise ValueError("parts must not be negative and must add up to a whole number")
    rounded = [half_up(part) for part in parts]
    rank = preference or [0] * len(parts)
    broken = [i for i, part in enumerate(parts) if part.denominator != 1]
    broken.sort(key=lambda i: (-parts[i], rank[i], -i))
    _settle(rounded, broken, int(total) - sum(rounded))
    return rounded


def _settle(rounded: list[int], order: Sequence[int], remainder: int) -> None:
    """Add `remainder` to the first entry in `order`, or, where that would go below zero, to the next too."""
    for i in order:
        step = max(remainder, -rounded[i])
        rounded[i] += step
        remainder -= step


def largest_remainder(total: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Share `total` in whole numbers by `weights` so that the shares add up exactly.

    Each share is its exact value rounded down; what is left goes, one by one, to the largest fractional parts
    (first come first served in a tie). Raises `ValueError` when `total` is negative or no weight is positive.
    """
    whole = sum((Fraction(weight) for weight in weights), Fraction(0))
    if total < 0 or whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("needs a total that is not negative and weights that add up to more than nothing")
    exact = [total * Fraction(weight) / whole for weight in weights]
    shares = [part.numerator // part.denominator for part in exact]
    left = total - sum(shares)
    for i in sorted(range(len(exact)), key=lambda i: shares[i] - exact[i])[:left]:
        shares[i] += 1
    return shares
