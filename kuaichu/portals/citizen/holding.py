"""The part of a case that this browser holds, and the doorman of every page of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page

from kuaichu.cases import clearing, files
from kuaichu.cases.collecting import collecting
from kuaichu.cases.evidence import PRIVATE
from kuaichu.cases.models import Case, Evidence, Party, Vehicle
from kuaichu.cases.phones import actor_of
from kuaichu.cases.rules import CaseRules
from kuaichu.cases.rules import rules as case_rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed, NotFound, WrongState
from kuaichu.portals import sessions
from kuaichu.portals.citizen.offline.answering import answered
from kuaichu.portals.citizen.together.shared import turned_away

P = ParamSpec("P")
NOBODY: Final = UUID(int=0)
"""Stands for the part that is not there yet in the addresses of blank pages."""


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
    def others(self) -> tuple[Party, ...]:
        """All other parties in the order of their labels."""
        return tuple(p for p in self.parties if p.pk != self.party.pk)

    @property
    def many(self) -> bool:
        """Whether three or more take part, or are said to."""
        return len(self.parties) > 2 or bool(self.case.triage.get("many_parties"))

    @property
    def clearing(self) -> clearing.Advice:
        """What is to be done with the vehicles now."""
        shots = {photo.shot for photo in self.photos}
        return clearing.advice(self.case, list(self.parties), self.vehicles, shots)

    @property
    def rules(self) -> CaseRules:
        """The city's rules of reporting."""
        return case_rules(self.case.city)

    @property
    def open(self) -> bool:
        """Whether this party may still enter things: also while an officer is on the way."""
        return collecting(self.case) and self.party.status == Party.Status.JOINED

    @property
    def handed(self) -> bool:
        """Whether the police have the case already; what is entered still reaches them."""
        return self.case.status == Case.Status.HANDED_OVER

    @property
    def first(self) -> bool:
        """Whether this party reported the accident."""
        return self.party.label == "A"

    @property
    def blank(self) -> bool:
        """Whether this is nobody's part: the page as phones keep it, see `offline/blank.py`."""
        return self.party.pk == NOBODY

    def url(self, name: str, **more: Any) -> str:
        """The address of one of this party's pages."""
        return reverse(f"citizen:{name}", kwargs={"party_id": self.party.pk, **more})


def load(party: Party, actor: Actor) -> Held:
    """Read the case around this party; the blank part has nothing to be read."""
    if party.pk == NOBODY:
        return blank_part()
    case = Case.objects.get(pk=party.case_id)
    parties = tuple(files.parties(case.pk))
    own = next(p for p in parties if p.pk == party.pk)
    own.case = case
    every = Evidence.objects.filter(case=case).order_by("received_at")
    photos = tuple(p for p in every if p.shot not in PRIVATE or p.party_id == own.pk)
    return Held(own, actor, case, parties, files.vehicles(case.pk), photos)


def blank_part() -> Held:
    """Nobody's part of no accident: rows that were never saved, and the city's rules."""
    now = clock.now()
    case = Case(id=NOBODY, city=settings.DEFAULT_CITY, opened_at=now, happened_at=now)
    party = Party(id=NOBODY, case=case, label="A", status=Party.Status.JOINED)
    vehicle = Vehicle(id=NOBODY, case=case, party=party)
    return Held(party, actor_of(party), case, (party,), {"A": vehicle}, ())


def again(held: Held) -> Held:
    """The same, read anew after a verb changed it."""
    return load(held.party, held.actor)


View = Callable[Concatenate[HttpRequest, Held, P], HttpResponseBase]
Door = Callable[..., HttpResponseBase]


def held_part(*methods: str, blank: bool = False) -> Callable[[View[P]], Door]:
    """Only who holds the part may enter, by these methods; `party_id` of the address becomes a `Held`.

    A browser that does not hold it sees a page that says how to get in. What can no longer be done (another
    tab or the other party was quicker) leads to the case's own page with the reason. With `blank` anybody may
    look at the page of nobody's part, which phones keep for the time without network; it takes nothing in.
    """

    def wrap(view: View[P]) -> Door:
        @wraps(view)
        def door(request: HttpRequest, party_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in {*methods, "HEAD"}:
                return HttpResponseNotAllowed(methods)
            if party_id == NOBODY:
                return _blank(request, view, *args, **kwargs) if blank else elsewhere(request)
            try:
                party, actor = sessions.party_here(request, party_id)
            except (NotFound, NotAllowed):
                return elsewhere(request)
            if away := turned_away(request, party):
                return away
            try:
                held = load(party, actor)
                if request.method != "POST":
                    return view(request, held, *args, **kwargs)
                return answered(request, party.pk, lambda: view(request, held, *args, **kwargs))
            except WrongState as refusal:
                if request.method != "POST" or "json" in request.headers.get("Accept", ""):
                    raise
                messages.warning(request, str(refusal.message))
                return redirect("citizen:home", party.pk)

        return door

    return wrap


def _blank(request: HttpRequest, view: View[P], *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET"])
    return gzip_page(lambda asked: view(asked, blank_part(), *args, **kwargs))(request)


def elsewhere(request: HttpRequest) -> HttpResponse:
    """This browser does not hold the part: how to get in again."""
    return render(request, "citizen/elsewhere.html", status=404)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, also when it is empty; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None
