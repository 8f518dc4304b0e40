"""Words that give a claim up: who waives it against the other side loses the own cover (INS 61)."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = re.compile(
    r"互不追究|不再追究|互不索赔|放弃(?:向|对)?.{0,8}(?:索赔|追偿|赔偿)|一次性了结|一次性(?:处理|解决)完毕|"
    r"再无(?:任何)?(?:纠纷|瓜葛|争议)|各(?:自)?修各车|各自承担",
)
"""Phrases of private settlements which courts have read as a waiver."""


def waivers(text: str) -> list[str]:
    """The phrases of a text which may give the claim against the other side up; none: an empty list."""
    return list(dict.fromkeys(found.group() for found in _WORDS.finditer("".join(text.split()))))
