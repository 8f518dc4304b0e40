"""What follows from what: the whole procedure on one screen.

Each fact is heard here or declared unheard below; a test knows the difference.
"""

from __future__ import annotations

from typing import Final

from kuaichu.cases import (
    evidence,
    intake,
    invitations,
    outcome,
    parties,
    payees,
    phones,
    registers,
    screening,
    statements,
)
from kuaichu.desks.claims import calculations, filings, payouts
from kuaichu.desks.documents import certificates, revocations
from kuaichu.desks.liability import agreements, determinations, requests, wishes
from kuaichu.desks.notify import messages
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.wirings import Wiring, after, do
from kuaichu.process import certifying, deciding, paying, reading, sifting, telling

WIRING: Final[Wiring] = {
    # the roadside
    intake.Opened: [do(telling.send_report_link, priority=1, when=lambda f: f.source == "call")],
    intake.Described: [
        do(sifting.screen_early),
        do(reading.ask_again, priority=1, when=lambda f: "happened_at" in f.fields),
    ],
    intake.Withdrawn: [do(deciding.end_determination)],
    phones.CodeAsked: [do(telling.send_code, priority=0)],
    parties.Identified: [do(reading.ask_registers, priority=1)],
    registers.Recognised: [do(sifting.screen_early)],
    invitations.PartyInvited: [do(telling.send_join_link, priority=1, when=lambda f: f.by_sms)],
    invitations.LinkAsked: [do(telling.send_link_again, priority=1)],
    parties.PartyRefused: [do(sifting.screen_early)],
    parties.PartyConfirmed: [do(sifting.screen_when_ready, priority=1)],
    screening.Screened: [do(sifting.hand_over, priority=1, when=lambda f: f.hand_over_to)],
    outcome.HandedOver: [do(deciding.end_determination, priority=1), do(telling.say_handed_over)],
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
    ],
    # papers and money
    certificates.Issued: [do(telling.send_paper), do(paying.file_claims, priority=3)],
    filings.Registered: [do(telling.tell_insurers_registered, priority=3)],
    filings.Assessed: [do(paying.calculate, priority=3)],
    calculations.Calculated: [
        do(telling.tell_insurers_calculated, priority=3, when=lambda f: f.to_approve),
        do(paying.approve_small, priority=4),
    ],
    calculations.Approved: [do(paying.order, priority=4)],
    payouts.Reordered: [do(paying.pay_again, priority=4)],
    payouts.Ordered: [
        do(paying.pay, priority=4),
        after(telling.remind_payees, delay=paying.payee_time),
    ],
    payees.PayeeNamed: [do(paying.pay_waiting, priority=4)],
    payouts.Paid: [
        do(telling.say_paid),
        do(telling.tell_insurer_paid),
        do(paying.close_when_paid, priority=4),
    ],
    payouts.Rejected: [do(telling.ask_other_account)],
    revocations.Revoked: [do(telling.tell_insurers_paper_ended)],
    revocations.Superseded: [do(telling.tell_insurers_paper_ended)],
    outcome.Closed: [do(telling.ask_how_it_went)],
}

UNHEARD: Final[frozenset[type[Fact]]] = frozenset(
    {
        phones.PhoneProven,
        statements.Stated,
        evidence.Photographed,
        outcome.Decided,
        outcome.Rated,
        agreements.NotProposed,
        agreements.AgreementSigned,
        requests.Requested,
        determinations.Taken,
        determinations.GivenBack,
        determinations.Drafted,
        requests.Ended,
        determinations.Served,
        certificates.Numbered,
        filings.Acknowledged,
        messages.Sent,
    }
)
