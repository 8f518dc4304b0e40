"""Which steps a party walks through, which are done, and where to go on: progress that is always true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases.helping import answered_for
from kuaichu.cases.models import Party
from kuaichu.cases.parties import driver_known
from kuaichu.cases.screening import expected
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen.holding import Held, again
from kuaichu.portals.citizen.offline.road import kept_by_phone
from kuaichu.portals.citizen.together.shared import sharing


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its address name, its title and when it is done."""

    key: str
    title: Promise
    done: Callable[[Held], bool]


def _placed(held: Held) -> bool:
    return bool(held.case.place and held.case.weather and held.case.light)


def _vehicle(held: Held) -> bool:
    named = held.vehicle.kind != "MV" or bool(held.vehicle.plate)
    return named and driver_known(held.party, held.vehicle)


def _photographed(held: Held) -> bool:
    shots = {p.shot for p in held.photos}
    wanted = set(held.rules.shots)
    return wanted <= shots if held.first else any(p.party_id == held.party.pk for p in held.photos)


def _told(held: Held) -> bool:
    touched = held.party.statement.get("zone") or held.vehicle.kind == "PEDESTRIAN"
    return bool(held.party.statement.get("movement") and touched)


def _invited(held: Held) -> bool:
    return len(held.parties) >= expected(held.case)


def _confirmed(held: Held) -> bool:
    return held.party.status == Party.Status.CONFIRMED


STEPS: Final = {
    step.key: step
    for step in (
        Step("safety", gettext_lazy("Safety"), lambda held: bool(held.case.injury)),
        Step("place", gettext_lazy("Place and time"), _placed),
        Step("checks", gettext_lazy("Quick check"), lambda held: "alcohol_suspected" in held.case.triage),
        Step("vehicle", gettext_lazy("My vehicle"), _vehicle),
        Step("phone", gettext_lazy("My phone"), lambda held: answered_for(held.party)),
        Step("photos", gettext_lazy("Photographs"), _photographed),
        Step("struck", gettext_lazy("What was hit"), lambda held: bool(held.case.struck)),
        Step("happened", gettext_lazy("What happened"), _told),
        Step("other", gettext_lazy("Other party"), _invited),
        Step("review", gettext_lazy("Check and confirm"), _confirmed),
    )
}
FIRST: Final = ("safety", "place", "checks", "vehicle", "phone", "photos", "happened", "other", "review")
OTHER: Final = ("vehicle", "happened", "photos", "review")
URGENT: Final = ("place", "vehicle", "phone", "photos")
"""What may be told while people are hurt or a crime is looked into, if it is safe; officers ask the rest."""


def plan(held: Held) -> list[Step]:
    """The steps of this party, in order: the road of this accident."""
    if held.handed and held.case.outcome != "police_on_site":
        return [STEPS[key] for key in URGENT if held.first or key != "place"]
    keys = list(FIRST if held.first else OTHER)
    if held.first and held.many:  # who was there is known before it can be told who touched whom
        keys.remove("other")
        keys.insert(keys.index("happened"), "other")
    if held.first and held.case.triage.get("facility_hit"):
        keys.insert(keys.index("photos") + 1, "struck")
    alone = held.case.triage.get("single_vehicle") and held.other is None
    return [STEPS[key] for key in keys if not (alone and key == "other")]


def onward(held: Held, key: str) -> str:
    """Where to go after step `key`: the next that is not done, counting round; at the end the case's page."""
    if not held.open:
        return held.url("home")
    steps = plan(held)
    here = next((i for i, step in enumerate(steps) if step.key == key), -1)
    for step in (*steps[here + 1 :], *steps[: here + 1]):
        if not step.done(held):
            return held.url(step.key)
    return held.url("home")


def go_on(held: Held, key: str) -> HttpResponse:
    """Redirect to where it goes on after `key` was saved."""
    return redirect(onward(again(held), key))


def show(
    request: HttpRequest,
    held: Held,
    key: str,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    back: str = "",
) -> HttpResponse:
    """The page of a step with its progress; 422 when a form in the context is not good."""
    given = dict(context or {})
    form = given.get("form")
    wrong = (isinstance(form, Form) and form.is_bound and not form.is_valid()) or given.get("wrong")
    given |= {
        "held": held,
        "hands": sharing(request, held.party),
        "home_url": held.url("home"),
        "back": back or _before(held, key),
        "clear_told": key != "photos",
        "keep": kept_by_phone(request, held, key, [step.key for step in plan(held)], _done(held)),
        **progress(held, key),
    }
    page = template if "/" in template else f"steps/{template}"
    return render(request, f"citizen/{page}.html", given, status=422 if wrong else 200)


def _done(held: Held) -> list[str]:
    return [step.key for step in plan(held) if step.done(held)]


def progress(held: Held, key: str) -> dict[str, Any]:
    """What the progress bar shows: a step is done when what it asks for is there, not when it was passed."""
    steps, rows, here = plan(held), [], 0
    for number, step in enumerate(steps, start=1):
        done = step.done(held)
        state = "now" if step.key == key else "done" if done else "todo"
        here = number if step.key == key else here
        url = held.url(step.key) if state == "done" else ""
        rows.append({"key": step.key, "number": number, "name": step.title, "url": url, "state": state})
    name = STEPS[key].title if key in STEPS else ""
    return {"rows": rows, "current": here, "count": len(steps), "name": name, "label": _("Progress")}


def _before(held: Held, key: str) -> str:
    keys = [step.key for step in plan(held)]
    place = keys.index(key) if key in keys else 0
    return held.url(keys[place - 1]) if place else held.url("home")


def closed(request: HttpRequest, held: Held) -> HttpResponse | None:
    """Where to go instead when this party can enter nothing any more."""
    if held.open:
        return None
    if request.method == "POST":
        messages.warning(request, _("This can no longer be changed. Here is where the case stands."))
    return redirect(held.url("home"))


def blame(form: Form, refusal: Invalid) -> None:
    """Put a verb's refusal at the fields of the form; what belongs to none of them stands above it."""
    for name, text in refusal.fields.items():
        form.add_error(name if name in form.fields else None, str(text))
    if not refusal.fields:
        form.add_error(None, str(refusal.message))
