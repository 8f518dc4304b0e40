"""Whom a scenario does not bind: vehicles with rights of way of their own, and contacts with lost load.

Emergency vehicles on an urgent mission are not bound by route, direction, speed and signals, and the others
give way to them (law, Article 53); maintenance vehicles at work are not bound by signs and markings for route
and direction (Article 54). Both go only as far as it is safe: reversing, rolling, doors, distance and lane
changes stay. One who was hit by lost load, or ran over it, touched no vehicle: rules on how vehicles meet are
not about him.
"""

from ._logic import NEVER, Finding, any_of, negate
from ._pair import Pair

_FREE_ON_DUTY = frozenset({"EN", "IX", "LN", "MT", "RB", "SG", "UT", "WR"})
_FREE_AT_WORK = frozenset({"SG-04", "SG-05", "SG-06", "LN-01", "LN-02", "WR-02"})
_LOAD = "LD-02"


def bound(code: str, p: Pair) -> Finding:
    """Whether the scenario may be held against the actor of this pair."""
    on_duty = p.said(p.actor, "on_duty") if code[:2] in _FREE_ON_DUTY else NEVER
    at_work = p.said(p.actor, "road_work") if code in _FREE_AT_WORK else NEVER
    lost = (p.said(one, "load_lost") if code != _LOAD else NEVER for one in (p.actor, p.other))
    return negate(any_of(on_duty, at_work, *lost))
