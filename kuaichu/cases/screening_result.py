"""The answer of a screening: which gates were hit, what is allowed, what waits for which facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kuaichu.cases.gates import Gate, Procedure, Step

LANES = (
    Procedure.SELF,
    Procedure.ONLINE,
    Procedure.SUMMARY,
    Procedure.GENERAL_FAST,
    Procedure.GENERAL,
)
LIGHT = LANES[:3]
APPLICATIONS = {Procedure.ONLINE: "joint_application", Procedure.GENERAL_FAST: "fast_application"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A gate whose condition is met. `verdicts`: Y open, N closed, ? hangs on a fact not known."""

    gate: Gate
    verdicts: Mapping[Procedure, Literal["Y", "N", "?"]]

    @property
    def title(self) -> Promise:
        """Its name in the reader's language."""
        return gettext_lazy(self.gate.title)

    @property
    def reason(self) -> Promise:
        """What it means and what happens next, in the reader's language."""
        return gettext_lazy(self.gate.reason)


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who must take the case from here, and the codes of the gates that say so."""

    to: Literal["general", "police_on_site", "criminal"]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """The answer. `allowed` may begin now; `pending` says which facts a procedure still waits for."""

    hits: tuple[Hit, ...]
    allowed: frozenset[Procedure]
    ceiling: Procedure
    recommended: Procedure | None
    handover: HandOver | None
    pending: Mapping[Procedure, tuple[str, ...]]
    version: str
    hold: bool = field(default=False)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Facts that must still be asked before SELF or ONLINE may be offered."""
        asked = [name for lane in LANES[:2] for name in self.pending.get(lane, ())]
        return tuple(dict.fromkeys(asked))

    @property
    def awaiting_application(self) -> frozenset[Procedure]:
        """Procedures that may begin as soon as the parties apply for them together."""
        return frozenset(p for p, fact in APPLICATIONS.items() if self.pending.get(p) == (fact,))

    @property
    def steps(self) -> tuple[Step, ...]:
        """What follows from all hits, each once, in the order of the gates."""
        return tuple(dict.fromkeys(step for hit in self.hits for step in hit.gate.otherwise))

    def to_json(self) -> dict[str, object]:
        """Plain values to be stored with the case; texts stay English message ids."""
        return {
            "version": self.version,
            "allowed": [lane.value for lane in Procedure if lane in self.allowed],
            "ceiling": self.ceiling.value,
            "recommended": self.recommended.value if self.recommended else None,
            "handover": {"to": self.handover.to, "reasons": list(self.handover.reasons)}
            if self.handover
            else None,
            "hold": self.hold,
            "unknown": list(self.unknown),
            "pending": {lane.value: list(facts) for lane, facts in self.pending.items()},
            "steps": [step.value for step in self.steps],
            "hits": [_hit_json(hit) for hit in self.hits],
        }


def _hit_json(hit: Hit) -> dict[str, object]:
    return {
        "gate": hit.gate.code,
        "verdicts": {lane.value: verdict for lane, verdict in hit.verdicts.items()},
        "title": hit.gate.title,
        "reason": hit.gate.reason,
        "law": list(hit.gate.law),
        "otherwise": [step.value for step in hit.gate.otherwise],
        "severity": hit.gate.severity,
        "mark": hit.gate.mark,
    }
