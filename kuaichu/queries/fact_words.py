"""What each fact is called in the timeline. A fact without words here is bookkeeping and not shown."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _

from kuaichu.desks.documents.models import Paper
from kuaichu.kernel.money import format_yuan
from kuaichu.queries.bench.words import BENCH_WORDS
from kuaichu.queries.field.words import FIELD_WORDS
from kuaichu.queries.money.words import MONEY_WORDS

Words = Callable[[dict[str, Any]], str]

_SHOTS: dict[str, Callable[[], str]] = {
    "front": lambda: _("front overview"),
    "rear": lambda: _("rear overview"),
    "contact": lambda: _("point of contact"),
    "plate": lambda: _("plate"),
    "licence": lambda: _("licence"),
    "sign": lambda: _("signs and lights"),
    "wheels": lambda: _("wheels and lane line"),
    "damage": lambda: _("damage"),
    "medical": lambda: _("paper of a hospital"),
    "object": lambda: _("thing that was hit"),
    "note": lambda: _("note on the windscreen"),
    "form": lambda: _("filled-in paper form"),
    "other": lambda: _("other photograph"),
}


def shot_name(shot: str) -> str:
    """The name of a kind of photograph."""
    return _SHOTS.get(shot, _SHOTS["other"])()


_HELPERS: dict[str, Callable[[], str]] = {
    "relative": lambda: _("A relative"),
    "friend": lambda: _("A friend or colleague"),
    "other": lambda: _("Another person"),
    "patrol_officer": lambda: _("A patrol officer"),
    "auxiliary": lambda: _("An auxiliary officer"),
    "station_officer": lambda: _("A police-station officer"),
    "specialist": lambda: _("An insurer's roadside specialist"),
    "persuader": lambda: _("A village persuader"),
}


def helper_kind(kind: str) -> str:
    """What kind of person helps: relative, persuader, officer …"""
    return _HELPERS.get(kind, _HELPERS["other"])()


_STRUCK: dict[str, Callable[[], str]] = {
    "11": lambda: _("Barrier between the directions"),
    "14": lambda: _("Sign post or gantry"),
    "15": lambda: _("Crash cushion"),
    "16": lambda: _("Pole or street lamp"),
    "17": lambda: _("Tree"),
    "18": lambda: _("Bridge pier"),
    "20": lambda: _("Building, wall or gate"),
    "29": lambda: _("Another fixed thing"),
    "31": lambda: _("Animal"),
    "39": lambda: _("Another thing"),
}


def struck_words(kind: str) -> str:
    """The name of a thing that was struck (codes of the national accident form)."""
    return _STRUCK.get(kind, _STRUCK["29"])()


def told_struck(struck: dict[str, str]) -> str:
    """What was struck and whose it is, as it was told; empty for nothing."""
    return ", ".join(
        filter(None, [struck_words(struck["kind"]) if struck.get("kind") else "", struck.get("owner")])
    )


_SITES: dict[str, Callable[[], str]] = {
    "road": lambda: _("Road or street"),
    "car_park": lambda: _("Car park"),
    "private": lambda: _("Private ground"),
}


def site_words(site: str) -> str:
    """The kind of place."""
    return _SITES.get(site, _SITES["road"])()


_HANDED: dict[str, Callable[[], str]] = {
    "general": lambda: _("the general procedure"),
    "police_on_site": lambda: _("an officer on site"),
    "criminal": lambda: _("the criminal police"),
    "other_unit": lambda: _("the traffic police of another city"),
}


def handed_to(to: str) -> str:
    """The name of who a case was handed to."""
    return _HANDED.get(to, _HANDED["general"])()


def _way(way: str) -> str:
    return {
        "agree": _("settle by agreement"),
        "officer": _("let an officer decide online"),
        "police": _("officer on site"),
    }.get(way, way)


def _paper(kind: str) -> str:
    named = {
        "agreement": lambda: _("the agreement"),
        "facts_certificate": lambda: _("the certificate of facts"),
        "rejection_notice": lambda: _("the notice of non-acceptance"),
        "review_conclusion": lambda: _("the conclusion of the review"),
        "summary_certificate": lambda: _("the certificate"),
        "general_certificate": lambda: _("the certificate"),
    }
    return named[kind]() if kind in named else str(dict(Paper.Kind.choices).get(kind, kind))


def _three_shares(civil: dict[str, str], clearing: dict[str, str]) -> str:
    """The civil shares where they are not what the insurers' clause clears by, else nothing."""
    if not clearing or civil == clearing:
        return ""
    shown = " ".join(f"{label} {float(Fraction(share) * 100):g}%" for label, share in civil.items())
    cleared = " ".join(f"{label} {float(Fraction(share) * 100):g}%" for label, share in clearing.items())
    told = {"civil": shown or _("not fixed yet"), "clearing": cleared}
    return " " + _("Civil shares: %(civil)s; insurers' clause: %(clearing)s.") % told


WORDS: Final[dict[str, tuple[str, Words]]] = {
    "cases.opened": ("flag", lambda v: _("Accident reported, case %(number)s.") % v),
    "cases.described": ("pin", lambda v: _("Place and circumstances entered.")),
    "cases.phone_proven": ("phone", lambda v: _("Phone number of party %(label)s confirmed.") % v),
    "cases.identified": ("car", lambda v: _("Vehicle or driver of party %(label)s entered.") % v),
    "cases.recognised": ("search", lambda v: _("Registers answered about party %(label)s.") % v),
    "cases.photographed": (
        "camera",
        lambda v: _("Photograph kept: %(shot)s.") % {"shot": shot_name(str(v["shot"]))},
    ),
    "cases.sealed": (
        "lock",
        lambda v: _("%(photos)d photographs sealed, receipt no. %(number)d.") % v,
    ),
    "cases.stated": ("chat", lambda v: _("Party %(label)s said what happened.") % v),
    "cases.helped": (
        "users",
        lambda v: (
            _("%(helper)s enters for party %(label)s.") % {**v, "helper": helper_kind(str(v["kind"]))}
            if v["kind"]
            else _("Party %(label)s enters for itself from now on.") % v
        ),
    ),
    "cases.spoken": ("chat", lambda v: _("Party %(label)s said in its own voice what happened.") % v),
    "cases.unspoken": ("chat", lambda v: _("Party %(label)s took a recording back.") % v),
    "cases.party_invited": ("qr", lambda v: _("Party %(label)s invited.") % v),
    "cases.party_confirmed": ("check", lambda v: _("Party %(label)s confirmed its part.") % v),
    "cases.party_refused": ("stop", lambda v: _("Party %(label)s will not take part.") % v),
    "cases.screened": ("filter", lambda v: _("Checked which procedures are open.")),
    "cases.party_absent": ("clock", lambda v: _("Party %(label)s is not there; a note was left.") % v),
    "cases.party_gone": ("logout", lambda v: _("Party %(label)s has left the scene.") % v),
    "cases.waiting_ended": ("police", lambda _v: _("No longer waited; the police go on.")),
    "cases.cleared": ("route", lambda _v: _("The road is clear.")),
    "cases.handed_over": (
        "police",
        lambda v: _("Handed over to %(to)s, with the whole file.") % {"to": handed_to(str(v["to"]))},
    ),
    "cases.withdrawn": ("stop", lambda v: _("Report taken back.")),
    "liability.wished": (
        "hand",
        lambda v: _("Party %(label)s wants: %(way)s.") % {**v, "way": _way(str(v["way"]))},
    ),
    "liability.agreement_proposed": ("scale", lambda v: _("A proposal was put before both parties.")),
    "liability.not_proposed": (
        "scale",
        lambda v: _("No proposal: what was told does not decide the case. Ask jointly for an officer."),
    ),
    "liability.agreement_shown": ("eye", lambda v: _("Party %(label)s has the proposal on its screen.") % v),
    "liability.agreement_signed": ("pen", lambda v: _("Party %(label)s signed the agreement.") % v),
    "liability.agreed": (
        "pen",
        lambda v: _("All parties have signed the agreement.") + _three_shares(v["shares"], v["clearing"]),
    ),
    "liability.agreement_declined": ("stop", lambda v: _("Party %(label)s does not sign the agreement.") % v),
    "liability.agreement_lapsed": (
        "stop",
        lambda v: _("The agreement was not signed in time and lapsed. You may ask for an officer."),
    ),
    "liability.requested": ("hourglass", lambda v: _("Waiting for an officer.")),
    "liability.taken": ("police", lambda v: _("An officer has taken the case.")),
    "liability.given_back": ("hourglass", lambda v: _("Given to another officer.")),
    "liability.signed": (
        "stamp",
        lambda v: _("Liability determined and signed.") + _three_shares(v["shares"], v["clearing"]),
    ),
    "liability.served": ("mail", lambda v: _("Party %(label)s received the certificate.") % v),
    "documents.issued": (
        "paper",
        lambda v: _("Issued %(paper)s, no. %(number)s.") % {**v, "paper": _paper(str(v["kind"]))},
    ),
    "claims.registered": ("send", lambda v: _("Claim sent to %(insurer)s.") % v),
    "claims.acknowledged": ("check", lambda v: _("%(insurer)s accepted the claim.") % v),
    "claims.assessed": (
        "wrench",
        lambda v: _("Damage assessed: %(amount)s.") % {"amount": format_yuan(int(v["fen"]))},
    ),
    "claims.calculated": ("calculator", lambda v: _("It was computed who pays what.")),
    "claims.approved": ("check", lambda v: _("%(insurer)s: payout approved.") % v),
    "claims.payouts_ordered": ("bank", lambda v: _("%(insurer)s: payout ordered.") % v),
    "claims.paid": (
        "money",
        lambda v: (
            _("%(amount)s paid to party %(label)s.")
            % {"amount": format_yuan(int(v["fen"])), "label": v["to"]}
        ),
    ),
    "claims.payout_rejected": (
        "stop",
        lambda v: (
            _("The bank returned a payout to party %(label)s. Please check the account.") % {"label": v["to"]}
        ),
    ),
    "cases.payee_named": ("bank", lambda v: _("Party %(label)s named an account.") % v),
    "cases.closed": ("flag", lambda v: _("Case closed.")),
    "claims.delayed": ("hourglass", lambda v: _("%(insurer)s needs longer and named a new date.") % v),
    "claims.held": ("stop", lambda v: _("%(insurer)s: payout held until a person has looked.") % v),
    "claims.released": ("check", lambda v: _("%(insurer)s: payout goes on.") % v),
    "cases.injury_reported": (
        "alert",
        lambda v: _("Party %(label)s reported an injury. The police continue.") % v,
    ),
    "oversight.rights_asked": ("user", lambda v: _("Party %(label)s used a right over its data.") % v),
    "risk.opened": ("clock", lambda _v: _("A person looks at some details before money is paid.")),
    **dict.fromkeys(("risk.cleared", "risk.lapsed"), ("check", lambda _v: _("The closer look is over."))),
    "risk.referred": ("mail", lambda _v: _("The accident was given to investigation.")),
    "oversight.rights_answered": ("mail", lambda v: _("The request of party %(label)s was answered.") % v),
    "cases.erased": ("stop", lambda v: _("The data of party %(label)s were deleted.") % v),
    "cases.rated": ("star", lambda v: _("Party %(label)s told us how it went.") % v),
    **FIELD_WORDS,
    **BENCH_WORDS,
    **MONEY_WORDS,
}
