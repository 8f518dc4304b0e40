"""Three-valued answers of a rule: yes, no, or not known, with the facts it rests on or lacks."""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from ..vocabulary import Answer


class Truth(StrEnum):
    """Outcome of a rule."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Finding(NamedTuple):
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


# The same few findings are made hundreds of times in one proposal: each is made once.
@lru_cache(4096)
def _open(ref: str) -> Finding:
    return Finding(Truth.UNKNOWN, needed=frozenset({ref}))


@lru_cache(4096)
def _holds(ref: str) -> Finding:
    return Finding(Truth.YES, used=frozenset({ref}))


@lru_cache(4096)
def _fails(ref: str) -> Finding:
    return Finding(Truth.NO, used=frozenset({ref}))


def judge(ref: str, answer: Answer, values: tuple[Answer, ...]) -> Finding:
    """Whether the answer to `ref` is one of the values; not known while there is none."""
    if answer is None:
        return _open(ref)
    return _holds(ref) if answer in values else _fails(ref)


_TURNED = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}
ALWAYS, NEVER = Finding(Truth.YES), Finding(Truth.NO)


def all_of(*findings: Finding) -> Finding:
    """Kleene and: one no decides, then one unknown leaves it open."""
    for one in findings:
        if one.truth is Truth.NO:
            return one
    return _join(findings, Truth.YES)


def staged(*findings: Finding) -> Finding:
    """As `all_of`, but asks for one condition after the other: later ones only once the earlier ones hold."""
    joined = all_of(*findings)
    waiting = next((one for one in findings if one.truth is Truth.UNKNOWN), None)
    return Finding(joined.truth, joined.used, waiting.needed) if waiting and not joined.no else joined


def any_of(*findings: Finding) -> Finding:
    """Kleene or: one yes decides, then one unknown leaves it open."""
    for one in findings:
        if one.truth is Truth.YES:
            return one
    return _join(findings, Truth.NO)


def negate(one: Finding) -> Finding:
    """Kleene not."""
    if one is ALWAYS or one is NEVER:
        return NEVER if one is ALWAYS else ALWAYS
    return Finding(_TURNED[one.truth], one.used, one.needed)


def _join(findings: tuple[Finding, ...], otherwise: Truth) -> Finding:
    used = frozenset[str]().union(*[one.used for one in findings])
    needed = frozenset[str]().union(*[one.needed for one in findings if one.truth is Truth.UNKNOWN])
    return Finding(Truth.UNKNOWN if needed else otherwise, used, needed)
