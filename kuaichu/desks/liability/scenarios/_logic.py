"""Three-valued answers of a rule: yes, no, or not known, with the facts it rests on or lacks."""

from dataclasses import dataclass
from enum import StrEnum


class Truth(StrEnum):
    """Outcome of a rule."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """Truth of a condition; `used` and `needed` are references such as `A.signal` or `place.control`."""

    truth: Truth
    used: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()

    @property
    def yes(self) -> bool:
        """Whether the condition surely holds."""
        return self.truth is Truth.YES

    @property
    def no(self) -> bool:
        """Whether the condition surely fails."""
        return self.truth is Truth.NO


ALWAYS, NEVER = Finding(Truth.YES), Finding(Truth.NO)


def all_of(*findings: Finding) -> Finding:
    """Kleene and: one no decides, then one unknown leaves it open."""
    failed = next((one for one in findings if one.no), None)
    return failed or _join(findings, Truth.YES)


def any_of(*findings: Finding) -> Finding:
    """Kleene or: one yes decides, then one unknown leaves it open."""
    held = next((one for one in findings if one.yes), None)
    return held or _join(findings, Truth.NO)


def negate(one: Finding) -> Finding:
    """Kleene not."""
    turned = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}
    return Finding(turned[one.truth], one.used, one.needed)


def _join(findings: tuple[Finding, ...], otherwise: Truth) -> Finding:
    used = frozenset().union(*(one.used for one in findings))
    needed = frozenset().union(*(one.needed for one in findings if one.truth is Truth.UNKNOWN))
    return Finding(Truth.UNKNOWN if needed else otherwise, used, needed)
