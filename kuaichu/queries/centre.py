"""The remote centre at this moment: its big screen, and today's calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case, Party
from kuaichu.desks.liability.models import Determination
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.people.masks import mask_phone
from kuaichu.people.models import Account
from kuaichu.queries.clearing import TimeToClear, time_to_clear
from kuaichu.queries.queue import Status, day_start, insist_staff, median_of, minutes


@dataclass(frozen=True, slots=True)
class Leg:
    """How long one stretch of the way took today: median minutes over `n` cases that finished it today."""

    name: str
    minutes: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Post:
    """One officer now: what is held since when, and how many were signed today."""

    account: Account
    since: datetime | None
    signed: int


@dataclass(frozen=True, slots=True)
class Wall:
    """The figures of the big screen."""

    waiting: int
    overdue: int
    oldest: datetime | None
    posts: list[Post]
    legs: list[Leg]
    reported: int
    decided: int
    handed: int
    clearing: TimeToClear


def wall(viewer: Actor) -> Wall:
    """The centre at this moment; raises NotAllowed for who does not work there."""
    insist_staff(viewer)
    rows = Determination.objects.filter(city=viewer.city)
    waits = list(rows.filter(status=Status.WAITING).values_list("requested_at", "due_at"))
    start, now = day_start(), clock.now()
    today = list(rows.select_related("case").filter(status=Status.SIGNED, signed_at__gte=start))
    return Wall(
        waiting=len(waits),
        overdue=sum(due < now for _since, due in waits),
        oldest=min((since for since, _due in waits), default=None),
        posts=_posts(viewer.city, today),
        legs=_legs(today),
        reported=Case.objects.filter(city=viewer.city, opened_at__gte=start).count(),
        decided=len(today),
        handed=Entry.objects.filter(city=viewer.city, kind="cases.handed_over", at__gte=start).count(),
        clearing=time_to_clear(viewer.city, start),
    )


def _posts(city: str, signed: list[Determination]) -> list[Post]:
    staff = Account.objects.filter(organisation__city=city, is_active=True).order_by("badge", "username")
    taken = Determination.objects.filter(city=city, status=Status.TAKEN).values_list("officer_id", "taken_at")
    since = dict(taken)
    done = [row.officer_id for row in signed]
    return [Post(a, since.get(a.pk), done.count(a.pk)) for a in staff if "determination_officer" in a.roles]


def _legs(rows: list[Determination]) -> list[Leg]:
    spans = {
        _("report to request"): [minutes(r.case.opened_at, r.requested_at) for r in rows],
        _("request to officer"): [minutes(r.requested_at, r.taken_at) for r in rows if r.taken_at],
        _("officer to signature"): [
            minutes(r.taken_at, r.signed_at) for r in rows if r.taken_at and r.signed_at
        ],
        _("report to signature"): [minutes(r.case.opened_at, r.signed_at) for r in rows if r.signed_at],
    }
    return [Leg(name, median_of(values), len(values)) for name, values in spans.items()]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of today and what became of it; the phone is masked."""

    case: Case
    phone: str
    joined: bool


def calls(viewer: Actor) -> list[Call]:
    """Today's accidents reported by telephone, newest first; raises NotAllowed."""
    insist_staff(viewer)
    rows = Party.objects.select_related("case").filter(
        case__city=viewer.city, case__source="call", case__opened_at__gte=day_start(), label="A"
    )
    newest = rows.order_by("-case__opened_at")[:50]
    return [Call(p.case, mask_phone(p.phone), p.status != Party.Status.INVITED) for p in newest]
