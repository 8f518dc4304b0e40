"""The packet in the words of the page: both vehicles side by side, grades, pictures."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.questions import QUESTIONS
from kuaichu.queries.claim_money import recoveries
from kuaichu.queries.claim_words import citation_names, cover_name, insurer_names
from kuaichu.queries.fact_words import shot_name
from kuaichu.queries.timeline import collapsed, timeline


def shown(claim: dict[str, Any]) -> dict[str, Any]:
    """What the templates show beside the packet itself."""
    by_label = {one["label"]: one for one in claim["parties"]}
    vehicles = claim["vehicles"]
    return {
        "heads": [_("Party %(label)s") % {"label": v["label"]} for v in vehicles],
        "compared": _compared(vehicles, by_label, claim["liability"]),
        "photos": [_photo(one) for one in claim["photos"]],
        "reasons": _reasons(claim["liability"]),
        "policies": [
            {"label": v["label"], "plate": v["plate"], **policy, "cover": cover_name(policy["cover"])}
            for v in vehicles
            for policy in v["policies"]
        ],
        "cited": citation_names((claim["liability"] or {}).get("citations", [])),
        **shown_live(claim),
    }


def shown_live(claim: dict[str, Any]) -> dict[str, Any]:
    """What the part of the page that changes shows beside the packet: names in place of codes."""
    lines = (claim["calculation"] or {}).get("lines", [])
    names = insurer_names(row["insurer"] for row in [*claim["assessments"], *lines])
    return {
        "assessed": [{**row, "insurer": names.get(row["insurer"], "")} for row in claim["assessments"]],
        "paying": [
            {
                **line,
                "cover": cover_name(line["cover"]),
                "insurer": names.get(line["insurer"], ""),
                "citations": citation_names(line["citations"]),
            }
            for line in lines
        ],
        "recoveries": recoveries(claim["claim_id"]),
        "happened": collapsed(timeline(claim["case_id"], newest_first=True)),
    }


def word(key: str, value: object) -> str:
    """An answer of a statement in the reader's language (`movement`, `zone`)."""
    choices = dict(QUESTIONS[key].choices)
    return _(choices[value]) if value in choices else "—"  # type: ignore[index]


def grade_words(grade: str) -> str:
    """The name of a grade of liability."""
    found = Grade(grade)
    return found.en if (get_language() or "").startswith("en") else found.zh


def percent(share: str) -> str:
    """A share as a percentage: 7/10 → 70 %, a third → 33.33 %."""
    exact = Fraction(share) * 100
    return f"{exact} %" if exact.denominator == 1 else f"{float(exact):.2f} %"


def _share(shares: dict[str, str], label: str) -> str:
    return percent(shares[label]) if label in shares else "—"


def _compared(
    vehicles: list[dict[str, Any]], parties: dict[str, dict[str, Any]], liability: dict[str, Any] | None
) -> list[dict[str, Any]]:
    grades = (liability or {}).get("grades", {})
    civil, clearing = ((liability or {}).get(f"{name}_shares", {}) for name in ("civil", "clearing"))
    people = [parties[v["label"]] for v in vehicles]
    return [
        {
            "label": _("Liability"),
            "values": [grade_words(g) if (g := grades.get(v["label"])) else "—" for v in vehicles],
        },
        {"label": _("Civil share"), "values": [_share(civil, v["label"]) for v in vehicles]},
        {"label": _("Clearing share"), "values": [_share(clearing, v["label"]) for v in vehicles]},
        {"label": _("Driver"), "values": [p["name"] or "—" for p in people]},
        {"label": _("Phone"), "values": [p["phone"] or "—" for p in people]},
        {"label": _("Identity number"), "values": [p["id_number"] or "—" for p in people]},
        {"label": _("Licence"), "values": [_licence(p["licence"]) for p in people]},
        {"label": _("Plate"), "values": [v["plate"] or "—" for v in vehicles]},
        {"label": _("Vehicle"), "values": [f"{v['brand']} {v['model']}".strip() or "—" for v in vehicles]},
        {"label": _("VIN"), "values": [v["vin"] or "—" for v in vehicles]},
        {"label": _("Owner"), "values": [v["owner"] or "—" for v in vehicles]},
        {"label": _("Inspection until"), "values": [v["inspection_until"] or "—" for v in vehicles]},
        {
            "label": _("Movement"),
            "values": [word("movement", p["statement"].get("movement")) for p in people],
        },
        {"label": _("Contact zone"), "values": [word("zone", p["statement"].get("zone")) for p in people]},
    ]


def _licence(licence: dict[str, Any]) -> str:
    parts = [str(licence.get(name, "")) for name in ("classes", "valid_until", "status")]
    return " · ".join(part for part in parts if part) or "—"


def _photo(one: dict[str, Any]) -> dict[str, Any]:
    flags = {
        "taken_before_accident": _("Taken before the accident"),
        "taken_in_future": _("Its time lies in the future"),
    }
    return {
        **one,
        "name": shot_name(one["shot"]),
        "by": _("Party %(label)s") % {"label": one["label"]} if one["label"] else "",
        "flag": next((flags[code] for code in one["remarks"] if code in flags), ""),
    }


def _reasons(liability: dict[str, Any] | None) -> list[str]:
    if liability is None:
        return []
    english = (get_language() or "").startswith("en")
    rules = [f"{one['label']} · {one['en' if english else 'zh']}" for one in liability["rules"]]
    return [text for text in (liability["facts_found"], liability["reasons"]) if text] or rules
