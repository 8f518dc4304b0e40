"""What follows in the centre: the part of the wiring for what waits, the lot, seats and legal periods."""

from __future__ import annotations

from typing import Final

from kuaichu.desks.centre import alarms, committing, drawing, errands, items, seats, shifts
from kuaichu.desks.liability import determinations, requests
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.wirings import Wiring, after, do, late
from kuaichu.people import interests, keeping
from kuaichu.process import allotting, minding

WIRING: Final[Wiring] = {
    requests.Requested: [do(allotting.queue_up, priority=1), *minding.minded("liability.requested")],
    determinations.GivenBack: [do(allotting.queue_up, priority=1)],
    determinations.Taken: [
        do(allotting.came, priority=1),
        after(allotting.look_at_seat, delay=allotting.idle_time),
    ],
    requests.Ended: [do(allotting.take_off_request, priority=1)],
    drawing.Drawn: [after(allotting.pass_on, delay=allotting.offer_time, priority=1)],
    seats.Left: [do(allotting.draw_again, priority=2)],
    alarms.AlarmRaised: [late(after(minding.look_back, delay=minding.until_the_end), lambda f: not f.passed)],
}

UNHEARD: Final[frozenset[type[Fact]]] = frozenset(
    {
        committing.LotCommitted,
        items.Passed,
        seats.Sat,
        alarms.AlarmAnswered,
        errands.CalledIn,
        errands.ErrandNoted,
        errands.ErrandDone,
        shifts.ShiftPlanned,
        shifts.ShiftCancelled,
        keeping.AccountsImported,
        keeping.AccountChanged,
        interests.InterestDeclared,
        interests.InterestRetracted,
    }
)
