"""What would have changed the result: each fact answered otherwise, and what the engine then says.

Pure. Asking again costs a proposal each, so the work is bounded: plain facts first, then movements, then
contact zones, at most `MOST` in all; two facts together only where no single one changes anything. Meant for
a person who looks at one case, not for every proposal made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from ..asking import answered
from ..engine import Abstention, Fault, LiabilityPack, Proposal, Reason, propose
from ..facts import AccidentFacts
from ..grades import Grade
from ..questions import QUESTIONS, key_of, question
from ..vocabulary import PLACE, Answer, Json
from .clauses import clause, clause_of_several

MOST = 60
_RANK = {"movement": 1, "zone": 2}
_NO_RULE = frozenset({"road_form"})
Results = tuple[Mapping[str, Grade], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One fact answered otherwise; each of the values leads to the same result."""

    ref: str
    values: tuple[Answer, ...]

    def words(self) -> tuple[str, str]:
        """The clause (zh, en) after "如果" and "If"."""
        return clause_of_several(self.ref, self.values)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Facts which differ from the file, and the grades that would follow, one set for each collision."""

    changes: tuple[Change, ...]
    results: Results

    def sentence(self) -> Reason:
        """One sentence in both languages: "If B had been reversing, B would bear full liability …"."""
        words = [one.words() for one in self.changes]
        zh, en = "，并且".join(one[0] for one in words), ", and ".join(one[1] for one in words)
        return Reason(
            "what-if", f"如果{zh}，则{_bear_zh(self.results)}。", f"If {en}, {_bear_en(self.results)}."
        )

    def to_json(self) -> dict[str, Json]:
        """Plain JSON: the facts, the grades and the sentence."""
        said = self.sentence()
        return {
            "changes": [{"ref": one.ref, "values": [*one.values]} for one in self.changes],
            "results": [{label: grade.value for label, grade in one.items()} for one in self.results],
            "zh": said.zh,
            "en": said.en,
        }


@dataclass(frozen=True, slots=True)
class Nearly:
    """A rule which would also apply if one fact were otherwise; `changes` whether the grades differ then."""

    fault: Fault
    ref: str
    value: Answer
    changes: bool

    def to_json(self) -> dict[str, Json]:
        """Plain JSON with a sentence in both languages."""
        zh, en = clause(self.ref, self.value)
        one = self.fault
        return {
            "label": one.label,
            "code": one.code,
            "ref": self.ref,
            "value": self.value,
            "changes": self.changes,
            "citations": [str(citation) for citation in one.citations],
            "zh": f"{one.code}（{one.label}{one.zh}）：如果{zh}，此条即适用。",
            "en": f"{one.code} ({one.label} {one.en}): would apply if {en}.",
        }


@dataclass(slots=True)
class WhatIfs:
    """All that was found. `tried` proposals were made of `possible` single changes."""

    found: list[WhatIf] = field(default_factory=list)
    nearly: list[Nearly] = field(default_factory=list)
    tried: int = 0
    possible: int = 0


def what_if(facts: AccidentFacts, pack: LiabilityPack, most: int = MOST, *, pictures: bool = True) -> WhatIfs:
    """Every fact used or asked answered otherwise, one at a time; two at a time if no single one matters.

    Without `pictures` movements and contact zones stay as told, which is a handful of proposals.
    """
    base = propose(facts, pack, facts.on)
    singles = [one for one in _singles(facts, base) if pictures or key_of(one[0]) not in _RANK]
    search = _Search(facts, pack, base, most)
    search.run([(one,) for one in singles])
    if not search.grouped and pictures:
        plain = [one for one in singles if key_of(one[0]) not in _RANK]
        search.run([(a, b) for a, b in combinations(plain, 2) if a[0] != b[0]])
    nearly = sorted(search.nearly.values(), key=lambda one: (not one.changes, _RANK.get(key_of(one.ref), 0)))
    return WhatIfs(search.what_ifs(), nearly, search.tried, len(singles))


def results_of(answer: Proposal | Abstention) -> Results | None:
    """Grades of a proposal, one set for each collision where they differ; None for an abstention."""
    if isinstance(answer, Abstention):
        return None
    return (answer.grades,) if answer.grades else tuple(one.grades for one in answer.collisions)


def _singles(facts: AccidentFacts, base: Proposal | Abstention) -> Iterator[tuple[str, Answer]]:
    """Each fact used or asked with each other answer, in the order they are tried."""
    if isinstance(base, Proposal):
        opened = sorted(frozenset[str]().union(*(one.open for one in base.collisions)))
        refs = [*(one.ref for one in base.facts_used), *opened, *_stated(facts)]
    else:
        refs = [*base.would_decide, *_stated(facts)]
    known = [ref for ref in dict.fromkeys(refs) if _changeable(facts, ref)]
    for ref in sorted(known, key=lambda one: _RANK.get(key_of(one), 0)):
        now = facts.answer(ref)
        yield from ((ref, value) for value, _ in question(ref).choices if value != now)


def _stated(facts: AccidentFacts) -> Iterator[str]:
    yield from (f"{PLACE}.{key}" for key in facts.place)
    for one in facts.vehicles:
        yield from (f"{one.label}.{key}" for key in (*one.answers, *_RANK))


def _changeable(facts: AccidentFacts, ref: str) -> bool:
    """Whether the engine would read another answer: it must be in the vocabulary and not given apart."""
    subject, key = ref.split(".", 1)
    if key_of(ref) not in QUESTIONS or key in _NO_RULE or (key == "zone" and facts.contacts):
        return False
    if subject == PLACE:
        return True
    return not any(name.startswith(f"{key}@") for name in facts.vehicle(subject).answers)


class _Search:
    """Tries changes until the proposals are used up, and groups values which lead to the same result."""

    def __init__(
        self, facts: AccidentFacts, pack: LiabilityPack, base: Proposal | Abstention, most: int
    ) -> None:
        self.facts, self.pack, self.most, self.tried = facts, pack, most, 0
        self.base = results_of(base)
        self.fired = {(f.label, f.code) for f in base.faults} if isinstance(base, Proposal) else set()
        self.grouped: dict[tuple[tuple[str, ...], str], tuple[list[list[Answer]], Results]] = {}
        self.nearly: dict[tuple[str, str], Nearly] = {}

    def run(self, changes: list[tuple[tuple[str, Answer], ...]]) -> None:
        for change in changes[: self.most - self.tried]:
            self.tried += 1
            facts = self.facts
            for ref, value in change:
                facts = answered(facts, ref, value)
            answer = propose(facts, self.pack, facts.on)
            if isinstance(answer, Proposal):
                self._note(change, answer)

    def _note(self, change: tuple[tuple[str, Answer], ...], answer: Proposal) -> None:
        results = results_of(answer) or ()
        differs = results != self.base
        if len(change) == 1:
            for fault in answer.faults:
                if (fault.label, fault.code) not in self.fired:
                    rule = (fault.label, fault.code)
                    self.nearly.setdefault(rule, Nearly(fault, *change[0], differs))
        if differs:
            refs = tuple(ref for ref, _ in change)
            # A second fact with several values would multiply out: then each pair is a sentence of its own.
            group = (refs, repr(results) + (repr(change) if len(change) > 1 else ""))
            values, _ = self.grouped.setdefault(group, ([[] for _ in refs], results))
            for place, (_, value) in enumerate(change):
                values[place].append(value)

    def what_ifs(self) -> list[WhatIf]:
        return [
            WhatIf(tuple(Change(ref, tuple(own)) for ref, own in zip(refs, values, strict=True)), results)
            for (refs, _), (values, results) in self.grouped.items()
        ]


def _bear_zh(results: Results) -> str:
    each = ["，".join(_each_zh(one)) for one in results]
    if len(results) == 1:
        return each[0]
    return "；".join(f"{'、'.join(one)}之间：{text}" for one, text in zip(results, each, strict=True))


def _each_zh(grades: Mapping[str, Grade]) -> Iterator[str]:
    for grade, labels in _alike(grades).items():
        yield f"{'、'.join(labels)}{'' if grade is Grade.NONE else '承担'}{grade.zh}"


def _bear_en(results: Results) -> str:
    each = [", ".join(_each_en(one)) for one in results]
    if len(results) == 1:
        return each[0]
    return "; ".join(f"between {' and '.join(one)} {text}" for one, text in zip(results, each, strict=True))


def _each_en(grades: Mapping[str, Grade]) -> Iterator[str]:
    for number, (grade, labels) in enumerate(_alike(grades).items()):
        yield f"{' and '.join(labels)} {'' if number else 'would bear '}{grade.en}"


def _alike(grades: Mapping[str, Grade]) -> Mapping[Grade, list[str]]:
    """Labels by grade, the heaviest grade first."""
    return {g: [x for x, own in grades.items() if own is g] for g in Grade if g in grades.values()}
