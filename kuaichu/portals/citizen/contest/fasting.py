"""Fast handling of an injury case: each party applies in writing, or takes it back; and who has."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases.outcome import FAST
from kuaichu.desks.liability.approvals import fast_tracks
from kuaichu.desks.liability.models import Determination, FastTrack, Recheck
from kuaichu.portals.citizen.contest.one_form import done, page
from kuaichu.portals.citizen.holding import Held, held_part, sent


class FastForm(forms.Form):
    """The written application (D146 Art. 69): what it presupposes is confirmed, not guessed."""

    undisputed = forms.BooleanField(
        label=gettext_lazy("I apply in writing for fast handling. I do not dispute what happened and why."),
        error_messages={
            "required": gettext_lazy(
                "Fast handling is open only while nobody disputes what happened and why."
            )
        },
    )


@held_part("GET", "POST")
def fast(request: HttpRequest, held: Held) -> HttpResponse:
    """Apply, see who has, or take it back."""
    track = fast_tracks.track_of(held.case.pk)
    applied = track is not None and held.party.label in track.applications
    if request.method == "POST" and "take_back" in request.POST:
        fast_tracks.take_back(held.actor, held.case.pk)
        messages.success(request, _("Taken back. The general procedure goes on."))
        return redirect(held.url("fast"))
    form = FastForm(sent(request))
    words = _("Your application has arrived. The others are told.")
    if gone := done(
        request, form, lambda told: fast_tracks.apply(held.actor, held.case.pk, **told),
        words=words, to=held.url("fast"),
    ):  # fmt: skip
        return gone
    context = {
        "may": not applied and fast_tracks.possible(held.case),
        "applied": applied,
        "track": track,
        "sides": [(p.label, _when(track, p.label)) for p in held.parties],
        "refusal": _refusal(track),
        "may_take_back": applied and not _over(track),
    }
    return page(request, held, "citizen/contest/fast.html", form, context)


def _when(track: FastTrack | None, label: str) -> datetime | None:
    told = track.applications.get(label) if track is not None else None
    return datetime.fromisoformat(told) if told else None


def _over(track: FastTrack | None) -> bool:
    """Whether it was decided, or ended, since all had applied."""
    if track is None or track.determination_id is None:
        return track is None
    ends = (Determination.Status.SIGNED, *Determination.OVER)
    return Determination.objects.filter(pk=track.determination_id, status__in=ends).exists()


def _refusal(track: FastTrack | None) -> str:
    """Why the head did not approve; empty while that has not happened."""
    if track is None or track.determination_id is None:
        return ""
    looks = Recheck.objects.filter(determination_id=track.determination_id, kind=Recheck.Kind.APPROVAL)
    row = looks.filter(outcome="not_approved").first()
    return str(row.answer.get("words", "")) if row is not None else ""


def fast_open(held: Held) -> bool:
    """Whether the case's own page leads here."""
    been = held.case.procedure == FAST or held.case.outcome == "general"
    return been and (fast_tracks.track_of(held.case.pk) is not None or fast_tracks.possible(held.case))
