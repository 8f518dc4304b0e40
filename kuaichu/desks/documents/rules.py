"""What a city may set about papers: section `[documents]`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import msgspec

from kuaichu.desks.documents.numbering import NumberPattern
from kuaichu.desks.documents.papers.facts import Paper
from kuaichu.desks.documents.papers.kinds import KINDS
from kuaichu.kernel import city as cities

_WORDS: Final[Mapping[str, str]] = {
    "summary_certificate": "简认",
    "general_certificate": "认字",
    "agreement": "协",
    "facts_certificate": "证字",
    "rejection_notice": "不受字",
    "review_conclusion": "复字",
    "acceptance_record": "受",
    "rights_notice": "告",
    "clear_instruction": "撤",
    "hand_over_form": "移",
    "supplement": "补",
    "review_application": "复申",
    "review_acceptance": "复受",
    "proof_of_service": "送",
    "mediation_agreement": "调",
    "mediation_end": "调终",
    "mediation_record": "调记",
    "peoples_mediation": "民调",
    "power_of_attorney": "委",
    "evidence_list": "电",
    "extraction_record": "提",
    "certified_copy": "复制",
    "photo_sheet": "照",
    "rescue_cost_notice": "抢",
    "rescue_fund_notice": "救",
    "care_pass": "直赔",
    "knock_for_knock": "互碰",
    "loss_sheet": "损",
    "tow_order": "援",
    "repair_order": "修",
}
"""The word in the usual number of each kind: 盐公交调〔2026〕第1号."""


_NO_WORDS: Final = ("replaces", "sketch", "photos")


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The city's own words for one field of one kind of paper, from a day on.

    `text` is a text or a list of texts, as the field is; `{unit}` and `{review_body}` are filled in.
    """

    kind: str
    field: str
    text: str | tuple[str, ...]
    since: date = date(2018, 5, 1)

    def __post_init__(self) -> None:
        paper = KINDS.get(self.kind)
        if paper is None:
            raise ValueError(f"wording: no paper {self.kind!r}")
        held = {one.name: one.default for one in dataclasses.fields(paper)}
        if not isinstance(held.get(self.field), str | tuple) or self.field in _NO_WORDS:
            raise ValueError(f"wording: {self.kind} has no words {self.field!r} of its own")
        if isinstance(held[self.field], str) != isinstance(self.text, str):
            raise ValueError(f"wording: {self.kind}.{self.field} is one text or several")


class DocumentRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names, numbers, addresses and words printed on papers. `numbers` holds patterns by kind.

    `office`, `phone` and `supervision_phone` stand on the contact card (D146 Art. 27): without them the unit
    itself, the traffic police's number and that for complaints about the police."""

    unit: str = ""
    review_body: str = ""
    office: str = ""
    phone: str = "122"
    supervision_phone: str = "12389"
    certificate_number: str = ""
    general_number: str = ""
    agreement_number: str = ""
    facts_number: str = ""
    rejection_number: str = ""
    conclusion_number: str = ""
    numbers: dict[str, str] = {}
    wording: tuple[Wording, ...] = ()
    log: str = ""

    def __post_init__(self) -> None:
        unknown = set(self.numbers) - set(KINDS)
        if unknown:
            raise ValueError(f"numbers: no paper {sorted(unknown)}")
        for kind in KINDS:
            NumberPattern(self.number_pattern(kind))

    def number_pattern(self, kind: str) -> str:
        """The pattern of the numbers of this kind of paper."""
        own = {
            "summary_certificate": self.certificate_number,
            "general_certificate": self.general_number,
            "agreement": self.agreement_number,
            "facts_certificate": self.facts_number,
            "rejection_notice": self.rejection_number,
            "review_conclusion": self.conclusion_number,
            **self.numbers,
        }
        return own.get(kind) or "{abbr}公交" + _WORDS[kind] + "〔{year}〕第{seq}号"

    def worded(self, facts: Paper) -> Paper:
        """The facts in the city's words as they are on the day of the paper."""
        on = facts.issued_at.date()
        own: dict[str, Any] = {}
        for one in sorted(self.wording, key=lambda w: w.since):
            if one.kind == facts.KIND and one.since <= on:
                own[one.field] = self._filled(one.text)
        return dataclasses.replace(facts, **own) if own else facts

    def _filled(self, text: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if isinstance(text, str):
            return text.replace("{unit}", self.unit).replace("{review_body}", self.review_body)
        return tuple(str(self._filled(one)) for one in text)


def rules(city: str) -> DocumentRules:
    """The city's rules of papers."""
    return cities.city(city).section("documents", DocumentRules)


cities.declare("documents", DocumentRules)
