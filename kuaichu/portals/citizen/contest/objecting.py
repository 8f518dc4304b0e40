"""I do not agree: an objection in two minutes, the other side's answer, and what came of both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.desks.liability.determinations import alive_determination
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.rechecks import objections, reviews
from kuaichu.desks.liability.rechecks.objections import GROUNDS, Objection
from kuaichu.desks.liability.rechecks.reviews import Application
from kuaichu.desks.liability.rechecks.taking import ALIVE
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import clock
from kuaichu.kernel.workdays import reckon
from kuaichu.portals.citizen.contest.one_form import done, page
from kuaichu.portals.citizen.holding import Held, held_part, sent

OUTCOMES = {
    "upheld": gettext_lazy("The determination stands."),
    "upheld_corrected": gettext_lazy("It stands after a harmless flaw was put right."),
    "redetermine": gettext_lazy("It is determined anew."),
    "not_accepted": gettext_lazy("The application was not accepted; the notice says why."),
    "terminated": gettext_lazy("The application was taken back."),
    "rejected": gettext_lazy("The second officer found the determination right."),
}


class ObjectionForm(forms.Form):
    """What is wrong, and in own words why."""

    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=lambda: [(code, words()) for code, words in GROUNDS.items()],
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Say it in your own words"),
        help_text=gettext_lazy("Where does one see it? Name the photograph or the answer."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
    )


class AnswerForm(forms.Form):
    """An answer to the other party's objection."""

    words = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=1000, widget=forms.Textarea({"rows": 4})
    )


class ReviewForm(forms.Form):
    """The written application (D146 Art. 71): request, reasons, main evidence."""

    request = forms.CharField(
        label=gettext_lazy("What do you ask for?"),
        max_length=500,
        initial=gettext_lazy("I ask to withdraw the determination and to determine liability anew."),
        widget=forms.Textarea({"rows": 2}),
    )
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("What is wrong?"),
        choices=lambda: [(code, words()) for code, words in GROUNDS.items()],
        error_messages={"required": gettext_lazy("Choose at least one.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Your reasons"), max_length=2000, widget=forms.Textarea({"rows": 5})
    )
    evidence = forms.CharField(
        label=gettext_lazy("Your main evidence"),
        help_text=gettext_lazy(
            "Photographs, witnesses, recordings; what is in the file need not be sent again."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )


@held_part("GET", "POST")
def objection(request: HttpRequest, held: Held) -> HttpResponse:
    """Object, answer, or read what came of it."""
    stands = signed(held)
    row = (
        Recheck.objects.filter(case=held.case, kind=Recheck.Kind.OBJECTION).order_by("-requested_at").first()
    )
    mine = row is not None and row.party_id == held.party.pk
    open_one = row is not None and row.status in ALIVE
    answering = open_one and not mine
    may = stands is not None and not open_one and not (row and row.determination_id == stands.pk)
    form = (AnswerForm if answering else ObjectionForm)(sent(request))
    words = _("Sent. A second officer looks at it; you are told what comes of it.")
    if (answering or may) and (gone := done(
        request, form, lambda told: _send(held, told, answering=answering),
        words=words, to=held.url("objection"),
    )):  # fmt: skip
        return gone
    context = {
        "row": row,
        "mine": mine,
        "open_one": open_one,
        "answering": answering,
        "may": may,
        "grounds": [GROUNDS[g]() for g in row.told.get("grounds", []) if g in GROUNDS] if row else [],
        "own_answer": row.told.get("answers", {}).get(held.party.label, "") if row else "",
        "until": reckon(stands.signed_at, working_days=rules(held.case.city).objection_days)
        if stands is not None and stands.signed_at
        else None,
    }
    return _show(request, held, "objection", form, context)


def _send(held: Held, told: dict[str, Any], *, answering: bool) -> None:
    if answering:
        objections.answer(held.actor, held.case.pk, words=told["words"])
    else:
        objections.object_to(held.actor, held.case.pk, Objection(told["grounds"], told["words"]))


@held_part("GET", "POST")
def review(request: HttpRequest, held: Held) -> HttpResponse:
    """Apply to the next higher unit, take it back, or read the conclusion."""
    stands = signed(held)
    rows = Recheck.objects.filter(case=held.case, kind=Recheck.Kind.REVIEW).order_by("-requested_at")
    row = rows.first()
    mine = row is not None and row.party_id == held.party.pk
    open_one = row is not None and row.status in ALIVE
    if request.method == "POST" and "take_back" in request.POST:
        reviews.take_back(held.actor, held.case.pk)
        messages.success(request, _("Taken back. The review ends."))
        return redirect(held.url("review_ask"))
    form = ReviewForm(sent(request))
    may = stands is not None and row is None
    words = _("Your application has arrived. The higher unit answers in writing.")
    if may and (gone := done(
        request, form, lambda told: reviews.apply(held.actor, held.case.pk, Application(**told)),
        words=words, to=held.url("review_ask"),
    )):  # fmt: skip
        return gone
    until = reviews.apply_until(stands, held.party.label) if stands is not None else None
    late = until is not None and clock.now() > until.at
    context = {"row": row, "mine": mine, "open_one": open_one, "may": may, "until": until, "late": late}
    return _show(request, held, "review", form, context)


def signed(held: Held) -> Determination | None:
    """The determination in force, None without one."""
    row = alive_determination(held.case.pk)
    return row if row is not None and row.status == Determination.Status.SIGNED else None


def contestable(held: Held, row: Determination | None) -> dict[str, datetime] | None:
    """Until when this party may object and apply for review; None while there is nothing to contest."""
    if row is None or row.signed_at is None:
        return None
    days = rules(held.case.city).objection_days
    return {
        "objection": reckon(row.signed_at, working_days=days).at,
        "review": reviews.apply_until(row, held.party.label).at,
    }


def _show(
    request: HttpRequest, held: Held, name: str, form: forms.Form, context: dict[str, Any]
) -> HttpResponse:
    row = context["row"]
    shared = {
        "outcome": OUTCOMES.get(row.outcome, "") if row else "",
        "done": row is not None and row.status in (Recheck.Status.DONE, Recheck.Status.ENDED),
    }
    return page(request, held, f"citizen/contest/{name}.html", form, shared | context)
