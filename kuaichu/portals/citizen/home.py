"""The home of a case: whose turn it is, what happens next and by when, papers, money, and what happened so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kuaichu.cases.models import Case, Party
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import agreements, determinations
from kuaichu.desks.liability.models import Agreement, Determination, Wish
from kuaichu.kernel import workdays
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.steps.plan import onward, plan
from kuaichu.portals.look.pictograms import names
from kuaichu.queries.next_steps import next_step
from kuaichu.queries.own_case import money_of, papers_of
from kuaichu.queries.timeline import Line, newest_seq, timeline as lines_of

REVIEW_WORKING_DAYS = 3
DRAWN = frozenset(names())
ICONS = {
    "flag": "pin", "chat": "message", "hand": "users", "scale": "law", "pen": "sign", "hourglass": "clock",
    "stamp": "seal", "mail": "message", "paper": "document", "send": "external", "calculator": "chart", "star": "check",
}  # fmt: skip
TONES = {
    "liability.agreed": "ok", "liability.signed": "ok", "documents.issued": "ok", "claims.paid": "ok",
    "cases.closed": "ok", "cases.party_confirmed": "ok", "cases.phone_proven": "ok",
    "cases.handed_over": "warn", "cases.party_refused": "warn", "liability.agreement_declined": "warn",
    "claims.payout_rejected": "bad", "liability.requested": "wait",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """What this party can do now: a title, a sentence, and the button."""

    title: str
    text: str
    url: str = ""
    action: str = ""
    tone: str = "info"


@held_part("GET")
def home(request: HttpRequest, held: Held) -> HttpResponse:
    """The whole page."""
    return render(request, "citizen/home.html", _context(held))


@held_part("GET")
def timeline(request: HttpRequest, held: Held) -> HttpResponse:
    """The part of the page that changes, as a fragment."""
    return render(request, "citizen/home_live.html", _context(held))


def _context(held: Held) -> dict[str, Any]:
    papers = papers_of(held.case)
    decided = Determination.objects.filter(case=held.case, status=Determination.Status.SIGNED).first()
    served = decided.served.get(held.party.label) if decided else None
    return {
        "held": held,
        "home_url": held.url("home"),
        "turn": turn(held, papers, decided),
        "next": next_step(held.case),
        "mine": f"party:{held.party.label}",
        "papers": papers,
        "money": money_of(held.party, held.vehicle),
        "to_receive": bool(decided and not served and any(p.kind == Paper.Kind.CERTIFICATE for p in papers)),
        "review": workdays.reckon(datetime.fromisoformat(served), working_days=REVIEW_WORKING_DAYS) if served else None,
        "gates": _gates(held.case),
        "ended": held.case.status in (Case.Status.CLOSED, Case.Status.WITHDRAWN),
        "may_withdraw": _may_withdraw(held),
        "entries": _entries(lines_of(held.case.pk, newest_first=True)),
        "seq": newest_seq(held.case.pk),
    }


def _entries(lines: list[Line]) -> list[dict[str, Any]]:
    """The lines, each run of the same words by the same person once, at its newest time."""
    runs = groupby(lines, key=lambda line: (line.kind, line.what, line.who))
    return [_entry(next(run)) for _key, run in runs]


def _entry(line: Line) -> dict[str, Any]:
    drawn = line.icon if line.icon in DRAWN else ICONS.get(line.icon, "check")
    return {"at": line.at, "title": line.what, "who": line.who, "icon": drawn, "tone": TONES.get(line.kind, "plain")}


def _gates(case: Case) -> list[dict[str, Any]]:
    """The reasons for which a case was handed over, most serious first."""
    if case.status != Case.Status.HANDED_OVER:
        return []
    found = case.screening or {}
    reasons = (found.get("handover") or {}).get("reasons", [])
    return [hit for hit in found.get("hits", []) if hit["gate"] in reasons]


def _may_withdraw(held: Held) -> bool:
    early = held.case.status in (Case.Status.REPORTING, Case.Status.READY)
    return early and held.first and all(p.status == Party.Status.INVITED for p in held.parties if p.pk != held.party.pk)


def turn(held: Held, papers: list[Paper], decided: Determination | None) -> Turn:
    """Whose turn it is, seen by this party."""
    makers = {
        Case.Status.REPORTING: _reporting,
        Case.Status.READY: _ready,
        Case.Status.HANDED_OVER: _handed_over,
        Case.Status.WITHDRAWN: lambda _held: Turn(_("You have taken this report back"), _("Nothing more will happen. You may report again at any time.")),
    }
    maker = makers.get(Case.Status(held.case.status))
    return maker(held) if maker else _decided(held, papers)


def _reporting(held: Held) -> Turn:
    if held.party.status == Party.Status.CONFIRMED:
        other = held.other
        if other is not None and other.status == Party.Status.REFUSED:
            return Turn(_("An officer comes to you"), _("The other party does not take part. Stay in a safe place; everything you entered is kept."), "tel:122", _("Call 122"), "warn")
        if all(p.status == Party.Status.CONFIRMED for p in held.parties):
            return Turn(_("Just a moment"), _("All of you have confirmed. We check which ways are open to you."), tone="wait")
        waits = other is not None and other.status == Party.Status.INVITED
        text = _("The other party has not opened the link yet. Show the code again if needed.") if waits else _("Your part is complete. The other party is still filling in theirs.")
        return Turn(_("Waiting for the other party"), text, held.url("code") if waits and held.first else "", _("Show the code"), "wait")
    if held.party.status == Party.Status.REFUSED:
        return Turn(_("You do not take part"), _("An officer is called to the scene instead. Changed your mind? Call 122."), "tel:122", _("Call 122"), "warn")
    left = sum(1 for step in plan(held) if not step.done(held))
    text = _("%(count)d steps left. Everything you have entered is saved.") % {"count": left}
    return Turn(_("Continue your report"), text, onward(held, ""), _("Continue"))


def _ready(held: Held) -> Turn:
    found = determinations.alive_determination(held.case.pk)
    if found is not None:
        return Turn(_("An officer decides"), _("You may close this page. We send you a message as soon as it is decided."), held.url("waiting"), _("See the queue"), "wait")
    agreement = agreements.alive_agreement(held.case.pk)
    if agreement is not None and agreement.status == Agreement.Status.PROPOSED:
        if held.party.label in agreement.signatures:
            return Turn(_("You have signed"), _("The other party reads and signs now."), held.url("agreement"), _("Read it again"), "wait")
        return Turn(_("Read the proposal and sign"), _("Take your time. Nobody has to sign."), held.url("agreement"), _("Read the proposal"))
    if Wish.objects.filter(party=held.party).exists():
        return Turn(_("Waiting for the other party's choice"), _("You have chosen. It goes on when all of you choose the same way."), held.url("ways"), _("Change my choice"), "wait")
    return Turn(_("Choose how to settle it"), _("All parties have confirmed what they entered. Now choose the way."), held.url("ways"), _("Choose the way"))


def _handed_over(held: Held) -> Turn:
    texts = {
        "general": (_("Police officers investigate this accident"), _("Stay in a safe place. Two officers handle the case and contact you.")),
        "police_on_site": (_("An officer comes to you"), _("Stay in a safe place near the scene. Everything you entered goes with the case.")),
        "criminal": (_("The police investigate"), _("Stay where you are and leave everything as it is.")),
    }
    title, text = texts.get(held.case.outcome, texts["general"])
    return Turn(title, text, held.url("photos"), _("Add photographs"), "warn")


def _decided(held: Held, papers: list[Paper]) -> Turn:
    if held.party.payee is None and held.case.status == Case.Status.DECIDED:
        return Turn(_("Where shall the money go?"), _("If an insurer owes you money, it is paid to this card as soon as the amount is known."), held.url("payee"), _("Enter a bank card"))
    if held.case.status == Case.Status.CLOSED and held.party.rating is None:
        return Turn(_("All done. How did it go?"), _("Two taps help us to make it better."), held.url("rating"), _("Tell us"), "ok")
    if held.case.status == Case.Status.CLOSED:
        return Turn(_("All done"), _("Your papers stay here and can be checked by anybody you show them to."), tone="ok")
    if not papers:
        return Turn(_("Your paper is being made"), _("It is sealed and appears here within a minute."), tone="wait")
    return Turn(_("The insurers are at work"), _("You have nothing to do. We tell you when money is paid."), tone="wait")
