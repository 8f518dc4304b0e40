"""What a city may set about claims: section `[claims]`."""

from __future__ import annotations

import msgspec

from kuaichu.kernel import city as cities


class ClaimsRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules of claims. Amounts in fen."""

    approve_up_to_fen: int = 1_000_000
    acknowledge_minutes: int = 30
    assess_minutes: int = 60
    payee_days: int = 7
    pay_hours: int = 24
    most_fen: int = 30_000_000
    own_insurer_pays: bool = False
    dispute_days: int = 5
    dispute_answer_days: int = 3


def rules(city: str) -> ClaimsRules:
    """The city's rules of claims."""
    return cities.city(city).section("claims", ClaimsRules)


cities.declare("claims", ClaimsRules)
