"""What the rear-end scenarios share."""

from ..vocabulary import CameFrom, Movement
from ._impacts import struck_ahead, struck_from_behind, was_pushed
from ._logic import ALWAYS, NEVER, Finding, all_of, any_of, negate
from ._pair import NEW_IN_LANE, ONWARD, PASSING_THROUGH, Pair


def follows(p: Pair) -> Finding:
    """A motor vehicle going on runs into the rear of another, and was not itself pushed into it."""
    if p.contact.via:
        return NEVER
    return all_of(p.kinds(), p.moves(p.actor, ONWARD), p.strikes_rear(), negate(pushed(p)))


def ahead(p: Pair) -> Finding:
    """The other was ahead in the same lane: moving on, new but settled, or waiting and not rolling."""
    same = all_of(p.moves(p.other, PASSING_THROUGH), p.came_from(CameFrom.SAME))
    new = all_of(p.moves(p.other, NEW_IN_LANE | {Movement.OVERTAKING}), p.settled(p.other))
    return any_of(same, new, p.still(p.other))


def pushed(p: Pair) -> Finding:
    """The actor was pushed on by a third one; asked only where a third one hit him from behind."""
    return was_pushed(p.facts, p.actor.label, p.other.label)


def in_chain(p: Pair) -> Finding:
    """One of both was hit from behind and hit another, in two impacts: nobody was pushed."""
    middle = [
        (one.label, hit.second)
        for one in (p.actor, p.other)
        if struck_from_behind(p.facts, one.label)
        for hit in struck_ahead(p.facts, one.label)
    ]
    return all_of(*(negate(was_pushed(p.facts, *one)) for one in middle)) if middle else NEVER


def whole_chain(p: Pair) -> Finding:
    """The actor pushed those in between into the other."""
    return ALWAYS if p.contact.via else NEVER
