"""What a city may set about deciding liability: section `[liability]`."""

from __future__ import annotations

import msgspec

from kuaichu.desks.liability.scenarios._pack import LiabilityPack, PackInvalid
from kuaichu.kernel import city as cities


class LiabilityRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Rules of the centre.

    `signature_code`: who signs on a page enters a code sent to the own phone; `signature_code_api`: so does
    who signs by the token of a phone already proven. `signing_notice`: the city's own words at the point of
    signing, by language (`zh`, `en`).
    """

    answer_minutes: int = 10
    take_minutes: int = 15
    second_factor_minutes: int = 15
    agreement_minutes: int = 60
    unit: str = ""
    signature_code: bool = True
    signature_code_api: bool = False
    signing_notice: dict[str, str] = {}
    pack: dict[str, object] = {}

    def __post_init__(self) -> None:
        """Refuse a pack which cannot be used (ValueError with its place in the section)."""
        try:
            LiabilityPack.from_section(self.pack)
        except PackInvalid as flaw:
            raise PackInvalid(flaw.reason, "pack", *flaw.at) from flaw


def rules(city: str) -> LiabilityRules:
    """The city's rules of deciding."""
    return cities.city(city).section("liability", LiabilityRules)


cities.declare("liability", LiabilityRules)
