"""Chains of three or more: the contacts, those of a pushed vehicle ascribed to the one who pushed it."""

from ..facts import AccidentFacts, Contact
from ..vocabulary import PLACE
from ._pair import FRONTS, REARS
from ._result import Abstention, Reason


def attributed(facts: AccidentFacts) -> tuple[Contact, ...] | Abstention:
    """All contacts, or an abstention while it is not known who touched whom."""
    met = facts.met()
    if {x for c in met for x in (c.first, c.second)} != {one.label for one in facts.vehicles} or not met:
        zh, en = "尚不清楚哪些车辆之间发生了碰撞", "It is not known who touched whom"
        return Abstention((Reason("contacts-unknown", zh, en),), (f"{PLACE}.contacts",))
    open_refs = [
        f"{label}.pushed" for label in _struck_strikers(met) if facts.vehicle(label).answer("pushed") is None
    ]
    if open_refs:
        zh, en = "中间车辆是自行追尾还是被推撞尚不清楚", "It is open whether a vehicle in between was pushed"
        return Abstention((Reason("facts-missing", zh, en),), tuple(open_refs))
    return tuple(_pusher(facts, met, one) for one in met)


def _pusher(facts: AccidentFacts, met: tuple[Contact, ...], one: Contact) -> Contact:
    while True:
        one = _front_first(one)
        striker = facts.vehicle(one.first)
        hit_by = [
            _front_first(c)
            for c in met
            if _front_first(c).second == one.first and _is_rear_end(_front_first(c))
        ]
        if (
            not (_is_rear_end(one) and hit_by and striker.answer("pushed") is True)
            or hit_by[0].first in one.via
        ):
            return one
        behind = hit_by[0]
        one = Contact(behind.first, one.second, behind.first_zone, one.second_zone, (one.first, *one.via))


def _front_first(c: Contact) -> Contact:
    turned = c.first_zone in REARS and c.second_zone in FRONTS
    return Contact(c.second, c.first, c.second_zone, c.first_zone, c.via) if turned else c


def _is_rear_end(c: Contact) -> bool:
    return c.first_zone in FRONTS and c.second_zone in REARS


def _struck_strikers(met: tuple[Contact, ...]) -> list[str]:
    """Those who hit one ahead and were hit from behind themselves."""
    hits = [one for one in map(_front_first, met) if _is_rear_end(one)]
    return sorted({one.first for one in hits} & {one.second for one in hits})
