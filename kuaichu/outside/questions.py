"""How many questions a person is asked until the engine proposes, or says why it cannot.

Asked as the roadside page does: movements, contact zones and light are known, then the first question that
would decide, again and again. Three sets: the worked examples (answered as the example has it), every pair
of movements and zones that can be (a sample by hash; each answer drawn by hash, all alike likely), and the
police pairs (likewise). A quarter of them once more with nothing but “I don't know”: that must end with an
explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from itertools import combinations_with_replacement, product

from kuaichu.desks.liability.asking import MOST_QUESTIONS, answered, next_questions
from kuaichu.desks.liability.engine import Abstention, LiabilityPack, Proposal, propose
from kuaichu.desks.liability.facts import AccidentFacts, VehicleFacts
from kuaichu.desks.liability.plausibility import problems
from kuaichu.desks.liability.questions import QUESTIONS, question
from kuaichu.desks.liability.scenarios import ALL
from kuaichu.desks.liability.scenarios._scenario import EXAMPLE_DAY
from kuaichu.desks.liability.vocabulary import Answer, Light, Movement, Zone
from kuaichu.outside.figures import Check
from kuaichu.outside.police_record import facts_of, records

ONE_IN = 64
Answering = Callable[[str], Answer]
Case = tuple[str, AccidentFacts, Answering]


@dataclass(frozen=True, slots=True)
class Interview:
    """What one person was asked (movements and zones that were missing among it), and the engine's answer."""

    key: str
    asked: tuple[str, ...]
    result: Proposal | Abstention

    @property
    def fault(self) -> str:
        """Why this must not be: asked and left without an explanation; "" if it may."""
        explained = isinstance(self.result, Proposal) or bool(self.result.reasons)
        return "" if explained else f"{self.key}: no proposal and no reason"


def interview(key: str, facts: AccidentFacts, answer: Answering) -> Interview:
    """Ask until nothing would decide any more, as often as the page does; no question twice."""
    pack, asked = LiabilityPack.default(), list[str]()
    while len(asked) < MOST_QUESTIONS:
        still = [ref for ref in next_questions(facts, pack) if ref not in asked]
        if not still:
            break
        asked.append(still[0])
        facts = answered(facts, still[0], answer(still[0]))
    return Interview(key, tuple(asked), propose(facts, pack, facts.on))


def check() -> Check:
    """All three sets, truly answered and with “I don't know”. Faults: see `Interview.fault`."""
    sets = {
        "worked examples": list(_examples()),
        f"plausible pairs of movements and zones (one in {ONE_IN})": list(pairs()),
        "police pairs": list(_police()),
    }
    remarks, faults = {}, list[str]()
    for name, cases in sets.items():
        for how, found in (("", _held(cases)), (", “I don't know” to all", _held(_ignorant(cases[::4])))):
            remarks[name + how] = _line(found)
            faults += [one.fault for one in found if one.fault]
    return Check("questions", "How many questions it takes", (), {}, tuple(faults), remarks)


def _held(cases: Iterable[Case]) -> list[Interview]:
    return [interview(*one) for one in cases]


def _ignorant(cases: Iterable[Case]) -> Iterator[Case]:
    return ((key, facts, lambda _: None) for key, facts, _ in cases)


def _line(found: list[Interview]) -> str:
    counts = [len(one.asked) for one in found]
    mean = Fraction(sum(counts), len(counts) or 1)
    proposed = sum(isinstance(one.result, Proposal) for one in found)
    return (
        f"{len(found)} cases, {float(mean):.2f} questions on average, {max(counts)} at most; "
        f"{proposed} end in a proposal, {len(found) - proposed} in an explained abstention"
    )


def _examples() -> Iterator[Case]:
    """The facts a person volunteers are told at once, all others only when asked."""
    free = {key for key, one in QUESTIONS.items() if one.volunteered} | {"light"}
    for code, scenario in ALL.items():
        for number, example in enumerate(scenario.examples):
            whole = example.facts
            vehicles = (
                replace(v, answers={k: a for k, a in v.answers.items() if k in free}) for v in whole.vehicles
            )
            place = {key: value for key, value in whole.place.items() if key in free}
            yield f"{code} {number}", replace(whole, vehicles=tuple(vehicles), place=place), whole.answer


def pairs() -> Iterator[Case]:
    """Two motor vehicles by day in every way that does not contradict itself; a sample by hash."""
    for moves in combinations_with_replacement(Movement, 2):
        for zones in product(Zone, repeat=2):
            key = " ".join((*moves, *zones))
            if _drawn(key, ONE_IN):
                continue
            lines = zip("AB", moves, zones, strict=True)
            vehicles = tuple(VehicleFacts(label, movement=m, zone=z) for label, m, z in lines)
            facts = AccidentFacts(vehicles, EXAMPLE_DAY, {"light": Light.DAY})
            if not problems(facts):
                yield key, facts, _by_hash(key)


def _police() -> Iterator[Case]:
    for one in records():
        key = one[0]["Report Number"]
        yield key, facts_of(one), _by_hash(key)


def _by_hash(key: str) -> Answering:
    """An answer to every question, each as likely as the others, and the same in every run."""

    def answer(ref: str) -> Answer:
        choices = question(ref).choices
        return choices[_drawn(f"{key} {ref}", len(choices))][0]

    return answer


def _drawn(text: str, among: int) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:8]) % among
