"""What follows from what: the whole procedure on one screen.

Each fact is heard here or declared unheard below; a test knows the difference.
"""

from __future__ import annotations

from typing import Final

from kuaichu.cases import (
    absence,
    clearing,
    erasure,
    evidence,
    helping,
    intake,
    invitations,
    likenesses,
    outcome,
    parties,
    payees,
    phones,
    readings,
    receipts,
    redactions,
    registers,
    reopening,
    screening,
    statements,
    voices,
)
from kuaichu.desks.claims import calculations, delays, filings, holds, payouts, readjusting
from kuaichu.desks.dispatch import duties, offers, orders, scenes, tasks
from kuaichu.desks.documents import anchors, certificates, revocations
from kuaichu.desks.liability import agreements, determinations, serving, signing, wishes
from kuaichu.desks.notify import messages
from kuaichu.desks.oversight import attempts, rights
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.wirings import Wiring, after, do, late
from kuaichu.process import (
    aftercare,
    allotting,
    anchoring,
    centring,
    certifying,
    deciding,
    dispatching,
    hooking,
    looking,
    minding,
    paying,
    reading,
    sealing,
    seeing,
    sifting,
    telling,
    waiting,
)
from kuaichu.process.benching import rejudging, returning
from kuaichu.process.benching import wiring as bench

WIRING: Final[Wiring] = {
    # the roadside
    intake.Opened: [do(telling.send_report_link, priority=1, when=lambda f: f.source == "call")],
    intake.Described: [
        do(sifting.screen_early),
        do(reading.ask_again, priority=1, when=lambda f: "happened_at" in f.fields),
        do(telling.say_changed, when=lambda f: f.after_confirmation),
    ],
    intake.Withdrawn: [do(deciding.end_determination), do(dispatching.cancel)],
    phones.CodeAsked: [do(telling.send_code, priority=0)],
    parties.Identified: [
        do(reading.ask_registers, priority=1),
        do(telling.say_changed, when=lambda f: f.reopened),
        do(seeing.read_papers, lane="vision", when=lambda f: "is_owner" in f.what),
    ],
    statements.Stated: [do(telling.say_changed, when=lambda f: f.reopened)],
    voices.Spoken: [do(telling.say_changed, when=lambda f: f.reopened)],
    registers.Recognised: [
        do(sifting.screen_early),
        do(seeing.read_papers, lane="vision", when=lambda f: not (f.vehicle_known and f.driver_known)),
    ],
    evidence.Photographed: [
        *seeing.READ,
        *looking.LOOK,
        do(returning.take_what_came, priority=1, when=lambda f: f.party_id and f.late),
        do(sealing.seal_evidence, priority=1, when=lambda f: f.seal == "now"),
        late(after(sealing.seal_later, delay=sealing.LATER, priority=2), lambda f: f.seal == "later"),
    ],
    clearing.Cleared: [
        do(allotting.rank_again),
        after(dispatching.settle, delay=dispatching.stay_time),
        after(waiting.remind_at_home, delay=waiting.home_time),
    ],
    invitations.PartyInvited: [do(telling.send_join_link, priority=1, when=lambda f: f.by_sms)],
    invitations.LinkAsked: [do(telling.send_link_again, priority=1)],
    parties.PartyRefused: [do(sifting.screen_early)],
    absence.PartyAbsent: [
        do(reading.ask_registers, priority=1),
        do(sifting.screen_early),
        after(waiting.stop_waiting, delay=waiting.owner_time),
    ],
    absence.PartyGone: [
        do(sifting.screen_early),
        late(after(waiting.stop_waiting, delay=waiting.left_time), lambda f: f.how == "number"),
    ],
    absence.WaitingEnded: [do(sifting.screen_early)],
    parties.PartyConfirmed: [do(sifting.screen_when_ready, priority=1)],
    screening.Screened: [do(sifting.hand_over, priority=1, when=lambda f: f.hand_over_to)],
    outcome.HandedOver: [
        do(deciding.end_determination, priority=1),
        do(sealing.seal_what_there_is, priority=1),
        do(dispatching.send_somebody, priority=1),
        do(telling.say_handed_over),
        do(waiting.tell_facility_owner, when=lambda f: waiting.FACILITY in f.reasons),
    ],
    outcome.Decided: [do(dispatching.cancel)],
    # somebody goes to the scene
    orders.Tasked: [do(dispatching.offer, priority=1)],
    offers.Offered: [
        do(dispatching.say_offered, priority=0),
        after(dispatching.lapse_offer, delay=dispatching.offer_time, priority=1),
    ],
    offers.Declined: [do(dispatching.offer, priority=1)],
    offers.Lapsed: [do(dispatching.offer, priority=1)],
    tasks.TaskGivenBack: [do(dispatching.offer, priority=1)],
    tasks.Accepted: [
        do(dispatching.say_coming, priority=1),
        after(dispatching.release_late, delay=dispatching.way_time),
    ],
    tasks.Finished: [do(dispatching.offer_waiting)],
    scenes.SceneHandedOver: [do(dispatching.hand_scene_over, priority=1)],
    duties.DutyStarted: [
        do(dispatching.offer_waiting, priority=1),
        after(dispatching.end_long_duty, delay=dispatching.longest_duty),
    ],
    duties.DutyEnded: [after(dispatching.forget_trail, delay=dispatching.trail_time)],
    # liability
    wishes.Wished: [do(deciding.go_the_joint_way, priority=1)],
    agreements.AgreementProposed: [after(deciding.lapse_agreement, delay=deciding.agreement_time)],
    agreements.AgreementDeclined: [do(telling.say_declined)],
    agreements.AgreementLapsed: [do(telling.say_declined)],
    agreements.Agreed: [
        do(deciding.decide_by_agreement, priority=1),
        do(certifying.make_agreement, priority=2),
    ],
    determinations.Signed: [
        do(deciding.decide_by_determination, priority=1),
        do(certifying.make_certificate, priority=2),
        do(allotting.take_off_request, priority=3),
        do(allotting.queue_second_looks, priority=6, when=lambda f: f.second_id),
        do(rejudging.draw_sample, priority=7),
    ],
    **bench.WIRING,
    **centring.WIRING,
    # papers and money
    certificates.Issued: [
        do(telling.send_paper),
        do(rejudging.replace_older, priority=1, when=lambda f: f.kind in rejudging.DECIDING),
        do(paying.file_claims, priority=3, when=lambda f: f.kind in rejudging.SETTLING),
        do(rejudging.let_money_follow, priority=3, when=lambda f: f.kind == rejudging.CERTIFICATE),
    ],
    filings.Registered: [
        do(hooking.registered, priority=3),
        after(aftercare.look_at_accepting, delay=aftercare.accept_time),
        after(aftercare.look_at_assessing, delay=aftercare.assess_time),
    ],
    delays.Delayed: [do(telling.say_delayed)],
    holds.Held: [do(hooking.held)],
    holds.Released: [do(paying.go_on, priority=4)],
    filings.Assessed: [do(paying.calculate, priority=3)],
    calculations.Calculated: [
        do(hooking.calculated, priority=3, when=lambda f: f.to_approve),
        do(paying.approve_small, priority=4),
    ],
    calculations.Approved: [do(paying.order, priority=4), *minding.minded("claims.approved")],
    payouts.Reordered: [do(paying.pay_again, priority=4)],
    payouts.Ordered: [
        do(paying.pay, priority=4),
        after(telling.remind_payees, delay=paying.payee_time),
    ],
    payees.PayeeNamed: [do(paying.pay_waiting, priority=4)],
    payouts.Paid: [
        do(telling.say_paid),
        do(hooking.paid),
        do(paying.close_if_paid, priority=4),
        do(rejudging.count_what_left),
    ],
    readjusting.Readjusted: [do(rejudging.pay_the_rest, priority=4), do(rejudging.say_recoveries)],
    payouts.Rejected: [do(telling.ask_other_account)],
    revocations.Revoked: [do(hooking.paper_ended), do(rejudging.follow_revocation, priority=1)],
    revocations.Superseded: [do(hooking.paper_ended)],
    outcome.Closed: [do(telling.ask_how_it_went)],
    anchors.DayAnchored: [
        do(anchoring.cosign),
        do(allotting.commit_lot),
        after(anchoring.next_day, delay=anchoring.until_next_night),
    ],
    # afterwards
    reopening.InjuryReported: [
        do(aftercare.stop_the_money, priority=0),
        do(aftercare.reopen, priority=1),
        do(telling.say_injury),
        do(allotting.rank_again),
    ],
    rights.Asked: [do(aftercare.grant_what_nothing_hinders, when=lambda f: f.kind == "delete")],
    rights.Answered: [do(aftercare.carry_out)],
}

UNHEARD: Final[frozenset[type[Fact]]] = frozenset(
    {
        phones.PhoneProven,
        readings.Read,
        receipts.Sealed,
        likenesses.LikenessFound,
        redactions.Redacted,
        helping.Helped,
        voices.Unspoken,
        outcome.Rated,
        erasure.Erased,
        anchors.Cosigned,
        attempts.Attempted,
        agreements.NotProposed,
        agreements.AgreementSigned,
        signing.AgreementShown,
        orders.Stopped,
        orders.Cancelled,
        tasks.Arrived,
        scenes.SceneNoted,
        determinations.Drafted,
        *bench.UNHEARD,
        *centring.UNHEARD,
        serving.Served,
        certificates.Numbered,
        filings.Acknowledged,
        messages.Sent,
    }
)
