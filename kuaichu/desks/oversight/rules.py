"""What a city may set about oversight: section `[oversight]`."""

from __future__ import annotations

import msgspec

from kuaichu.kernel import city as cities


class OversightRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers to rights requests in working days (PIPL Art. 50 says "in time"), and years files are kept.

    The years count from the one after closing (GA 40-2018 replaced the 2 years that GA 40-2008 §4.5.2.1 gave
    summary files; the default keeps more until a city has settled it). `small_cell` hides shares of fewer
    answers in public figures.
    """

    answer_days: int = 15
    keep_summary_years: int = 5
    keep_general_years: int = 5
    keep_injury_years: int = 20
    small_cell: int = 5


def rules(city: str) -> OversightRules:
    """The city's rules of oversight."""
    return cities.city(city).section("oversight", OversightRules)


cities.declare("oversight", OversightRules)
