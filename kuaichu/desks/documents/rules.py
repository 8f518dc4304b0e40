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
    facts_number: str = "{abbr}公交证字〔{year}〕第{seq}号"
    rejection_number: str = "{abbr}公交不受字〔{year}〕第{seq}号"
    conclusion_number: str = "{abbr}公交复字〔{year}〕第{seq}号"
    log: str = ""

    def number_pattern(self, kind: str) -> str:
        """The pattern of the numbers of this kind of paper."""
        patterns = {
            "agreement": self.agreement_number,
            "facts_certificate": self.facts_number,
            "rejection_notice": self.rejection_number,
            "review_conclusion": self.conclusion_number,
        }
        return patterns.get(kind, self.certificate_number)


def rules(city: str) -> DocumentRules:
    """The city's rules of papers."""
    return cities.city(city).section("documents", DocumentRules)


cities.declare("documents", DocumentRules)
