"""The engine against the French convention between insurers (IRSA), where Chinese law says the same."""

from __future__ import annotations

from kuaichu.outside.figures import Check
from kuaichu.outside.stated import compare, situations


def check() -> Check:
    """All situations; where the law differs, with the article and the result by Chinese law."""
    return compare("irsa", "IRSA: the French insurers' table", situations("irsa"))
