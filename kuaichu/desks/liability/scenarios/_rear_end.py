"""What the rear-end scenarios share."""

from ..vocabulary import CameFrom
from ._logic import ALWAYS, NEVER, Finding, all_of, any_of, negate
from ._pair import FRONTS, NEW_IN_LANE, ONWARD, REARS, Pair


def follows(p: Pair) -> Finding:
    """A motor vehicle going on runs into the rear of another, and was not itself pushed into it."""
    if p.contact.via:
        return NEVER
    return all_of(p.kinds(), p.moves(p.actor, ONWARD), p.strikes_rear(), negate(pushed(p)))


def ahead(p: Pair) -> Finding:
    """The other was ahead in the same lane: moving on, new but settled, or waiting and not rolling."""
    same = all_of(p.moves(p.other, ONWARD), p.came_from(CameFrom.SAME))
    new = all_of(p.moves(p.other, NEW_IN_LANE), p.settled(p.other))
    return any_of(same, new, p.still(p.other))


def pushed(p: Pair) -> Finding:
    """The actor was pushed on by a third one; asked only where a third one hit him from behind."""
    return p.known(p.actor, "pushed") if _rear_of(p, p.actor.label) else NEVER


def in_chain(p: Pair) -> Finding:
    """One of both was hit from behind and hit another, in two impacts: nobody was pushed."""
    middle = [one for one in (p.actor, p.other) if _rear_of(p, one.label) and _front_of(p, one.label)]
    return all_of(*(p.known(one, "pushed", False) for one in middle)) if middle else NEVER


def whole_chain(p: Pair) -> Finding:
    """The actor pushed those in between into the other."""
    return ALWAYS if p.contact.via else NEVER


def _rear_of(p: Pair, label: str) -> bool:
    met = p.facts.met()
    return len(met) > 1 and any(
        (c.second == label and c.second_zone in REARS and c.first_zone in FRONTS)
        or (c.first == label and c.first_zone in REARS and c.second_zone in FRONTS)
        for c in met
    )


def _front_of(p: Pair, label: str) -> bool:
    return any(
        (c.first == label and c.first_zone in FRONTS and c.second_zone in REARS)
        or (c.second == label and c.second_zone in FRONTS and c.first_zone in REARS)
        for c in p.facts.met()
    )
