"""What the engine hands back: a proposal with reasons, or an abstention; both as plain JSON too."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kuaichu.law.statutes import Citation

from ..grades import Grade
from ..matrix import FaultClass
from ..vocabulary import Answer, CollisionForm, Json, Situation

ENGINE_VERSION = "kuaichu-liability 1.0"


class Confidence(StrEnum):
    """How sure a proposal is, in words for the officer."""

    CERTAIN = "certain rule match"
    DETAIL_OPEN = "grades certain, details open"
    UNVERIFIED_RULE = "rule match, the rule itself is not verified"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence in both languages, with a code for tests and statistics."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault found: who, which scenario or B code, and the law."""

    label: str
    code: str
    fault_class: FaultClass | None
    zh: str
    en: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact the result stands on and who stated it."""

    ref: str
    value: Answer
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collision:
    """Result for one contact: grades by label always fit together.

    `open` are facts which nobody has stated and which leave the grades as they are, whatever they were.
    """

    grades: Mapping[str, Grade]
    faults: tuple[Fault, ...]
    used: frozenset[str]
    situation: Situation
    cause: str
    form: CollisionForm | None
    confidence: Confidence
    pushed_through: tuple[str, ...] = ()
    warnings: tuple[Reason, ...] = ()
    outcome: tuple[Reason, ...] = ()
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another result which a different choice of the city or officer would give."""

    code: str
    zh: str
    en: str
    grades: Mapping[str, Grade]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Suggested grades. Separate collisions of a chain have grades each and none in common (`grades` empty).

    `shares` is empty where neither custom nor the province's table fixes one.
    """

    grades: Mapping[str, Grade]
    shares: Mapping[str, Fraction]
    collisions: tuple[Collision, ...]
    faults: tuple[Fault, ...]
    reasons: tuple[Reason, ...]
    facts_used: tuple[FactUsed, ...]
    citations: tuple[Citation, ...]
    situation: Situation
    cause: str
    form: CollisionForm | None
    confidence: Confidence
    alternatives: tuple[Alternative, ...] = ()
    warnings: tuple[Reason, ...] = ()
    engine: str = ENGINE_VERSION

    @property
    def separate(self) -> bool:
        """Whether the collisions must be determined each on its own."""
        return not self.grades

    def to_json(self) -> dict[str, Json]:
        """Plain JSON of everything an officer was shown."""
        return {
            "kind": "proposal",
            "engine": self.engine,
            "grades": _grades_json(self.grades),
            "shares": {label: str(share) for label, share in self.shares.items()},
            "collisions": [_collision_json(one) for one in self.collisions],
            "faults": [_fault_json(one) for one in self.faults],
            "reasons": [_reason_json(one) for one in self.reasons],
            "facts": [{"ref": f.ref, "value": f.value, "sources": list(f.sources)} for f in self.facts_used],
            "citations": [str(one) for one in self.citations],
            "situation": self.situation.value,
            "cause": self.cause,
            "form": self.form.value if self.form else None,
            "confidence": self.confidence.value,
            "alternatives": [
                {"code": a.code, "zh": a.zh, "en": a.en, "grades": _grades_json(a.grades)}
                for a in self.alternatives
            ],
            "warnings": [_reason_json(one) for one in self.warnings],
        }


@dataclass(frozen=True, slots=True)
class Abstention:
    """No proposal: why, the facts which would decide (most often needed first), and what to do meanwhile."""

    reasons: tuple[Reason, ...]
    would_decide: tuple[str, ...] = ()
    advice: tuple[Reason, ...] = ()
    engine: str = ENGINE_VERSION

    def to_json(self) -> dict[str, Json]:
        """Plain JSON."""
        return {
            "kind": "abstention",
            "engine": self.engine,
            "reasons": [_reason_json(one) for one in self.reasons],
            "would_decide": list(self.would_decide),
            "advice": [_reason_json(one) for one in self.advice],
        }


def _grades_json(grades: Mapping[str, Grade]) -> Json:
    return {label: one.value for label, one in grades.items()}


def _reason_json(one: Reason) -> Json:
    return {"code": one.code, "zh": one.zh, "en": one.en}


def _fault_json(one: Fault) -> Json:
    return {
        "label": one.label,
        "code": one.code,
        "class": one.fault_class.value if one.fault_class else None,
        "zh": one.zh,
        "en": one.en,
        "citations": [str(citation) for citation in one.citations],
    }


def _collision_json(one: Collision) -> Json:
    return {
        "grades": _grades_json(one.grades),
        "faults": [_fault_json(fault) for fault in one.faults],
        "situation": one.situation.value,
        "cause": one.cause,
        "form": one.form.value if one.form else None,
        "confidence": one.confidence.value,
        "pushed_through": list(one.pushed_through),
    }
