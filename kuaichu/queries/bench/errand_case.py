"""A case as a post of the centre sees it for its errand: people, phones, periods, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.desks.centre import errands
from kuaichu.desks.centre.models import Errand
from kuaichu.kernel.actors import Actor
from kuaichu.people.models import Account
from kuaichu.queries import looks
from kuaichu.queries.deadlines import Row, periods_of

PURPOSE = "errand"


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody at the post did."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class ErrandCase:
    """An errand with its case."""

    errand: Errand
    case: Case
    why: str
    pairs: list[tuple[Party, Vehicle]]
    periods: list[Row]
    notes: list[Note]


def errand_case(viewer: Actor, errand_id: UUID) -> ErrandCase:
    """The errand of the viewer's post; the look is noted. Raises NotFound for any other."""
    row = errands.own(viewer, errand_id)
    case = files.case(row.case_id)
    looks.note(viewer, case.pk, PURPOSE)
    vehicles = files.vehicles(case.pk)
    names = dict(
        Account.objects.filter(pk__in={one["by"] for one in row.notes}).values_list("pk", "display_name")
    )
    return ErrandCase(
        errand=row,
        case=case,
        why=why_words(row.why),
        pairs=[(party, vehicles[party.label]) for party in files.parties(case.pk)],
        periods=periods_of(case),
        notes=[
            Note(datetime.fromisoformat(one["at"]), names.get(UUID(one["by"]), ""), one["words"])
            for one in row.notes
        ],
    )


def why_words(why: str) -> str:
    """Why a post was called in."""
    return {
        "hurt": _("somebody is hurt"),
        "stuck": _("a vehicle cannot move"),
        "asked": _("an officer asks for it"),
        "handed_on": _("handed on by another post"),
    }.get(why, why)
