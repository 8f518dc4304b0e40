"""Grades, shares and doubts in the reader's language, and the day whose law applies."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.desks.liability.grades import Grade
from kuaichu.desks.liability.share_tables import ShareTable
from kuaichu.desks.liability.shares import Basis
from kuaichu.kernel import clock
from kuaichu.kernel.clock import CHINA
from kuaichu.queries import paper_words


def day_of(case: Case) -> date:
    """The day of the accident in China: the day whose law applies."""
    return case.happened_at.astimezone(CHINA).date()


def today() -> date:
    """Today in China."""
    return clock.today()


def grade_name(grade: Grade) -> str:
    """The grade in the reader's language."""
    return grade.zh if _chinese() else grade.en


def grade_short(grade: Grade) -> str:
    """The same in one word, for a row of buttons."""
    return paper_words.grade_short(grade, chinese=_chinese())


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def percent(share: Fraction) -> str:
    """A share as per cent with at most one decimal: 70 %, 33.3 %."""
    value = share * 100
    shown = str(value) if value.denominator == 1 else f"{float(value):.1f}"
    return f"{shown}%"


def span(low: Fraction, high: Fraction) -> str:
    """What lies between two shares: 80–90%; empty where nothing is left open."""
    return "" if low == high else f"{percent(low).removesuffix('%')}–{percent(high)}"


def basis(code: Basis) -> str:
    """Where civil shares come from."""
    return {
        Basis.FIXED: _("fixed by the officer"),
        Basis.CUSTOM: _("customary shares by grade"),
        Basis.PROVINCE: _("the province's table"),
        Basis.INTENT: _("caused on purpose: the motor side bears nothing (Article 76)"),
        Basis.OPEN: _("not fixed by any table: to be agreed, mediated or decided by a court"),
    }[code]


def table(of: ShareTable) -> str:
    """Name and source of a table of shares."""
    return f"{of.zh if _chinese() else of.en} · {of.source}"


def confidence(code: str) -> str:
    """The engine's own doubt, in words."""
    return {
        "certain rule match": _("The rule fits with certainty"),
        "grades certain, details open": _("The grades are certain, details are open"),
        "rule match, the rule itself is not verified": _("A rule fits, but the rule itself is not verified"),
    }.get(code, code)
