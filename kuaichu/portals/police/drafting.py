"""The ruling as a form: what it begins with, how it is read, kept and handed to the verb."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kuaichu.desks.liability.grades import Grade, default_shares, valid_multiset
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel.refusals import Invalid
from kuaichu.law.statutes import parse
from kuaichu.portals.police import wording
from kuaichu.queries import paper_words
from kuaichu.queries.officer_case import OfficerCase

Draft = dict[str, Any]
MOST_CITATIONS = 20


def draft_of(found: OfficerCase) -> Draft:
    """What the officer has kept so far; before that, the facts from the file and the frozen proposal."""
    kept: Draft = dict(found.row.draft or {})
    return kept if "facts_found" in kept else {**adopted(found, found.row.proposal or {}), **kept}


def adopted(found: OfficerCase, proposal: dict[str, Any], alternative: str = "") -> Draft:
    """The draft that follows the engine's proposal (or one of its alternatives, by code)."""
    chosen = next((a for a in proposal.get("alternatives", []) if a["code"] == alternative), None)
    grades = dict((chosen or proposal).get("grades", {}))
    kept = (found.row.draft or {}).get("found", {})
    form = str(proposal.get("form") or "")
    return {
        "grades": grades,
        "shares": {} if chosen else _unusual(grades, proposal.get("shares", {})),
        "form": form,
        "facts_found": paper_words.narrative(found.case, found.pairs, form, kept),
        "reasons": paper_words.reasons({**proposal, "grades": grades}, found.parties),
        "citations": list(proposal.get("citations", [])),
        "found": kept,
    }


def _unusual(grades: dict[str, str], shares: dict[str, str]) -> dict[str, str]:
    """Only the shares that differ from the custom of these grades."""
    return {} if shares == _usual(grades) else dict(shares)


def _usual(grades: dict[str, str]) -> dict[str, str]:
    if not set(grades.values()) <= set(Grade) or not valid_multiset([Grade(g) for g in grades.values()]):
        return {}
    return {k: str(v) for k, v in default_shares({k: Grade(g) for k, g in grades.items()}).items()}


def shares_shown(draft: Draft) -> dict[str, str]:
    """The shares that would be signed, as per cent by label; empty while the grades do not fit together."""
    shares = draft.get("shares") or _usual(draft.get("grades", {}))
    try:
        return {label: wording.percent(Fraction(text)) for label, text in shares.items()}
    except (ValueError, ZeroDivisionError):
        return {}


def read(form: QueryDict, found: OfficerCase) -> Draft:
    """The draft as posted; the officer's findings of fact are kept from before."""
    labels = [p.label for p in found.parties]
    typed = {label: form.get(f"share.{label}", "").strip() for label in labels}
    citations = dict.fromkeys(c.strip() for c in form.getlist("citations") if _citable(c))
    return {
        "grades": {k: g for k in labels if (g := form.get(f"grade.{k}", "")) in set(Grade)},
        "shares": {k: _fraction(text) for k, text in typed.items()} if any(typed.values()) else {},
        "form": form.get("form", "")[:2],
        "facts_found": form.get("facts_found", "")[:4000].replace("\r\n", "\n"),
        "reasons": form.get("reasons", "")[:4000].replace("\r\n", "\n"),
        "citations": list(citations)[:MOST_CITATIONS],
        "found": (found.row.draft or {}).get("found", {}),
    }


def _citable(text: str) -> bool:
    try:
        return bool(parse(text))
    except ValueError:
        return False


def _fraction(text: str) -> str:
    """Typed per cent as a fraction; what cannot be read is kept as it is, for the verb to refuse."""
    try:
        return str(Fraction(text.rstrip("%％ ")) / 100)
    except (ValueError, ZeroDivisionError):
        return text[:12]


def typed_share(text: str) -> str:
    """A kept share as it stands in its field."""
    try:
        value = Fraction(text) * 100
    except (ValueError, ZeroDivisionError):
        return text
    return str(value) if value.denominator == 1 else f"{float(value):.4g}"


def ruling_of(draft: Draft) -> Ruling:
    """The draft as what is to be signed."""
    signed = ("grades", "facts_found", "reasons", "citations", "shares", "form", "found")
    return Ruling(**{name: draft[name] for name in signed})


def refuse_unfit(draft: Draft, labels: list[str]) -> dict[str, str]:
    """What can be said about the grades while they are being chosen, at field `grades`."""
    grades = draft.get("grades", {})
    if set(grades) == set(labels) and not valid_multiset([Grade(g) for g in grades.values()]):
        return {"grades": _("These grades cannot stand together.")}
    return {}


def with_citation(draft: Draft, *, add: str = "", remove: str = "") -> Draft:
    """The draft with an article added or taken out; raises Invalid for what is no citation."""
    kept = [c for c in draft["citations"] if c != remove]
    if add:
        if not _citable(add):
            raise Invalid(
                _("There is no such article."), fields={"citations": _("There is no such article.")}
            )
        kept = [*(c for c in kept if c != add), add]
    return {**draft, "citations": kept[:MOST_CITATIONS]}
