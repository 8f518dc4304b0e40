"""What follows from claims and money: the part of the wiring for the claims desk."""

from __future__ import annotations

from typing import Final

from kuaichu.desks.claims import calculations, delays, filings, holds, ordering, payouts, readjusting
from kuaichu.desks.claims.clearing import disputes, netting
from kuaichu.desks.claims.rail import reconciling, switches
from kuaichu.desks.claims.recourse import advances, liens, own_side, recovering, refusals
from kuaichu.desks.claims.repair import estimates, shops
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.wirings import Wiring, after, do, on
from kuaichu.process import aftercare, hooking, minding, paying, telling
from kuaichu.process.benching import rejudging
from kuaichu.process.money import daily, notices, supplementing
from kuaichu.process.risk import holding, noticing

WIRING: Final[Wiring] = {
    filings.Registered: [
        do(hooking.registered, priority=3),
        do(holding.hold, priority=1),
        after(aftercare.look_at_accepting, delay=aftercare.accept_time),
        after(aftercare.look_at_assessing, delay=aftercare.assess_time),
    ],
    delays.Delayed: [do(telling.say_delayed)],
    holds.Held: [do(hooking.held)],
    holds.Released: [do(paying.go_on, priority=4)],
    filings.Assessed: [
        do(noticing.look_again, priority=2),
        do(paying.calculate, priority=3, when=lambda f: not f.supplement),
        do(supplementing.add, priority=3, when=lambda f: f.supplement),
    ],
    calculations.Calculated: [
        do(hooking.calculated, priority=3, when=lambda f: f.to_approve),
        do(paying.approve_small, priority=4),
    ],
    calculations.Approved: [
        do(noticing.count_small, priority=4, when=lambda f: f.small),
        do(paying.order, priority=4),
        *minding.minded("claims.approved"),
    ],
    ordering.Reordered: [do(paying.pay_again, priority=4)],
    ordering.Ordered: [
        do(paying.pay, priority=4),
        after(telling.remind_payees, delay=paying.payee_time),
    ],
    payouts.Paid: [
        do(telling.say_paid),
        do(hooking.paid),
        do(paying.close_if_paid, priority=4),
        do(rejudging.count_what_left),
    ],
    readjusting.Readjusted: [do(rejudging.pay_the_rest, priority=4), do(rejudging.say_recoveries)],
    payouts.Rejected: [do(telling.ask_other_account)],
    # refused, paid first, repaired
    refusals.Refused: [do(notices.say_refused), do(paying.close_if_paid, priority=4)],
    advances.StepInAsked: [do(notices.say_asked)],
    advances.SteppedIn: [do(paying.pay, priority=4), do(notices.say_stepped_in)],
    estimates.EstimateDrafted: [do(supplementing.say_drafted)],
    estimates.EstimateAnswered: [do(supplementing.say_answered, when=lambda f: f.approved)],
    # between insurers, and with the bank
    shops.ShopChosen: [do(noticing.look_again, priority=6)],
    netting.Netted: [do(daily.pay_differences, priority=6)],
    disputes.Disputed: [on(daily.lapse_dispute, moment=daily.answer_time)],
    reconciling.Reconciled: [do(daily.record_late, priority=5, when=lambda f: f.late)],
    switches.Resumed: [do(daily.go_on, priority=4)],
}

UNHEARD: Final[frozenset[type[Fact]]] = frozenset(
    {
        filings.Acknowledged,
        liens.LienNoted,
        own_side.OwnSideWished,
        recovering.Recovered,
        recovering.WrittenOff,
        netting.Cleared,
        disputes.Settled,
        switches.Stopped,
    }
)
