"""What is shown of an inquiry: to the police in full, to parties and insurers in words about the accident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kuaichu.cases.models import Case, Party
from kuaichu.cases.watch.marks import watched
from kuaichu.desks.risk import inquiries
from kuaichu.desks.risk.models import Inquiry, InquiryAnswer
from kuaichu.desks.risk.words import for_staff, shown_to
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.prepared import find
from kuaichu.queries import looks


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign in words; `label` whom it concerns, `earlier` the accidents it is about: number and day."""

    text: str
    label: str
    points: int
    earlier: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An inquiry as its reader sees it."""

    row: Inquiry
    signs: tuple[Sign, ...]
    answers: tuple[InquiryAnswer, ...]


def waiting(actor: Actor, *, most: int = 100) -> list[Inquiry]:
    """The open inquiries of the police's city, the most urgent first."""
    rows = Inquiry.objects.filter(city=actor.city, status=Inquiry.Status.OPEN).select_related("case")
    return list(rows.order_by("due_at", "pk")[:most])


def lately(actor: Actor, *, most: int = 20) -> list[Inquiry]:
    """The inquiries that ended last."""
    rows = Inquiry.objects.filter(city=actor.city).exclude(status=Inquiry.Status.OPEN)
    return list(rows.select_related("case").order_by("-decided_at")[:most])


def inquiry(actor: Actor, inquiry_id: UUID) -> Shown:
    """One inquiry for who decides on it; the look is noted. Raises NotFound."""
    row = inquiries.own_inquiry(actor, inquiry_id)
    looks.note(actor, row.case_id, "risk")
    answers = InquiryAnswer.objects.filter(inquiry=row).select_related("party").order_by("at")
    return Shown(row, signs_of(row, numbers=True), tuple(answers))


def signs_of(row: Inquiry, *, numbers: bool) -> tuple[Sign, ...]:
    """The signs in words for staff; earlier accidents of the city by number only for the police."""
    told = {str(pk) for sign in row.signs for pk in sign["inputs"].get("cases", ())} if numbers else set()
    found = Case.objects.filter(pk__in=told, city=row.city).values_list("pk", "number", "happened_at")
    cases = {str(pk): (number, at.astimezone(CHINA).date()) for pk, number, at in found}
    return tuple(
        Sign(
            for_staff(sign), sign["label"], sign["points"],
            tuple(cases[pk] for pk in sign["inputs"].get("cases", ()) if pk in cases),
        )
        for sign in row.signs
    )  # fmt: skip


def newest_signs(case: Case) -> tuple[Inquiry, tuple[Sign, ...]] | None:
    """What is being looked at on a case, for an officer's or insurer's page; None when nothing is."""
    row = inquiries.going(case.pk) if watched(case) else None
    return None if row is None else (row, signs_of(row, numbers=False))


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a party sees: the inquiry, what is said of its own part and of the accident, its own answers."""

    row: Inquiry
    texts: list[str]
    answers: list[InquiryAnswer]


def noticed(party: Party) -> Noticed | None:
    """What was noticed, for this party; None when nothing was."""
    row = inquiries.newest(party.case_id)
    if row is None:
        return None
    answers = find(InquiryAnswer, "at", inquiry_id=row.pk, party_id=party.pk)
    return Noticed(row, shown_to(row.signs, party.label), answers)
