"""The ruling as a form: what it begins with, how it is read, kept and handed to the verb."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kuaichu.desks.liability.apportioning import allowed, apportion, on_purpose
from kuaichu.desks.liability.grades import Grade, valid_multiset
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.desks.liability.shares import ThreeShares
from kuaichu.desks.liability.vocabulary import UserKind
from kuaichu.kernel.refusals import Invalid
from kuaichu.law.statutes import parse
from kuaichu.portals.police import wording
from kuaichu.queries import paper_words
from kuaichu.queries.officer_case import OfficerCase

Draft = dict[str, Any]
Settled = ThreeShares | None
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
        "shares": {} if chosen else _unusual(found, grades, proposal.get("shares", {})),
        "form": form,
        "facts_found": paper_words.narrative(found.case, found.pairs, form, kept),
        "reasons": paper_words.reasons({**proposal, "grades": grades}, found.parties),
        "citations": list(proposal.get("citations", [])),
        "found": kept,
    }


def _unusual(found: OfficerCase, grades: dict[str, str], shares: dict[str, str]) -> dict[str, str]:
    """Only the civil shares that differ from the city's table for these grades."""
    return {} if shares == _usual(found, grades) else dict(shares)


def _usual(found: OfficerCase, grades: dict[str, str]) -> dict[str, str]:
    return {k: str(v) for k, v in settled.civil().items()} if (settled := _settled(found, grades)) else {}


def _settled(found: OfficerCase, grades: dict[str, str], shares: dict[str, str] | None = None) -> Settled:
    """The three shares that would be signed; None while the grades or the shares do not fit together."""
    kinds = {label: UserKind(vehicle.kind) for label, vehicle in found.vehicles.items()}
    fit = set(grades) == set(kinds) and set(grades.values()) <= set(Grade)
    if not fit or not valid_multiset([Grade(g) for g in grades.values()]):
        return None
    try:
        fixed = {label: Fraction(text) for label, text in (shares or {}).items()}
        return apportion(found.case.city, kinds, grades, fixed=fixed, on_purpose=on_purpose(_found(found)))
    except (ValueError, ZeroDivisionError):
        return None


def _found(found: OfficerCase) -> dict[str, Any]:
    return dict((found.row.draft or {}).get("found", {}))


def shares_shown(draft: Draft, found: OfficerCase) -> dict[str, str]:
    """The civil shares that would be signed, as per cent by label; empty while they are open or unfit."""
    settled = _settled(found, draft.get("grades", {}), draft.get("shares"))
    return {label: wording.percent(share) for label, share in settled.civil().items()} if settled else {}


@dataclass(frozen=True, slots=True)
class Three:
    """The three shares of one party in words; `within` is what the table or the grade leaves open."""

    label: str
    grade: str
    clearing: str
    civil: str
    within: str


def three_shown(draft: Draft, found: OfficerCase) -> dict[str, Any]:
    """Grade, clearing share and civil share of each party, and the rule they come from; empty while unfit."""
    grades = draft.get("grades", {})
    settled = _settled(found, grades, draft.get("shares"))
    if settled is None:
        return {}
    kinds = {label: UserKind(vehicle.kind) for label, vehicle in found.vehicles.items()}
    ranges = allowed(found.case.city, kinds, grades)
    rows = [
        Three(
            label,
            wording.grade_name(one.grade),
            wording.percent(one.clearing),
            _("not fixed yet") if one.civil is None else wording.percent(one.civil),
            wording.span(ranges[label].low, ranges[label].high),
        )
        for label, one in settled.parties.items()
    ]
    return {"rows": rows, "basis": wording.basis(settled.basis), "table": wording.table(settled.table)}


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
