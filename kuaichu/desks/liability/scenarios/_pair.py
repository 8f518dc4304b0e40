"""One ordered pair of road users at one contact: what the rules of the scenarios may ask about it.

`known` conditions stay open until the fact is answered. `said` conditions count as absent until somebody
states them: nobody is asked to deny every possible fault, but a stated and contradicted one stays open.
"""

from dataclasses import dataclass

from ..facts import AccidentFacts, Contact, VehicleFacts
from ..vocabulary import PLACE, Answer, CameFrom, Control, Light, Movement, RoadSide, Signal, UserKind, Zone
from ._logic import ALWAYS, NEVER, Finding, Truth, all_of, any_of, judge, negate

M, Z = Movement, Zone
FRONTS = frozenset({Z.FRONT, Z.FRONT_LEFT, Z.FRONT_RIGHT})
REARS = frozenset({Z.REAR, Z.REAR_LEFT, Z.REAR_RIGHT})
SIDES = frozenset({Z.LEFT, Z.RIGHT})
LANE_CHANGES = frozenset({M.LANE_CHANGE_LEFT, M.LANE_CHANGE_RIGHT})
TURNS = frozenset({M.LEFT_TURN, M.RIGHT_TURN})
WAITING = frozenset({M.STOPPED_QUEUE, M.STOPPED_SIGNAL})
STATIONARY = WAITING | {M.BROKEN_DOWN, M.PARKED_LEGAL, M.PARKED_ILLEGAL}
PASSING_THROUGH = TURNS | {M.STRAIGHT}
ONWARD = PASSING_THROUGH | {M.OVERTAKING}
NORMAL = ONWARD | WAITING
LAWFULLY_THERE = NORMAL | STATIONARY
DRIVEN = frozenset(Movement) - STATIONARY - {M.DOOR_OPENING, M.ROLLING}
NEW_IN_LANE = LANE_CHANGES | {M.LEAVING_KERB, M.ENTERING_ROAD, M.LEAVING_BAY, M.MERGING}
_MIRROR = {
    CameFrom.SAME: CameFrom.SAME,
    CameFrom.OPPOSITE: CameFrom.OPPOSITE,
    CameFrom.LEFT: CameFrom.RIGHT,
    CameFrom.RIGHT: CameFrom.LEFT,
}
_ALONG = STATIONARY | LANE_CHANGES | {M.STRAIGHT, M.OVERTAKING}
_ONE_BEHIND = ({Z.FRONT_LEFT, Z.REAR_RIGHT}, {Z.FRONT_RIGHT, Z.REAR_LEFT})
_SEEN_FROM = {
    (Z.FRONT, Z.LEFT): CameFrom.RIGHT,
    (Z.FRONT, Z.RIGHT): CameFrom.LEFT,
    (Z.LEFT, Z.FRONT): CameFrom.LEFT,
    (Z.RIGHT, Z.FRONT): CameFrom.RIGHT,
    (Z.FRONT, Z.FRONT): CameFrom.OPPOSITE,
    (Z.FRONT_LEFT, Z.FRONT_LEFT): CameFrom.OPPOSITE,
    (Z.LEFT, Z.LEFT): CameFrom.OPPOSITE,
    (Z.LEFT, Z.RIGHT): CameFrom.SAME,
    (Z.RIGHT, Z.LEFT): CameFrom.SAME,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """`actor` is the one whose fault is examined, `other` his counterpart at this contact."""

    facts: AccidentFacts
    actor: VehicleFacts
    other: VehicleFacts
    contact: Contact

    def turned(self) -> "Pair":
        """The same contact with the roles changed."""
        return Pair(self.facts, self.other, self.actor, self.contact)

    def zone(self, who: VehicleFacts) -> Zone | None:
        """Zone of that road user at this contact."""
        return self.contact.first_zone if who.label == self.contact.first else self.contact.second_zone

    def kinds(self, actor: str = "MV", other: str = "MV") -> Finding:
        """Kinds of road user, each a list such as "MV NMV"."""
        fits = self.actor.kind in actor.split() and self.other.kind in other.split()
        return ALWAYS if fits else NEVER

    def known(self, who: VehicleFacts, key: str, *values: Answer) -> Finding:
        """Whether the answer is one of the values (default: yes); open while unanswered."""
        counterpart = self.other if who is self.actor else self.actor
        return judge(f"{who.label}.{key}", who.answer(key, counterpart.label), values or (True,))

    def said(self, who: VehicleFacts, key: str, *values: Answer) -> Finding:
        """As `known`, but no while nobody has answered; open only when the answers contradict each other."""
        counterpart = self.other if who is self.actor else self.actor
        if who.answer(key, counterpart.label) is None and key not in who.disputed:
            return NEVER
        return self.known(who, key, *values)

    def place(self, key: str, *values: Answer) -> Finding:
        """Whether the answer about the place is one of the values (default: yes)."""
        return judge(f"{PLACE}.{key}", self.facts.place_answer(key), values or (True,))

    def place_said(self, key: str, *values: Answer) -> Finding:
        """As `place`, but no while nobody has answered; open only when the answers contradict each other."""
        found = self.place(key, *values)
        return found if found.truth is not Truth.UNKNOWN or key in self.facts.place_disputed else NEVER

    def moves(self, who: VehicleFacts, movements: frozenset[Movement]) -> Finding:
        """Whether the movement is one of these."""
        return self.known(who, "movement", *movements)

    def touches(self, actor: frozenset[Zone], other: frozenset[Zone]) -> Finding:
        """Whether the contact is between these zones."""
        return all_of(self._zone_in(self.actor, actor), self._zone_in(self.other, other))

    def front_met(self) -> Finding:
        """The actor's front met the other; no while nobody said where it was touched."""
        return ALWAYS if self.zone(self.actor) in FRONTS else NEVER

    def strikes_rear(self) -> Finding:
        """The actor's front met the other's rear."""
        return self.touches(FRONTS, REARS)

    def came_from(self, *values: CameFrom) -> Finding:
        """Where the other came from, seen by the actor: by the zones if they settle it, else as answered."""
        seen = self.seen_from()
        if seen is not None:
            used = frozenset(
                f"{one.label}.{key}" for one in (self.actor, self.other) for key in ("movement", "zone")
            )
            return Finding(Truth.YES if seen in values else Truth.NO, used)
        own = self.known(self.actor, "other_came_from", *values)
        mirrored = self.known(self.other, "other_came_from", *(_MIRROR[one] for one in values))
        return own if own.truth is not Truth.UNKNOWN or mirrored.truth is Truth.UNKNOWN else mirrored

    def seen_from(self) -> CameFrom | None:
        """Where the other must have come from by movement and zones alone; None where these leave it open.

        Rear corners are left open between two moving straight: a car crossing in front is clipped there too.
        Fronts meet head on, and at a corner as well when somebody says that the roads crossed.
        """
        mine, yours = self.zone(self.actor), self.zone(self.other)
        if mine is None or yours is None or not {self.actor.movement, self.other.movement} <= _ALONG:
            return None
        if mine is yours is Z.FRONT and self._said_to_cross():
            return None
        if {mine, yours} in _ONE_BEHIND or (Z.REAR in (mine, yours) and {mine, yours} & FRONTS):
            return CameFrom.SAME
        return _SEEN_FROM.get((mine, yours))

    def _said_to_cross(self) -> bool:
        stated = (
            self.actor.answer("other_came_from", self.other.label),
            self.other.answer("other_came_from", self.actor.label),
        )
        return CameFrom.LEFT in stated or CameFrom.RIGHT in stated

    def crossing(self) -> Finding:
        """The other came from another direction."""
        return self.came_from(CameFrom.LEFT, CameFrom.RIGHT, CameFrom.OPPOSITE)

    def oncoming(self) -> Finding:
        """Both straight on towards each other: no junction rule decides that."""
        straight = frozenset({M.STRAIGHT})
        both = all_of(self.moves(self.actor, straight), self.moves(self.other, straight))
        return all_of(both, self.came_from(CameFrom.OPPOSITE))

    def passing(self) -> Finding:
        """Both went straight on or turned, on paths which cross: the ground of all junction rules."""
        moving = (self.moves(one, PASSING_THROUGH) for one in (self.actor, self.other))
        return all_of(*moving, self.crossing(), negate(self.oncoming()))

    def settled(self, who: VehicleFacts) -> Finding:
        """One who had entered the lane was already straight in it for about three seconds."""
        return self.known(who, "settled_in_lane")

    def keeps_lane(self, who: VehicleFacts) -> Finding:
        """Going on in the lane, or new in it but settled."""
        new = all_of(self.moves(who, NEW_IN_LANE), self.settled(who))
        return any_of(self.moves(who, ONWARD | WAITING), new)

    def still(self, who: VehicleFacts) -> Finding:
        """Waiting and not rolling back."""
        return all_of(self.moves(who, WAITING), negate(self.known(who, "rolled_back")))

    def unlit_at_night(self, who: VehicleFacts) -> Finding:
        """In the dark without working rear lights.

        Article 58 of the Regulation orders them at night where street lights are missing: asked there, and
        under street lights charged only when somebody states it.
        """
        dark = all_of(self.place("light", Light.NIGHT_UNLIT), self.known(who, "tail_lights_on", False))
        lit = all_of(self.place("light", Light.NIGHT_LIT), self.said(who, "tail_lights_on", False))
        return any_of(dark, lit)

    def control(self, *values: Control) -> Finding:
        """What controls the place."""
        return self.place("control", *values)

    def runs_red(self, who: VehicleFacts) -> Finding:
        """Passed the line on red where round lights forbid it (a right turn is allowed on red)."""
        return all_of(
            self.moves(who, frozenset({M.STRAIGHT, M.LEFT_TURN, M.U_TURN})),
            self.control(Control.SIGNALS),
            self.known(who, "signal", Signal.RED),
        )

    def breaks_signal(self, who: VehicleFacts) -> Finding:
        """Red, yellow before the line, or against the arrow."""
        late = all_of(
            self.control(Control.SIGNALS, Control.ARROWS),
            self.known(who, "signal", Signal.YELLOW),
            negate(self.known(who, "passed_line_before_yellow")),
        )
        arrow = all_of(self.control(Control.ARROWS), self.known(who, "signal", Signal.RED))
        return any_of(self.runs_red(who), arrow, late)

    def off_side(self, who: VehicleFacts, side: RoadSide) -> Finding:
        """Not on his own side of the road; asked about only where they met head on or left to left.

        On crossing roads the side used is not what brought them together: there it must be stated.
        """
        head_on = (
            self.touches(FRONTS, FRONTS).yes or self.touches(frozenset({Z.LEFT}), frozenset({Z.LEFT})).yes
        )
        both = {self.actor.movement, self.other.movement} <= {M.STRAIGHT, M.OVERTAKING}
        across = self.came_from(CameFrom.LEFT, CameFrom.RIGHT).yes
        ask = self.known if head_on and both and not across else self.said
        return ask(who, "side_of_road", side)

    def hit_from_behind(self) -> Finding:
        """The other's front met the actor's rear: what the actor broke elsewhere is then not causal."""
        return self.turned().strikes_rear()

    def in_lane(self, who: VehicleFacts) -> Finding:
        """Stands illegally in a traffic lane."""
        stopped = self.moves(who, frozenset({M.PARKED_ILLEGAL}))
        return all_of(stopped, self.known(who, "in_traffic_lane"))

    def entitled(self) -> Finding:
        """The other was where he was allowed to be: on his way, waiting or standing, or on foot."""
        on_foot = ALWAYS if self.other.kind is UserKind.PEDESTRIAN else NEVER
        return any_of(on_foot, self.moves(self.other, LAWFULLY_THERE))

    def vehicles_only(self) -> Finding:
        """No pedestrian is involved."""
        return NEVER if UserKind.PEDESTRIAN in (self.actor.kind, self.other.kind) else ALWAYS

    def _zone_in(self, who: VehicleFacts, zones: frozenset[Zone]) -> Finding:
        return judge(f"{who.label}.zone", self.zone(who), tuple(zones))
