"""Pages of a part with one form and one verb behind it: send, see what is wrong at its field, or go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen.holding import Held
from kuaichu.portals.citizen.steps.plan import blame


def done(
    request: HttpRequest, form: Form, verb: Callable[[dict[str, Any]], object], *, words: str, to: str
) -> HttpResponse | None:
    """Do what a valid form asks for, and say so in `words` on the page `to`; None to show the page.

    `verb` takes the cleaned fields. What it finds Invalid stands at its field; other refusals go on.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        verb(form.cleaned_data)
    except Invalid as refusal:
        blame(form, refusal)
        return None
    messages.success(request, words)
    return redirect(to)


def page(
    request: HttpRequest, held: Held, template: str, form: Form, context: dict[str, Any]
) -> HttpResponse:
    """The page with its form; 422 when what was sent cannot be used."""
    told = {"held": held, "home_url": held.url("home"), "form": form} | context
    wrong = form.is_bound and not form.is_valid()
    return render(request, template, told, status=422 if wrong else 200)
