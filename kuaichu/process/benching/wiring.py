"""What follows from what officers decide besides liability: the part of the wiring for the bench."""

from __future__ import annotations

from typing import Final

from kuaichu.desks.liability.approvals import approving, fast_tracks, recusals
from kuaichu.desks.liability.bench import blind, corrections, endings, issuing, removals, returns, slips
from kuaichu.desks.liability.models import Recheck
from kuaichu.desks.liability.rechecks import anew, conclusions, objections, reviews, samples, seconds, taking
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.wirings import Wiring, after, do
from kuaichu.process import allotting, certifying, minding
from kuaichu.process.benching import heading, rejudging, returning

_OFF = do(allotting.take_off_request, priority=3)
_AGAIN = do(allotting.queue_up, priority=1)
_SECOND = do(allotting.queue_second_looks, priority=4)

WIRING: Final[Wiring] = {
    returns.EvidenceAsked: [
        do(returning.say_what_is_missing, priority=0),
        after(returning.stop_waiting_for_it, delay=returning.evidence_time),
        _OFF,
    ],
    returns.EvidenceSettled: [_AGAIN],
    endings.FactsCertified: [do(certifying.make_facts, priority=2), _OFF],
    endings.NotAccepted: [do(certifying.make_rejection, priority=2), _OFF],
    endings.Transferred: [_AGAIN],
    issuing.Submitted: [_OFF, _SECOND],
    seconds.SentBack: [_AGAIN, _SECOND],
    corrections.Corrected: [do(certifying.make_correction, priority=2), _SECOND],
    slips.SlipTold: [_SECOND],
    slips.SlipAnswered: [do(heading.say_slip_answered), _SECOND],
    # looked at again
    objections.Objected: [do(rejudging.say_objected), _SECOND],
    taking.RecheckLeft: [_SECOND],
    samples.Sampled: [_SECOND],
    samples.JudgedAgain: [_SECOND],
    reviews.ReviewWithdrawn: [_SECOND],
    objections.ObjectionSettled: [
        do(rejudging.say_objection_settled),
        _SECOND,
        do(rejudging.stop_the_money, priority=0, when=lambda f: f.upheld),
        do(allotting.queue_up, priority=1, when=lambda f: f.upheld),
    ],
    reviews.ReviewAsked: [
        do(rejudging.say_review_asked),
        do(certifying.make_review_application, priority=4),
        _SECOND,
        *minding.minded("liability.review_asked"),
    ],
    taking.RecheckTaken: [
        do(certifying.make_review_acceptance, priority=4, when=lambda f: f.kind == Recheck.Kind.REVIEW)
    ],
    conclusions.ReviewNotAccepted: [do(certifying.make_review_rejection, priority=2), _SECOND],
    conclusions.ReviewConcluded: [
        do(certifying.make_conclusion, priority=2),
        *minding.minded("liability.review_concluded"),
        _SECOND,
        do(rejudging.stop_the_money, priority=0, when=lambda f: f.new_id),
        do(rejudging.say_decided_anew, when=lambda f: f.new_id),
        do(allotting.queue_up, priority=1, when=lambda f: f.new_id),
    ],
    # what the head of the unit decides
    fast_tracks.FastAsked: [
        do(heading.say_fast_asked),
        do(allotting.queue_up, priority=1, when=lambda f: f.complete),
        *minding.minded("liability.fast_asked"),
    ],
    fast_tracks.FastWithdrawn: [
        do(heading.go_on_in_general, priority=1, when=lambda f: f.applied),
        do(heading.say_fast_ended),
    ],
    approving.FastRefused: [do(heading.go_on_in_general, priority=1), do(heading.say_fast_ended)],
    recusals.RecusalAsked: [do(heading.say_recusal_asked), *minding.minded("liability.recusal_asked")],
    recusals.RecusalDecided: [
        do(heading.say_recusal_decided),
        _SECOND,
        do(rejudging.stop_the_money, priority=0, when=lambda f: f.new_id),
        do(rejudging.say_decided_anew, when=lambda f: f.new_id),
        do(allotting.queue_up, priority=1, when=lambda f: f.granted),
    ],
    anew.Recused: [do(rejudging.stop_the_money, priority=0), do(rejudging.say_decided_anew), _AGAIN],
}

UNHEARD: Final[frozenset[type[Fact]]] = frozenset(
    {
        blind.Opined,
        removals.FileReceived,
        objections.ObjectionAnswered,
        conclusions.ReviewProposed,
        conclusions.ReviewSentBack,
        anew.RulingWithdrawn,
    }
)
