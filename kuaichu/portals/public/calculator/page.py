"""Who pays what: anybody may try it, nothing is kept. The address is the whole input."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.claims.payout.case import Incalculable, LossCase
from kuaichu.desks.claims.payout.computing import compute
from kuaichu.desks.claims.payout.ctali import Bucket
from kuaichu.desks.claims.payout.plan import Cover, PayerKind, PayoutLine, PayoutPlan, explain
from kuaichu.desks.claims.payout.rules import RULE_TEXT
from kuaichu.kernel import clock
from kuaichu.kernel.clock import CHINA
from kuaichu.portals.public.calculator.forms import LABELS, AccidentForm, RiderForm, VehicleForm, loss_case

FIRST = {"loss": "3500", "grade": "FULL", "ctali": "on", "tpl": "1000000", "mod": "on"}
OTHER = {**FIRST, "loss": "2600", "grade": "NONE"}
RIDER = {"grade": "NONE", "medical": "2000"}


@dataclass(frozen=True)
class Row:
    """One line of the answer, in words."""

    who: str
    cover: str
    fen: int
    bucket: str
    why: str
    citations: str


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """The form, and the answer when it was filled in."""
    given = request.GET
    accident = AccidentForm(given if given else None, initial=_usual())
    count = _count(given)
    cars = [_car(given, label, number) for number, label in enumerate(LABELS[:count])]
    rider = RiderForm(_part(given, "R-", RIDER), prefix="R") if given.get("rider") else None
    context: dict[str, Any] = {"accident": accident, "cars": cars, "rider": rider, "asked": "go" in given}
    forms = [accident, *(form for _, form in cars), *([rider] if rider else [])]
    if context["asked"] and all(form.is_valid() for form in forms):
        found = rider.cleaned_data if rider else None
        case = loss_case(accident.cleaned_data, [form.cleaned_data for _, form in cars], found)
        context |= answer(case)
    return render(request, "public/calculator/page.html", context)


def answer(case: LossCase) -> dict[str, Any]:
    """The plan as rows by who is paid, and what each pays in all; or the reason why it cannot be."""
    try:
        plan = compute(case)
    except Incalculable as wrong:
        return {"wrong": wrong.message}
    to: dict[str, list[Row]] = defaultdict(list)
    for line in plan.lines:
        to[line.to].append(_row(line))
    return {
        "plan": plan,
        "to": [(label, _name(label), rows, sum(row.fen for row in rows)) for label, rows in to.items()],
        "by": _by(plan),
        "total": sum(line.fen for line in plan.lines),
        "refused": [_(RULE_TEXT[key]) for key in plan.refusals],
    }


def _usual() -> dict[str, Any]:
    return {"day": clock.now().astimezone(CHINA).date(), "cars": 2}


def _count(given: QueryDict) -> int:
    """How many vehicles the page asks about."""
    text = given.get("cars", "2")
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= len(LABELS) else 2


def _car(given: QueryDict, label: str, number: int) -> tuple[str, VehicleForm]:
    """The form of one vehicle; one that was not there yet begins as the usual one."""
    return label, VehicleForm(_part(given, f"{label}-", OTHER if number else FIRST), prefix=label)


def _part(given: QueryDict, prefix: str, usual: dict[str, str]) -> QueryDict | dict[str, str]:
    """What was given for this part, else what is usual."""
    if any(name.startswith(prefix) for name in given):
        return given
    return {f"{prefix}{name}": value for name, value in usual.items()}


def _row(line: PayoutLine) -> Row:
    return Row(
        who=_payer(line),
        cover=_cover(line.cover),
        fen=line.fen,
        bucket=_bucket(line.bucket),
        why=explain(line, _),
        citations=", ".join(one for one in line.citations if not one.startswith("S:")),
    )


def _payer(line: PayoutLine) -> str:
    if line.insurer is not None:
        return _("Insurer of %(label)s") % {"label": line.insurer}
    return _name(line.from_party if line.payer is PayerKind.PERSONAL else line.to)


def _by(plan: PayoutPlan) -> list[tuple[str, int]]:
    """What each insurer or person pays in all."""
    sums: dict[str, int] = defaultdict(int)
    for line in plan.lines:
        sums[_payer(line)] += line.fen
    return sorted(sums.items())


def _name(label: str) -> str:
    """A, A1, R or P in words."""
    if label == "R":
        return _("Rider or pedestrian")
    if label == "P":
        return _("Owner of the property")
    if len(label) == 1:
        return _("Vehicle %(label)s") % {"label": label}
    words = {"1": _("Driver of %(label)s"), "2": _("Passenger of %(label)s")}
    return words[label[1]] % {"label": label[0]}


def _cover(cover: Cover) -> str:
    return {
        Cover.CTALI: _("Compulsory insurance"),
        Cover.NF_SUBSTITUTE: _("No-fault part, paid in place of the others"),
        Cover.TPL: _("Third-party insurance"),
        Cover.MOD: _("Own-damage insurance"),
        Cover.SEATS: _("Insurance for people in the car"),
        Cover.PERSONAL: _("Personally"),
        Cover.OWN_BORNE: _("Bears it"),
    }[cover]


def _bucket(bucket: Bucket) -> str:
    return {
        Bucket.PROPERTY: _("Property"),
        Bucket.MEDICAL: _("Treatment"),
        Bucket.DEATH_DISABILITY: _("Income, care, disability"),
    }[bucket]
