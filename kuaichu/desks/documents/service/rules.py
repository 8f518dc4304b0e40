"""What a city may set about the service of papers: section `[service]`."""

from __future__ import annotations

import msgspec

from kuaichu.kernel import city as cities


class ServiceRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`receipt_days`: how long the confirmation of a paper sent electronically is waited for; then its print
    waits at `point` (a name with its address)."""

    receipt_days: int = 3
    point: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.receipt_days <= 60:
            raise ValueError("receipt_days: 1 to 60")


def rules(city: str) -> ServiceRules:
    """The city's rules of service."""
    return cities.city(city).section("service", ServiceRules)


cities.declare("service", ServiceRules)
