"""What an officer decides, and whether it can be signed as it stands."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.desks.liability.apportioning import Kept, allowed, apportion, kept, kinds_of, on_purpose, outside
from kuaichu.desks.liability.grades import Grade, ShareRange, valid_multiset
from kuaichu.desks.liability.vocabulary import CollisionForm
from kuaichu.kernel import clock
from kuaichu.kernel.refusals import Invalid
from kuaichu.law.statutes import exists, parse


class Ruling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an officer decides: grade per label, facts found, articles, reasons.

    `shares` are civil shares the officer fixes, fractions as text by label; empty for the table's.
    """

    grades: dict[str, str]
    facts_found: str
    reasons: str
    citations: list[str]
    shares: dict[str, str] = {}
    form: str = ""
    found: dict[str, Any] = {}


def checked(case: Case, ruling: Ruling) -> tuple[dict[str, str], Kept]:
    """The grades and the three shares as they may be signed; raises Invalid naming each unusable field.

    Civil shares left open are those of the city's table for these grades and kinds of road users.
    """
    kinds = kinds_of(case.pk)
    wrong = _wrong_words(case, ruling)
    if set(ruling.grades) != set(kinds) or not set(ruling.grades.values()) <= set(Grade):
        wrong["grades"] = _("Choose a grade for each party.")
    elif not valid_multiset([Grade(g) for g in ruling.grades.values()]):
        wrong["grades"] = _("These grades cannot stand together.")
    fixed = _read(ruling.shares)
    if ruling.shares and (fixed is None or not _add_up(fixed, set(kinds))):
        wrong["shares"] = _("The shares must be between 0 and 100 % and add up to 100 %, or all be 0.")
    guilty = on_purpose(ruling.found)
    if fixed and not guilty and not wrong.keys() & {"grades", "shares"}:
        wrong |= _beyond(fixed, allowed(case.city, kinds, ruling.grades), ruling.grades)
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=wrong)
    settled = apportion(case.city, kinds, ruling.grades, fixed=fixed or None, on_purpose=guilty)
    return dict(ruling.grades), kept(settled)


def _wrong_words(case: Case, ruling: Ruling) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
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
    return wrong


def _read(shares: dict[str, str]) -> dict[str, Fraction] | None:
    try:
        return {label: Fraction(text) for label, text in shares.items()}
    except (ValueError, ZeroDivisionError):
        return None


def _add_up(shares: dict[str, Fraction], labels: set[str]) -> bool:
    fits = set(shares) == labels and all(0 <= one <= 1 for one in shares.values())
    return fits and sum(shares.values()) in (0, 1)


def _beyond(
    fixed: dict[str, Fraction], ranges: dict[str, ShareRange], grades: dict[str, str]
) -> dict[str, str]:
    """Why a fixed share cannot stand beside these grades, at field `shares`; empty when all can."""
    labels = outside(fixed, ranges, grades)
    if not labels:
        return {}
    text = _("With this grade the civil share of party %(label)s lies between %(low)s and %(high)s %%.")
    low, high = ranges[labels[0]].low * 100, ranges[labels[0]].high * 100
    return {"shares": text % {"label": labels[0], "low": f"{float(low):g}", "high": f"{float(high):g}"}}


def _cited(text: str, day: date) -> bool:
    try:
        return bool(exists(parse(text), day))
    except ValueError:
        return False
