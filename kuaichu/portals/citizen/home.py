"""The home of a case: whose turn it is, what comes next and by when, papers, money, and the timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kuaichu.cases.models import Case, Party
from kuaichu.desks.claims.models import Payout
from kuaichu.desks.documents.models import CERTIFICATES
from kuaichu.desks.documents.service.consents import consent_of
from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination
from kuaichu.desks.risk.inquiries import going
from kuaichu.kernel import workdays
from kuaichu.portals.citizen.contest.fasting import fast_open
from kuaichu.portals.citizen.contest.objecting import contestable
from kuaichu.portals.citizen.contest.recusing import recusal_open
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.law import articles
from kuaichu.portals.citizen.together.shared import sharing
from kuaichu.portals.citizen.turns import turn
from kuaichu.portals.look.pictograms import names
from kuaichu.queries.deadlines import periods_of
from kuaichu.queries.field.coming import coming
from kuaichu.queries.next_steps import next_step
from kuaichu.queries.own_case import money_of, papers_of
from kuaichu.queries.papering.service_record import own_receipts
from kuaichu.queries.promises import promises
from kuaichu.queries.timeline import Line, collapsed, newest_seq
from kuaichu.queries.timeline import timeline as lines_of

REVIEW_WORKING_DAYS = 3
DRAWN = frozenset(names())
ICONS = {
    "flag": "pin", "chat": "message", "hand": "users", "scale": "law", "pen": "sign", "hourglass": "clock",
    "stamp": "seal", "mail": "message", "paper": "document", "send": "external", "calculator": "chart",
    "star": "check",
}  # fmt: skip
TONES = {
    "liability.agreed": "ok", "liability.signed": "ok", "documents.issued": "ok", "claims.paid": "ok",
    "cases.closed": "ok", "cases.party_confirmed": "ok", "cases.phone_proven": "ok",
    "cases.handed_over": "warn", "cases.party_refused": "warn", "liability.agreement_declined": "warn",
    "claims.payout_rejected": "bad", "liability.requested": "wait",
}  # fmt: skip


@held_part("GET")
def home(request: HttpRequest, held: Held) -> HttpResponse:
    """The whole page."""
    return render(request, "citizen/home.html", _context(request, held))


@held_part("GET")
def timeline(request: HttpRequest, held: Held) -> HttpResponse:
    """The part of the page that changes, as a fragment."""
    return render(request, "citizen/home_live.html", _context(request, held))


def _context(request: HttpRequest, held: Held) -> dict[str, Any]:
    papers, money = papers_of(held.party), money_of(held.party, held.vehicle)
    closed = held.case.status == Case.Status.CLOSED
    alive = alive_determination(held.case.pk)
    decided = alive if alive and alive.status == Determination.Status.SIGNED else None
    served = decided.served.get(held.party.label) if decided else None
    return {
        "held": held,
        "hands": sharing(request, held.party),
        "home_url": held.url("home"),
        "turn": turn(held, papers),
        "next": next_step(held.case),
        "comers": coming(held.case.pk),
        "mine": f"party:{held.party.label}",
        "papers": papers,
        "unconfirmed": {pk for pk, at in own_receipts(held.party).items() if at is None} if papers else set(),
        "by_phone": bool(papers) and consent_of(held.case.pk, held.party.pk) is not None,
        "money": money,
        "may_name_payee": not (closed and all(p.status == Payout.Status.PAID for _name, p in money.payouts)),
        "to_receive": bool(decided and not served and any(p.kind in CERTIFICATES for p in papers)),
        "review": workdays.reckon(datetime.fromisoformat(served), working_days=REVIEW_WORKING_DAYS)
        if served
        else None,
        "looked_at": going(held.case.pk) if held.case.watched else None,
        "contest": contestable(held, decided),
        "fast": fast_open(held),
        "recusal": recusal_open(held, alive),
        "gates": _gates(held.case),
        "promised": promises(held.case, held.party.label),
        "by_law": periods_of(held.case),
        "ended": held.case.status in (Case.Status.CLOSED, Case.Status.WITHDRAWN),
        "may_withdraw": _may_withdraw(held),
        "entries": _entries(lines_of(held.case.pk, newest_first=True)),
        "seq": newest_seq(held.case.pk),
    }


def _entries(lines: list[Line]) -> list[dict[str, Any]]:
    return [_entry(line) for line in collapsed(lines)]


def _entry(line: Line) -> dict[str, Any]:
    drawn = line.icon if line.icon in DRAWN else ICONS.get(line.icon, "check")
    return {
        "at": line.at,
        "title": line.what,
        "who": line.who,
        "icon": drawn,
        "tone": TONES.get(line.kind, "plain"),
    }


def _gates(case: Case) -> list[dict[str, Any]]:
    """The reasons for which a case was handed over, most serious first."""
    if case.status != Case.Status.HANDED_OVER:
        return []
    found = case.screening or {}
    reasons = (found.get("handover") or {}).get("reasons", [])
    hits = [hit for hit in found.get("hits", []) if hit["gate"] in reasons]
    return [{**hit, "articles": articles(hit["law"], case)} for hit in hits]


def _may_withdraw(held: Held) -> bool:
    early = held.case.status in (Case.Status.REPORTING, Case.Status.READY)
    return (
        early
        and held.first
        and all(p.status == Party.Status.INVITED for p in held.parties if p.pk != held.party.pk)
    )
