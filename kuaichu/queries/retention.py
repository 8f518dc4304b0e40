"""How long a file must be kept, and what therefore can be deleted (domain: retention)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case
from kuaichu.desks.liability.models import Recheck
from kuaichu.desks.oversight.rules import rules
from kuaichu.kernel import clock

FREE = (Case.Status.WITHDRAWN,)
HOLDING = (Recheck.Kind.OBJECTION, Recheck.Kind.REVIEW)


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether the law wants the file kept: `until` is its last day, None when nothing stands against."""

    until: date | None
    why: str


def kept(case: Case) -> Kept:
    """The retention of a case: by its class, counted from the year after it ended (GA 40 rule)."""
    if case.status in FREE:
        return Kept(None, _("This report was taken back: nothing stands against deleting it."))
    injured = case.injury in ("slight", "serious", "death")
    own = rules(case.city)
    plain = own.keep_general_years if case.status == Case.Status.HANDED_OVER else own.keep_summary_years
    years = own.keep_injury_years if injured else plain
    ended = (case.closed_at or case.opened_at).astimezone(clock.CHINA).year
    last = date(ended + years, 12, 31)
    if _pending(case):
        return Kept(
            max(last, clock.today()), _("A review or an objection is open: the file is kept meanwhile.")
        )
    if last < clock.today():
        return Kept(None, _("The time for which this file had to be kept is over."))
    return Kept(last, _("The rules for traffic accident files want this file kept until then."))


def _pending(case: Case) -> bool:
    """Whether somebody still decides about the case anew: a legal hold, whatever the period says."""
    over = (Recheck.Status.DONE, Recheck.Status.ENDED)
    return Recheck.objects.filter(case=case, kind__in=HOLDING).exclude(status__in=over).exists()
