"""What an officer decides, and whether it can be signed as it stands."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.desks.liability.grades import Grade, default_shares, valid_multiset
from kuaichu.desks.liability.vocabulary import CollisionForm
from kuaichu.kernel import clock
from kuaichu.kernel.refusals import Invalid
from kuaichu.law.statutes import exists, parse


class Ruling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an officer decides: grade per label, facts found, articles, reasons."""

    grades: dict[str, str]
    facts_found: str
    reasons: str
    citations: list[str]
    shares: dict[str, str] = {}
    form: str = ""
    found: dict[str, Any] = {}


def checked(case: Case, ruling: Ruling) -> tuple[dict[str, str], dict[str, str]]:
    """The grades and shares as they may be signed; raises Invalid naming each field that cannot be used.

    Shares left open are the customary ones of the grades (fractions as text, by label).
    """
    wrong: dict[str, Any] = {}
    labels = [p.label for p in files.parties(case.pk)]
    if set(ruling.grades) != set(labels) or not set(ruling.grades.values()) <= set(Grade):
        wrong["grades"] = _("Choose a grade for each party.")
    elif not valid_multiset([Grade(g) for g in ruling.grades.values()]):
        wrong["grades"] = _("These grades cannot stand together.")
    if len(ruling.reasons.strip()) < 4:
        wrong["reasons"] = _("Write the reasons.")
    if len(ruling.facts_found.strip()) < 10:
        wrong["facts_found"] = _("Describe the facts found.")
    day = case.happened_at.astimezone(clock.CHINA).date()
    bad = [c for c in ruling.citations if not _cited(c, day)]
    if bad or not ruling.citations:
        wrong["citations"] = _("Name at least one article that was in force on the day of the accident.")
    if ruling.form and ruling.form not in set(CollisionForm):
        wrong["form"] = _("Choose one of the forms of collision.")
    if ruling.shares and not _add_up(ruling.shares, labels):
        wrong["shares"] = _("The shares must be between 0 and 100 % and add up to 100 %, or all be 0.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=wrong)
    shares = ruling.shares or {
        label: str(share)
        for label, share in default_shares({k: Grade(v) for k, v in ruling.grades.items()}).items()
    }
    return dict(ruling.grades), dict(shares)


def _add_up(shares: dict[str, str], labels: list[str]) -> bool:
    try:
        given = [Fraction(text) for text in shares.values()]
    except (ValueError, ZeroDivisionError):
        return False
    return set(shares) == set(labels) and all(0 <= one <= 1 for one in given) and sum(given) in (0, 1)


def _cited(text: str, day: date) -> bool:
    try:
        return bool(exists(parse(text), day))
    except ValueError:
        return False
