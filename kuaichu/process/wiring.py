"""What follows from what: the whole procedure on one screen. Each fact is heard here or declared unheard."""

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
    outcome,
    parties,
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
from kuaichu.desks.dispatch import duties, offers, orders, scenes, tasks
from kuaichu.desks.documents import anchors, certificates, revocations
from kuaichu.desks.documents.keys import rotations
from kuaichu.desks.documents.models import CERTIFICATES
from kuaichu.desks.documents.ordering import orders as orders_of_papers
from kuaichu.desks.documents.service import bundles, consents, sending
from kuaichu.desks.documents.service import receipts as served
from kuaichu.desks.documents.signatures import revisions
from kuaichu.desks.liability import agreements, determinations, serving, signing, wishes
from kuaichu.desks.notify import hooks, messages
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
from kuaichu.process.benching import posting, rejudging, returning
from kuaichu.process.benching import wiring as bench
from kuaichu.process.money import daily
from kuaichu.process.money import wiring as money
from kuaichu.process.papering import revising, serving_papers
from kuaichu.process.risk import wiring as risk

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
    screening.Screened: [
        do(sifting.hand_over, priority=1, when=lambda f: f.hand_over_to),
        do(posting.call_in, when=posting.calls),
    ],
    outcome.HandedOver: [
        do(deciding.end_determination, priority=1),
        do(sealing.seal_what_there_is, priority=1),
        do(dispatching.send_somebody, priority=1, when=lambda f: f.to != outcome.OTHER_UNIT),
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
    **money.WIRING,
    **risk.WIRING,
    # papers and money
    orders_of_papers.Ordered: [do(certifying.make_ordered, priority=2)],
    certificates.Issued: [
        do(telling.send_paper),
        do(serving_papers.send, priority=4),
        do(revising.make_stamp_good, priority=6, when=lambda f: f.level == revising.UNSTAMPED),
        do(rejudging.replace_older, priority=1, when=lambda f: f.kind in rejudging.DECIDING),
        do(paying.file_claims, priority=3, when=lambda f: f.kind in rejudging.SETTLING),
        do(rejudging.let_money_follow, priority=3, when=lambda f: f.kind in CERTIFICATES),
        *minding.minded("documents.issued"),
    ],
    sending.ServiceBegun: [
        late(after(serving_papers.fall_back, delay=serving_papers.patience), lambda f: f.electronic)
    ],
    sending.ServiceFellBack: [do(serving_papers.say_printed)],
    served.ServiceNoted: [do(serving_papers.certificate_handed, when=lambda f: f.served)],
    serving.Served: [
        do(serving_papers.certificate_received, priority=4),
        do(revising.enter_receipt, priority=6),
    ],
    revocations.Revoked: [do(hooking.paper_ended), do(rejudging.follow_revocation, priority=1)],
    revocations.Superseded: [do(hooking.paper_ended)],
    outcome.Closed: [do(telling.ask_how_it_went)],
    hooks.SendingAgain: [do(hooking.send_again)],
    anchors.DayAnchored: [
        do(anchoring.cosign),
        do(allotting.commit_lot),
        do(daily.net),
        do(daily.compare),
        risk.FORGET,
        after(anchoring.next_day, delay=anchoring.until_next_night),
    ],
    # afterwards
    reopening.InjuryReported: [
        do(aftercare.stop_the_money, priority=0),
        do(aftercare.reopen, priority=1),
        do(telling.say_injury),
        do(allotting.rank_again),
        do(posting.call_in_injury),
    ],
    rights.Asked: [do(aftercare.grant_what_nothing_hinders, when=lambda f: f.kind == "delete")],
    rights.Answered: [do(aftercare.carry_out)],
}

UNHEARD: Final[frozenset[type[Fact]]] = frozenset(
    {
        phones.PhoneProven,
        readings.Read,
        receipts.Sealed,
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
        *money.UNHEARD,
        *risk.UNHEARD,
        bundles.Bundled,
        certificates.Numbered,
        consents.ServiceAgreed,
        consents.ServiceDeclined,
        revisions.Revised,
        rotations.KeyRotated,
        served.ArrivalProven,
        served.PaperReceived,
        messages.Sent,
        hooks.SecretReplaced,
    }
)
