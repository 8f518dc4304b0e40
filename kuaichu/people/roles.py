"""Which role may use which verb. Permission itself lives in the verbs (`act`)."""

from __future__ import annotations

from typing import Final

from kuaichu.kernel.actors import Actor

CITIZEN: Final = frozenset({"cases.open", "cases.send_link"})
PARTY: Final = frozenset(
    {
        "cases.describe",
        "cases.prove_phone",
        "cases.identify",
        "cases.state",
        "cases.photograph",
        "cases.invite_other",
        "cases.refuse_part",
        "cases.note_absent",
        "cases.stop_waiting",
        "cases.clear",
        "cases.confirm",
        "cases.help",
        "cases.ask_signature_code",
        "cases.speak",
        "cases.unspeak",
        "cases.withdraw",
        "cases.name_payee",
        "cases.rate",
        "cases.report_injury",
        "oversight.ask",
        "risk.answer",
        "liability.choose",
        "liability.read_agreement",
        "liability.sign_agreement",
        "liability.decline_agreement",
        "liability.object",
        "liability.answer_objection",
        "liability.ask_review",
        "liability.ask_fast",
        "liability.ask_recusal",
        "liability.tell_slip",
        "documents.receive",
        "documents.confirm",
        "documents.take_bundle",
        "documents.agree_service",
        "documents.decline_service",
        "claims.ask_step_in",
        "claims.choose_shop",
        "claims.wish_own_side",
    }
)

INSURER: Final = frozenset(
    {
        "documents.order_claim",
        "claims.acknowledge",
        "claims.assess",
        "claims.approve",
        "claims.explain_delay",
        "claims.release",
        "claims.refuse",
        "claims.step_in",
        "claims.note_lien",
        "claims.receive_recovery",
        "claims.write_off",
        "claims.dispute_clearing",
        "claims.answer_dispute",
        "claims.answer_estimate",
    }
)

FIELD: Final = frozenset(
    {
        "dispatch.start_duty",
        "dispatch.end_duty",
        "dispatch.accept",
        "dispatch.decline",
        "dispatch.arrive",
        "dispatch.give_back",
        "dispatch.finish",
        "dispatch.stop",
        "dispatch.note_scene",
        "dispatch.call_police",
        "cases.open",
    }
)
"""What everybody who goes to the scene may do; what they may not stands in `people/field_roles.py`."""
AT_SCENE: Final = frozenset({"cases.describe", "cases.help", "cases.photograph", "cases.clear"})
"""What comes with a task, in the case of that task only (`desks/dispatch/tasks.py::at_scene`)."""

ROLES: Final[dict[str, frozenset[str]]] = {
    "citizen": CITIZEN,
    "party": PARTY,
    "determination_officer": frozenset(
        {
            "liability.take",
            "documents.order",
            "liability.draft",
            "cases.redact",
            "liability.determine",
            "liability.give_back",
            "liability.end",
            "liability.hand_over",
            "liability.ask_evidence",
            "liability.certify_facts",
            "liability.refuse",
            "liability.transfer",
            "centre.call_in",
            "liability.opine",
            "liability.recheck",
            "liability.correct",
            "liability.recuse",
            "documents.note_service",
        }
    ),
    "review_officer": frozenset({"liability.review"}),
    "unit_head": frozenset({"liability.approve"}),
    "dispatcher": frozenset({"cases.invite", "cases.describe", "dispatch.order"}),
    "hotline": frozenset({"cases.invite", "cases.describe", "dispatch.order"}),
    "patrol_officer": FIELD
    | {
        "dispatch.hand_over",
        "dispatch.witness",
        "liability.take_on_site",
        "documents.order",
        "liability.draft",
        "liability.opine",
        "liability.determine",
        "liability.hand_over",
    },
    "station_officer": FIELD
    | {"dispatch.hand_over", "dispatch.witness", "liability.prepare", "liability.draft"},
    "auxiliary": FIELD | {"dispatch.witness"},
    "specialist": FIELD,
    "persuader": FIELD,
    "adjuster": INSURER,
    "insurer_client": INSURER | {"notify.replace_secret", "notify.send_again"},
    "money_admin": frozenset({"claims.stop_payouts", "claims.resume_payouts"}),
    "supervisor": frozenset(
        {
            "documents.revoke",
            "documents.supersede",
            "documents.bundle",
            "oversight.answer",
            "risk.clear",
            "risk.refer",
            "centre.plan_shift",
            "centre.answer_alarm",
        }
    ),
    "shop": frozenset({"claims.draft_estimate"}),
    "video_officer": frozenset({"cases.invite", "cases.describe"}),
    "mediator": frozenset({"centre.work_mediation"}),
    "injury_clerk": frozenset({"claims.note_lien", "centre.work_injury"}),
    "rescue_clerk": frozenset({"centre.work_rescue"}),
    "administrator": frozenset({"people.keep_accounts"}),
    "staff": frozenset({"centre.sit", "centre.leave", "people.declare_interest"}),
    "system": frozenset(
        {
            "cases.record_registers",
            "cases.read",
            "cases.screen",
            "cases.seal",
            "cases.note_likeness",
            "cases.decide",
            "cases.hand_over",
            "cases.stop_waiting",
            "cases.close",
            "liability.propose_agreement",
            "liability.lapse",
            "liability.lapse_agreement",
            "liability.end",
            "liability.release",
            "liability.settle_evidence",
            "liability.sample",
            "liability.withdraw_ruling",
            "documents.replace",
            "documents.number",
            "documents.issue",
            "documents.revise",
            "documents.serve",
            "documents.fall_back",
            "documents.note_receipt",
            "documents.rotate_key",
            "documents.bundle",
            "liability.note_served",
            "documents.anchor",
            "documents.cosign",
            "claims.register",
            "claims.hold",
            "claims.let_go",
            "risk.trace",
            "risk.notice",
            "risk.lapse",
            "risk.count_small",
            "risk.forget",
            "claims.readjust",
            "cases.erase",
            "oversight.grant_erasure",
            "oversight.note_attempt",
            "claims.calculate",
            "claims.approve_small",
            "claims.order_payouts",
            "claims.record_payout",
            "claims.reorder_payout",
            "claims.net",
            "claims.record_clearing",
            "claims.lapse_dispute",
            "claims.reconcile",
            "dispatch.send",
            "dispatch.offer",
            "dispatch.lapse",
            "dispatch.release",
            "dispatch.cancel",
            "dispatch.close_duty",
            "notify.record",
            "centre.draw",
            "centre.pass_on",
            "centre.commit_lot",
            "centre.release_seat",
            "centre.call_in",
            "centre.raise_alarm",
        }
    ),
}


def grants(roles: list[str]) -> frozenset[str]:
    """All verbs of these roles; unknown roles grant nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))


def system(city: str) -> Actor:
    """The system itself: what follows from facts. It never decides anything about a person."""
    return Actor(kind="system", id="system", city=city, grants=ROLES["system"])


def visitor(city: str) -> Actor:
    """Somebody who has just tapped “report an accident”."""
    return Actor(kind="visitor", id="visitor", city=city, grants=CITIZEN)
