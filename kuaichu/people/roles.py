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
        "cases.confirm",
        "cases.withdraw",
        "cases.name_payee",
        "cases.rate",
        "liability.choose",
        "liability.sign_agreement",
        "liability.decline_agreement",
        "documents.receive",
    }
)

ROLES: Final[dict[str, frozenset[str]]] = {
    "citizen": CITIZEN,
    "party": PARTY,
    "determination_officer": frozenset(
        {
            "liability.take",
            "liability.draft",
            "liability.determine",
            "liability.give_back",
            "liability.end",
            "liability.hand_over",
        }
    ),
    "dispatcher": frozenset({"cases.invite", "cases.describe"}),
    "hotline": frozenset({"cases.invite", "cases.describe"}),
    "adjuster": frozenset({"claims.acknowledge", "claims.assess", "claims.approve"}),
    "insurer_client": frozenset({"claims.acknowledge", "claims.assess", "claims.approve"}),
    "supervisor": frozenset({"documents.revoke", "documents.supersede"}),
    "administrator": frozenset(),
    "system": frozenset(
        {
            "cases.record_registers",
            "cases.screen",
            "cases.decide",
            "cases.hand_over",
            "cases.close",
            "liability.propose_agreement",
            "liability.lapse",
            "liability.lapse_agreement",
            "liability.end",
            "documents.number",
            "documents.issue",
            "claims.register",
            "claims.calculate",
            "claims.approve_small",
            "claims.order_payouts",
            "claims.record_payout",
            "claims.reorder_payout",
            "notify.record",
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
