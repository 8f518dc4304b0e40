"""The proposal: what it says, on which rule and facts it rests, what follows; sign or decline."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.desks.liability import agreements, signing
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.models import Agreement
from kuaichu.portals.citizen.holding import Held, held_part
from kuaichu.portals.citizen.law import articles
from kuaichu.portals.citizen.together import agreeing
from kuaichu.queries.own_case import fact_words
from kuaichu.queries.proposals import explanation_of
from kuaichu.queries.reasons import in_short, source_words
from kuaichu.queries.timeline import newest_seq

NOTICES = ("D146 22", "INS 61", "CTALI-Reg 31", "RTSL 76")
TONES = {"FULL": "bad", "PRIMARY": "bad", "EQUAL": "warn", "SECONDARY": "info", "NONE": "ok"}


@held_part("GET", "POST")
def agreement(request: HttpRequest, held: Held) -> HttpResponse:
    """Read, then sign, sign later, or not at all. That it was on the screen is recorded."""
    row = agreements.alive_agreement(held.case.pk)
    if row is None:
        return redirect(held.url("ways"))
    errors: dict[str, str] = {}
    if request.method == "GET":
        signing.show(held.actor, held.case.pk, row)
    if request.method == "POST":
        if gone := _without_signing(request, held, row):
            return gone
        errors = agreeing.sign(request, held)
        if not errors:
            messages.success(request, _("Your signature is kept."))
            return redirect(held.url("home"))
    context = _context(held, row, errors) | agreeing.context(request, held, row, errors)
    return render(request, "citizen/agreement.html", context, status=422 if errors else 200)


def _without_signing(request: HttpRequest, held: Held, row: Agreement) -> HttpResponse | None:
    """What was tapped instead of signing: nothing is lost by any of it, and the way on is said."""
    if "decline" in request.POST:
        agreements.decline(held.actor, held.case.pk, offered="officer")
        text = _("You have not signed. You can ask together for an officer, or call police to the scene.")
        messages.info(request, text)
        return redirect(held.url("ways" if held.case.status == held.case.Status.READY else "home"))
    if "later" in request.POST:
        messages.info(request, _("Nothing is signed. You find the proposal here until it lapses."))
        return redirect(held.url("home"))
    if "ask" in request.POST:
        agreeing.ask_code(request, held, row)
        return redirect(held.url("agreement") + "#sign")
    return None


def _context(held: Held, row: Agreement, errors: dict[str, str]) -> dict[str, Any]:
    proposal, language = row.proposal, "en" if (get_language() or "").startswith("en") else "zh"
    return {
        "held": held,
        "home_url": held.url("home"),
        "row": row,
        "signed": held.party.label in row.signatures,
        "signers": [(p.label, row.signatures.get(p.label)) for p in held.parties],
        "open": row.status == Agreement.Status.PROPOSED,
        "grades": [_grade(held, row, p.label, language) for p in held.parties],
        "rules": articles(proposal.get("citations", ()), held.case),
        "faults": [(f["code"], f[language]) for f in proposal.get("faults", [])],
        "reasons": [r[language] for r in proposal.get("reasons", [])],
        "warnings": [w[language] for w in proposal.get("warnings", [])],
        "facts": [_fact(held, fact) for fact in proposal.get("facts", [])],
        "notices": articles(NOTICES, held.case),
        "reasons_url": held.url("reasons"),
        "what_if": in_short(proposal, explanation_of(held.case.pk, full=False)),
        "errors": errors,
        "seq": newest_seq(held.case.pk),
    }


def _grade(held: Held, row: Agreement, label: str, language: str) -> dict[str, Any]:
    grade = Grade(row.grades[label])
    return {
        "label": label,
        "own": label == held.party.label,
        "plate": held.vehicles[label].plate,
        "words": grade.en if language == "en" else grade.zh,
        "tone": TONES[grade],
        "percent": _percent(row.shares.get(label)),
        "clearing": "" if row.clearing_shares == row.shares else _percent(row.clearing_shares.get(label)),
    }


def _percent(share: str | None) -> str:
    return f"{float(Fraction(share) * 100):g}" if share else ""


def _fact(held: Held, fact: dict[str, Any]) -> dict[str, str]:
    question, said = fact_words(fact["ref"], fact["value"], held.party.label)
    return {"question": question, "answer": said, "by": ", ".join(source_words(s) for s in fact["sources"])}
