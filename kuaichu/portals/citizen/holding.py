"""The part of a case that this browser holds, and the doorman of every page of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from kuaichu.cases import files
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.rules import CaseRules
from kuaichu.cases.rules import rules as case_rules
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed, NotFound, WrongState
from kuaichu.portals import sessions

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Held:
    """A party's case as it stands: read once a page (four queries)."""

    party: Party
    actor: Actor
    case: Case
    parties: tuple[Party, ...]
    vehicles: dict[str, Vehicle]
    photos: tuple[Evidence, ...]

    @property
    def vehicle(self) -> Vehicle:
        """The party's own vehicle."""
        return self.vehicles[self.party.label]

    @property
    def other(self) -> Party | None:
        """The other party, if there is one already."""
        return next((p for p in self.parties if p.pk != self.party.pk), None)

    @property
    def rules(self) -> CaseRules:
        """The city's rules of reporting."""
        return case_rules(self.case.city)

    @property
    def open(self) -> bool:
        """Whether this party may still enter things."""
        return self.case.status == Case.Status.REPORTING and self.party.status == Party.Status.JOINED

    @property
    def first(self) -> bool:
        """Whether this party reported the accident."""
        return self.party.label == "A"

    def url(self, name: str, **more: Any) -> str:
        """The address of one of this party's pages."""
        return reverse(f"citizen:{name}", kwargs={"party_id": self.party.pk, **more})


def load(party: Party, actor: Actor) -> Held:
    """Read the case around this party."""
    case = Case.objects.get(pk=party.case_id)
    parties = tuple(files.parties(case.pk))
    own = next(p for p in parties if p.pk == party.pk)
    own.case = case
    photos = tuple(Evidence.objects.filter(case=case).order_by("received_at"))
    return Held(own, actor, case, parties, files.vehicles(case.pk), photos)


def again(held: Held) -> Held:
    """The same, read anew after a verb changed it."""
    return load(held.party, held.actor)


View = Callable[Concatenate[HttpRequest, Held, P], HttpResponseBase]
Door = Callable[..., HttpResponseBase]


def held_part(*methods: str) -> Callable[[View[P]], Door]:
    """Only who holds the part may enter, by these methods; `party_id` of the address becomes a `Held`.

    A browser that does not hold it sees a page that says how to get in. What can no longer be done (another
    tab or the other party was quicker) leads to the case's own page with the reason.
    """

    def wrap(view: View[P]) -> Door:
        @wraps(view)
        def door(request: HttpRequest, party_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in {*methods, "HEAD"}:
                return HttpResponseNotAllowed(methods)
            try:
                party, actor = sessions.party_here(request, party_id)
            except (NotFound, NotAllowed):
                return elsewhere(request)
            try:
                return view(request, load(party, actor), *args, **kwargs)
            except WrongState as refusal:
                if request.method != "POST" or "json" in request.headers.get("Accept", ""):
                    raise
                messages.warning(request, str(refusal.message))
                return redirect("citizen:home", party.pk)

        return door

    return wrap


def elsewhere(request: HttpRequest) -> HttpResponse:
    """This browser does not hold the part: how to get in again."""
    return render(request, "citizen/elsewhere.html", status=404)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, also when it is empty; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None
