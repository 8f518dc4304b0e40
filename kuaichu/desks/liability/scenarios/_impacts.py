"""Was a vehicle in between pushed into the one ahead, or did it hit that one by itself?

Stated, or told by what was felt ahead: two impacts from behind are two collisions; one impact, while the
vehicle in between stood already, is the doing of the last.
"""

from ..facts import AccidentFacts, Contact
from ._logic import NEVER, Finding, Truth
from ._pair import FRONTS, REARS, WAITING


def front_first(c: Contact) -> Contact:
    """The contact seen from the one whose front met the other's rear, if it was such a contact."""
    turned = c.first_zone in REARS and c.second_zone in FRONTS
    return Contact(c.second, c.first, c.second_zone, c.first_zone, c.via) if turned else c


def is_rear_end(c: Contact) -> bool:
    """Whether the first one's front met the second one's rear."""
    return c.first_zone in FRONTS and c.second_zone in REARS


def struck_from_behind(facts: AccidentFacts, label: str) -> tuple[Contact, ...]:
    """The contacts in which another one's front met this one's rear, that one first."""
    met = (front_first(c) for c in facts.met())
    return tuple(c for c in met if c.second == label and is_rear_end(c))


def struck_ahead(facts: AccidentFacts, label: str) -> tuple[Contact, ...]:
    """The contacts in which this one's front met another one's rear."""
    met = (front_first(c) for c in facts.met())
    return tuple(c for c in met if c.first == label and is_rear_end(c))


def was_pushed(facts: AccidentFacts, label: str, ahead: str) -> Finding:
    """Whether `label` was pushed into the one ahead; no while nobody hit it from behind."""
    if not struck_from_behind(facts, label):
        return NEVER
    middle, front = facts.vehicle(label), facts.vehicle(ahead)
    own, felt = f"{label}.pushed", f"{ahead}.impacts_felt"
    stated, impacts = middle.answer("pushed", ahead), front.answer("impacts_felt")
    if stated is not None:
        return Finding(Truth.YES if stated is True else Truth.NO, frozenset({own}))
    if impacts == 1 and middle.movement in WAITING:
        return Finding(Truth.YES, frozenset({felt, f"{label}.movement"}))
    if impacts is not None and impacts != 1:
        return Finding(Truth.NO, frozenset({felt}))
    return Finding(Truth.UNKNOWN, needed=frozenset({own} if impacts is not None else {own, felt}))
