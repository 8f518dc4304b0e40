"""Chains and sets of collisions: the contacts, those of a pushed one ascribed to whoever pushed it."""

from ..facts import AccidentFacts, Contact
from ..vocabulary import PLACE
from ._impacts import front_first, is_rear_end, struck_ahead, struck_from_behind, was_pushed
from ._result import Abstention, Reason
from ._stop import CERTIFICATE_OF_FACTS

_UNTOUCHED = Reason("contacts-unknown", "尚不清楚哪些车辆之间发生了碰撞", "It is not known who touched whom")
_ORDER_OPEN = Reason(
    "facts-missing",
    "中间车辆是自行追尾还是被推撞尚不清楚（前车感到几次撞击？）",
    "It is open whether a vehicle in between was pushed (how many impacts were felt ahead?)",
)
_IMPACTS = Reason(
    "impacts",
    "称被推撞，但前车感到两次以上撞击：两说不能同时成立",
    "Said to have been pushed, but several impacts were felt ahead: not both can be the whole truth",
)
_PUSHER_OPEN = Reason(
    "pusher-unknown",
    "被推撞的车辆由哪一车推撞尚不清楚，由交警查明撞击顺序",
    "It is not known who pushed a vehicle: an officer establishes the order of the impacts",
)


def attributed(facts: AccidentFacts) -> tuple[Contact, ...] | Abstention:
    """All contacts, or an abstention while it is not known who touched whom or who pushed whom."""
    met = tuple(front_first(one) for one in facts.met())
    touched = {x for c in met for x in (c.first, c.second)}
    if not met or touched != {one.label for one in facts.vehicles}:
        return Abstention((_UNTOUCHED,), (f"{PLACE}.contacts",))
    doubted = sorted({ref for one in met for ref in _doubted(facts, one)})
    if doubted:
        return Abstention((_IMPACTS,), tuple(doubted), (CERTIFICATE_OF_FACTS,))
    open_refs = sorted({ref for one in met for ref in _pushed(facts, one)[1]})
    if open_refs:
        return Abstention((_ORDER_OPEN,), tuple(open_refs))
    made = [_by_pusher(facts, one) for one in met]
    if None in made:
        refs = sorted({f"{one.first}.pushed" for one in met if _pushed(facts, one)[0]})
        return Abstention((_PUSHER_OPEN,), tuple(refs))
    return tuple(dict.fromkeys(one for one in made if one is not None))


def _doubted(facts: AccidentFacts, one: Contact) -> tuple[str, ...]:
    """The facts to look at again where a push is stated and several impacts were felt ahead."""
    if not is_rear_end(one) or not was_pushed(facts, one.first, one.second).yes:
        return ()
    several = facts.vehicle(one.second).answer("impacts_felt") not in (None, 1)
    return (f"{one.first}.pushed", f"{one.second}.impacts_felt") if several else ()


def _pushed(facts: AccidentFacts, one: Contact) -> tuple[bool, frozenset[str]]:
    """Whether the first of a contact was pushed into the second, and what is still open about it."""
    if is_rear_end(one):
        found = was_pushed(facts, one.first, one.second)
        return found.yes, found.needed
    return facts.vehicle(one.first).answers.get(f"pushed@{one.second}") is True, frozenset()


def _by_pusher(facts: AccidentFacts, one: Contact) -> Contact | None:
    """Follow the push back to where it began; None where that is not unique or runs in a circle."""
    turned = _flip(one)
    if not is_rear_end(one) and _pushed(facts, turned)[0]:
        if _pushed(facts, one)[0]:
            return None
        one = turned
    now, via = one, tuple[str, ...]()
    while _pushed(facts, now)[0]:
        behind = _hitting(facts, now.first, now.second)
        if len(behind) != 1 or behind[0].first in (one.second, now.first, *via):
            return None
        now, via = behind[0], (now.first, *via)
    return Contact(now.first, one.second, now.first_zone, one.second_zone, via)


def _hitting(facts: AccidentFacts, label: str, ahead: str) -> tuple[Contact, ...]:
    """Who can have pushed it: those who hit it from behind, else others it touched but did not run into."""
    behind = tuple(c for c in struck_from_behind(facts, label) if c.first != ahead)
    if behind:
        return behind
    into = {c.second for c in struck_ahead(facts, label)} | {ahead}
    towards = (c if c.second == label else _flip(c) for c in facts.met() if label in (c.first, c.second))
    return tuple(c for c in towards if c.first not in into)


def _flip(c: Contact) -> Contact:
    return Contact(c.second, c.first, c.second_zone, c.first_zone, c.via)
