"""Do the stated movements and contact zones fit together? And which accident form do they make?"""

from collections.abc import Iterator
from dataclasses import dataclass

from .facts import AccidentFacts, Contact, VehicleFacts
from .scenarios._pair import FRONTS, REARS, SIDES, STATIONARY, WAITING, Pair
from .vocabulary import CameFrom, CollisionForm, Control, Movement, Signal, Zone

_BACKWARD = frozenset({Movement.REVERSING, Movement.ROLLING})
_ONE_OF_BOTH = ("went_uphill", "along_the_rock")
_DEPARTED = (
    "borrowed_lane",
    "crossed_forbidden_line",
    "defect_caused_it",
    "load_lost",
    "load_too_large",
    "over_channelising",
    "towing_against_rules",
)
_FORMS = {
    CollisionForm.REAR_END: (FRONTS, REARS),
    CollisionForm.HEAD_ON: (FRONTS, FRONTS),
    CollisionForm.SIDE_RIGHT_ANGLE: (FRONTS, SIDES),
    CollisionForm.SCRAPE_SAME_DIRECTION: (
        frozenset({Zone.LEFT, Zone.FRONT_LEFT, Zone.REAR_LEFT}),
        frozenset({Zone.RIGHT, Zone.FRONT_RIGHT, Zone.REAR_RIGHT}),
    ),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why facts cannot be right together, and the facts to look at again."""

    code: str
    zh: str
    en: str
    refs: tuple[str, ...]


def pair_of(facts: AccidentFacts, contact: Contact) -> Pair:
    """The pair of a contact, seen from its first vehicle."""
    return Pair(facts, facts.vehicle(contact.first), facts.vehicle(contact.second), contact)


def problems(facts: AccidentFacts) -> tuple[Problem, ...]:
    """All contradictions of the facts; disputed answers are not among them, they only count as unknown."""
    found = [one for contact in facts.met() for one in _contact(pair_of(facts, contact))]
    return tuple(dict.fromkeys(found))


def collision_form(p: Pair) -> CollisionForm | None:
    """Accident form by zones and directions; None where they do not settle it."""
    mine, yours = p.zone(p.actor), p.zone(p.other)
    if mine is None or yours is None:
        return None
    if p.strikes_rear().yes or p.hit_from_behind().yes:
        backward = {p.actor.movement, p.other.movement} & _BACKWARD
        return None if backward else CollisionForm.REAR_END
    if mine in FRONTS and yours in FRONTS:
        return CollisionForm.HEAD_ON if p.came_from(CameFrom.OPPOSITE).yes else None
    if (mine in FRONTS and yours in SIDES) or (yours in FRONTS and mine in SIDES):
        return _side(p)
    return _scrape(p) if {mine, yours} <= SIDES else None


def _side(p: Pair) -> CollisionForm:
    if p.came_from(CameFrom.LEFT, CameFrom.RIGHT).yes:
        return CollisionForm.SIDE_RIGHT_ANGLE
    if p.came_from(CameFrom.OPPOSITE).yes:
        return CollisionForm.SIDE_OPPOSITE
    return (
        CollisionForm.SIDE_SAME_DIRECTION if p.came_from(CameFrom.SAME).yes else CollisionForm.SIDE_UNCERTAIN
    )


def _scrape(p: Pair) -> CollisionForm:
    opposite = p.zone(p.actor) is p.zone(p.other)
    return CollisionForm.SCRAPE_OPPOSITE if opposite else CollisionForm.SCRAPE_SAME_DIRECTION


def _contact(pair: Pair) -> Iterator[Problem]:
    for p in (pair, pair.turned()):
        yield from _of_one(p)
    yield from _exclusive(pair)
    yield from _stated_form(pair)
    yield from _directions(pair)
    if {pair.actor.movement, pair.other.movement} <= STATIONARY and not _may_have_moved(pair):
        yield _problem(
            pair,
            "both-still",
            "双方都称车辆静止，不可能相撞",
            "Both are said to have stood still",
            "movement",
        )
    if _parallel(pair):
        zh, en = (
            "双方都称直行，却是同向侧面刮擦：必有一方偏离车道",
            "Both are said to have kept straight, yet their sides met",
        )
        yield _problem(pair, "both-straight", zh, en, "movement")
    if _both_green(pair):
        zh, en = (
            "双方来自交叉方向，都称绿灯且刚刚驶入",
            "From crossing roads both are said to have just entered on green",
        )
        yield _problem(pair, "both-green", zh, en, "signal")


def _of_one(p: Pair) -> Iterator[Problem]:
    zone, movement = p.zone(p.actor), p.actor.movement
    if zone is None:
        return
    if movement is Movement.REVERSING and zone not in REARS:
        yield _one(
            p,
            "reversing-zone",
            "称正在倒车，但碰撞部位不在车尾",
            "Said to reverse, but not touched at the rear",
        )
    if movement is Movement.DOOR_OPENING and zone in (Zone.FRONT, Zone.REAR):
        yield _one(
            p,
            "door-zone",
            "称开关车门，但碰撞部位不在车身侧面",
            "Said to open a door, but not touched at a side",
        )
    away = {Movement.LANE_CHANGE_LEFT: Zone.RIGHT, Movement.LANE_CHANGE_RIGHT: Zone.LEFT}
    if movement in away and zone is away[movement]:
        yield _one(
            p,
            "lane-change-side",
            "称向一侧变道，却是另一侧被碰",
            "Said to move to one side, but touched at the other",
        )
    forward_back = zone is Zone.REAR and p.zone(p.other) not in (None, *FRONTS)
    if (
        forward_back
        and not {movement, p.other.movement} & _BACKWARD
        and None not in (movement, p.other.movement)
    ):
        yield _one(
            p,
            "rear-without-reversing",
            "车尾碰到对方侧面或车尾，却无人倒车",
            "A rear met a side or rear, but nobody went back",
        )
    if (
        movement in STATIONARY
        and p.strikes_rear().yes
        and p.other.movement not in (None, *_BACKWARD)
        and not _may_have_moved(p)
    ):
        yield _one(
            p,
            "still-striker",
            "称静止，却以车头碰上对方车尾",
            "Said to stand still, but its front met the other's rear",
        )


def _stated_form(p: Pair) -> Iterator[Problem]:
    stated = p.facts.place_answer("form")
    mine, yours = p.zone(p.actor), p.zone(p.other)
    fits = _FORMS.get(CollisionForm(str(stated))) if stated else None
    if not (fits and mine and yours):
        return
    first, second = fits
    if not ((mine in first and yours in second) or (mine in second and yours in first)):
        yield _problem(
            p, "form", "碰撞形态与碰撞部位不符", "The accident form does not fit the contact zones", "zone"
        )


def _directions(p: Pair) -> Iterator[Problem]:
    own = p.actor.answer("other_came_from", p.other.label)
    theirs = p.other.answer("other_came_from", p.actor.label)
    swap = {"left": "right", "right": "left"}
    seen = p.seen_from()
    expected = swap.get(str(theirs), theirs) if theirs is not None else None
    views = {str(one) for one in (own, expected, seen) if one is not None}
    if len(views) > 1:
        zh, en = (
            "双方行驶方向的陈述与碰撞部位互相矛盾",
            "The directions stated do not fit each other or the contact zones",
        )
        yield _problem(p, "directions", zh, en, "other_came_from")


def _exclusive(p: Pair) -> Iterator[Problem]:
    """What is true of one is not of the other who comes towards him, or who began before him."""
    for key in (*_ONE_OF_BOTH, "other_began_first"):
        mine, yours = p.actor.answer(key, p.other.label), p.other.answer(key, p.actor.label)
        if mine is not None and mine is yours and (mine is True or key in _ONE_OF_BOTH):
            zh, en = "对双方的陈述不可能同时成立", "What is said of both cannot be true of both"
            yield _problem(p, "exclusive", zh, en, key)


def _parallel(p: Pair) -> bool:
    if any(one.answer(key) is True for one in (p.actor, p.other) for key in _DEPARTED):
        return False
    straight = p.actor.movement is Movement.STRAIGHT and p.other.movement is Movement.STRAIGHT
    alike = p.actor.kind is p.other.kind  # a car may pass a rider too closely without leaving its lane
    pushed = (one.answer("pushed", two.label) for one, two in ((p.actor, p.other), (p.other, p.actor)))
    return alike and straight and True not in pushed and {p.zone(p.actor), p.zone(p.other)} == SIDES


def _both_green(p: Pair) -> bool:
    across = p.came_from(CameFrom.LEFT, CameFrom.RIGHT).yes and p.passing().yes
    lights = p.control(Control.SIGNALS, Control.ARROWS).yes
    states = [(one.answer("signal"), one.answer("entered_earlier")) for one in (p.actor, p.other)]
    both = all(signal == Signal.GREEN and earlier is False for signal, earlier in states)
    straight = p.actor.movement is Movement.STRAIGHT and p.other.movement is Movement.STRAIGHT
    return across and lights and both and straight


def _may_have_moved(p: Pair) -> bool:
    """One who stood was rolled or pushed into the other, or nobody has been asked yet."""
    rear = p.strikes_rear().yes or p.hit_from_behind().yes
    keys = ["rolled_back"] if rear else []
    keys += ["pushed"] if len(p.facts.met()) > 1 else []
    return any(one.answer(key) is not False for one in (p.actor, p.other) for key in keys if _could(one, key))


def _could(one: VehicleFacts, key: str) -> bool:
    return key == "pushed" or one.movement in WAITING or one.answer(key) is True


def _one(p: Pair, code: str, zh: str, en: str) -> Problem:
    label = p.actor.label
    return Problem(code, f"{label}：{zh}", f"{label}: {en}", (f"{label}.movement", f"{label}.zone"))


def _problem(p: Pair, code: str, zh: str, en: str, key: str) -> Problem:
    labels = sorted((p.actor.label, p.other.label))
    return Problem(
        code, f"{'、'.join(labels)}：{zh}", f"{', '.join(labels)}: {en}", tuple(f"{x}.{key}" for x in labels)
    )
