"""The papers that can be asked for, with what each asks.

Kinds that are missing here are made by what happens (agreement, certificates, review), or have no procedure
in Kuaichu yet: people's mediation agreement, care-pass authorisation, repair order.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kuaichu.desks.documents.models import INSURERS, POLICE, Paper
from kuaichu.desks.documents.ordering.forms import Field, Form, Sort

Kind = Paper.Kind
OFFICER: Final = "officer"
INSURER: Final = "insurer"
PARTY: Final = "party"

_PARTY = Field("party", _("Of which party?"), Sort.PARTY)
_BEGAN = Field("began_at", _("Began"), Sort.MOMENT)
_ENDED = Field("ended_at", _("Ended"), Sort.MOMENT)
_INJURED = (
    Field("injured", _("Name of the injured person")),
    Field("injured_no", _("Identity number of the injured person"), needed=False),
    Field("hospital", _("Hospital")),
    Field("condition", _("Injury, in a few words")),
    Field("cost", _("Amount needed, in yuan"), Sort.MONEY),
    Field("account", _("Account of the hospital")),
)
_GROUNDS = (
    ("over_limit", _("The costs exceed the limit of the compulsory insurance")),
    ("uninsured", _("The vehicle has no compulsory insurance")),
    ("fled", _("The driver fled")),
)
"""CTALI-Reg 24: in which cases the fund advances."""

FORMS: Final[dict[str, Form]] = {
    Kind.ACCEPTANCE: Form(
        (
            Field("casualties", _("Casualties")),
            Field("dangerous_goods", _("Dangerous goods, and whether they leak"), needed=False),
            Field("fled", _("If somebody fled: vehicle, direction, looks"), Sort.LONG, needed=False),
            Field("opinion", _("Decision on acceptance"), Sort.LONG),
        ),
        readers=POLICE,
    ),
    Kind.RIGHTS: Form(notes=_("With the contact card: officer, office, telephone, whom to complain to.")),
    Kind.CLEAR: Form(notes=_("Only when the evidence is secured by photographs.")),
    Kind.HAND_OVER: Form(
        (
            Field("to", _("To whom")),
            Field("reasons", _("Reasons, one a line"), Sort.LINES),
            Field("done_so_far", _("What has been done"), Sort.LONG),
        ),
        readers=POLICE,
    ),
    Kind.SUPPLEMENT: Form((Field("words", _("Who it was, and how that was found"), Sort.LONG),)),
    Kind.SERVICE: Form(
        (Field("paper", _("Which paper was served?"), Sort.PAPER), _PARTY), readers=PARTY,
        notes=_("From the record of service: how, when, received or refused."),
    ),
    Kind.MEDIATION: Form(
        (
            Field("found", _("Basic facts and liability"), Sort.LONG),
            Field("losses", _("Losses, one a line with its amount"), Sort.AMOUNTS, hint=_("repair 3500.00")),
            Field("promises", _("Who pays whom how much, one a line"), Sort.PROMISES, hint="甲→乙 3500.00"),
            Field("how", _("How it is paid")),
            Field("until", _("Until when")),
            Field("others", _("Other agreements"), Sort.LONG, needed=False),
        )
    ),
    Kind.MEDIATION_END: Form((_BEGAN, Field("reason", _("Why it ended"), Sort.LONG))),
    Kind.MEDIATION_RECORD: Form(
        (
            _BEGAN, _ENDED, Field("where", _("Where")),
            Field("present", _("Who took part and as what, one a line"), Sort.LINES),
            Field("told", _("How they were invited, and when")),
            Field("course", _("What was said, one a line"), Sort.LINES),
            Field("result", _("Result"), Sort.LONG),
        )
    ),
    Kind.PROXY: Form(
        (
            _PARTY, Field("agent", _("Name of the agent")),
            Field("agent_no", _("Identity number of the agent")),
            Field("agent_phone", _("Telephone of the agent")), Field("relation", _("Relation to the party")),
            Field("matters", _("For what, one a line"), Sort.LINES),
            Field("special", _("Special powers, one a line"), Sort.LINES, needed=False),
            Field("until", _("Until when")),
        ),
        readers=PARTY,
    ),
    Kind.EVIDENCE_LIST: Form(notes=_("All photographs of the case with their hashes.")),
    Kind.EXTRACTION: Form(
        (
            Field("party", _("Who holds the data?"), Sort.PARTY), _BEGAN, _ENDED, Field("where", _("Where")),
            Field("reason", _("Why the medium itself was not seized"), Sort.LONG),
            Field("method", _("By which method and tool")),
            Field("course", _("What was done, one a line"), Sort.LINES),
            Field("witness", _("Witness"), needed=False),
        ),
        readers=POLICE,
    ),
    Kind.COPY: Form(
        (_PARTY, Field("purpose", _("For what"))), readers=PARTY,
        notes=_("What the party may see of the evidence, others' secrets covered."),
    ),
    Kind.PHOTOS: Form(notes=_("The photographs of the case, bystanders covered.")),
    Kind.RESCUE_COST: Form(
        (
            Field("party", _("Whose insurer?"), Sort.PARTY),
            Field("advance", _("Pay or advance?"), Sort.CHOICE,
                  options=(("pay", _("pay")), ("advance", _("advance and recover")))),
            *_INJURED,
        ),
        readers=INSURERS,
    ),
    Kind.RESCUE_FUND: Form(
        (Field("fund", _("Rescue fund")), Field("ground", _("Why the fund"), Sort.CHOICE, options=_GROUNDS),
         *_INJURED),
        readers=POLICE,
    ),
    Kind.TOW: Form(
        (
            Field("party", _("Whose vehicle?"), Sort.PARTY), Field("provider", _("Rescue company")),
            Field("provider_phone", _("Telephone of the company")),
            Field("condition", _("State of the vehicle")),
            Field("to", _("Where it is taken")), Field("asked_by", _("Who asked for it")),
            Field("work", _("What is done, one a line"), Sort.LINES),
            Field("price", _("Price agreed, in yuan"), Sort.MONEY),
            Field("price_basis", _("By which tariff")),
        ),
        readers=PARTY,
    ),
    Kind.LOSS: Form(
        (Field("party", _("Whose vehicle?"), Sort.PARTY),
         Field("shop", _("Repair shop chosen by the owner"), needed=False)),
        by=INSURER, readers=f"{PARTY} {INSURERS}", notes=_("From the newest assessment of the vehicle."),
    ),
    Kind.KNOCK_FOR_KNOCK: Form(
        by=INSURER, notes=_("Only when all are at fault and no loss is over 2,000 yuan."),
    ),
}  # fmt: skip


def forms_of(by: str) -> dict[str, Form]:
    """The papers that officers, or insurers, may ask for."""
    return {kind: form for kind, form in FORMS.items() if form.by == by}
