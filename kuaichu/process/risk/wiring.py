"""What follows from the facts of the risk desk."""

from __future__ import annotations

from typing import Final

from kuaichu.cases import likenesses, payees
from kuaichu.desks.risk import inquiries, traces
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.wirings import Consequence, Wiring, do, on
from kuaichu.process import paying, sifting
from kuaichu.process.risk import holding, noticing

WIRING: Final[Wiring] = {
    inquiries.Opened: [
        do(holding.hold, priority=0),
        do(sifting.screen_early, priority=1),
        do(holding.say_opened),
        on(noticing.lapse, moment=inquiries.answer_time),
    ],
    inquiries.Cleared: [
        do(holding.let_go, priority=4),
        do(sifting.screen_early, priority=1),
        do(holding.say_ended),
    ],
    inquiries.LapsedUndecided: [
        do(holding.let_go, priority=4),
        do(sifting.screen_early, priority=1),
        do(holding.say_ended),
    ],
    likenesses.LikenessFound: [do(noticing.look_again, priority=6)],
    payees.PayeeNamed: [do(noticing.look_again, priority=3), do(paying.pay_waiting, priority=4)],
    inquiries.Referred: [do(holding.say_referred)],
}

FORGET: Final[Consequence] = do(noticing.forget)
"""After a day is over."""
UNHEARD: Final[frozenset[type[Fact]]] = frozenset(
    {
        traces.Traced,
        traces.Forgotten,
        traces.SmallCounted,
        inquiries.Added,
        inquiries.Answered,
    }
)
