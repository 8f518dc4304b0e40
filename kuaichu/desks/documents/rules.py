"""What a city may set about papers: section `[documents]`."""

from __future__ import annotations

import msgspec

from kuaichu.kernel import city as cities


class DocumentRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names, numbers and addresses printed on papers."""

    unit: str = ""
    review_body: str = ""
    certificate_number: str = "{abbr}公交简认〔{year}〕第{seq}号"
    agreement_number: str = "{abbr}公交协〔{year}〕第{seq}号"
    log: str = ""


def rules(city: str) -> DocumentRules:
    """The city's rules of papers."""
    return cities.city(city).section("documents", DocumentRules)


cities.declare("documents", DocumentRules)
