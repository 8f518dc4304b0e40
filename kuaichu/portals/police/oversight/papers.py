"""Supervision: a paper found by its number, and revoked with the reason that everybody will read."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kuaichu.desks.documents import revocations
from kuaichu.desks.documents.models import Paper
from kuaichu.kernel.actors import Actor
from kuaichu.portals.police.door import desk, surroundings


class RevokeForm(forms.Form):
    """Which paper, and why."""

    number = forms.CharField(label=gettext_lazy("Number of the paper"), max_length=64)
    why = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Public: whoever checks the paper reads it. No names, no numbers of persons."),
        min_length=4,
        max_length=200,
        widget=forms.Textarea({"rows": 3, "lang": "zh-Hans"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk("documents.revoke")
def revoke_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form, and what follows from it in words; the revoked papers of late beneath."""
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _revoke(actor, form):
        messages.success(request, _("Revoked. The verification page, insurers and parties know it now."))
        return redirect("police:revoke")
    ended = Paper.objects.filter(city=actor.city, status=Paper.Status.REVOKED).order_by("-ended_at")[:20]
    context = surroundings(request, actor, "revoke") | {"form": form, "ended": ended}
    return render(request, "police/oversight/papers.html", context, status=422 if form.is_bound else 200)


def _revoke(actor: Actor, form: RevokeForm) -> bool:
    number = form.cleaned_data["number"].strip()
    paper = Paper.objects.filter(city=actor.city, number=number, status=Paper.Status.ISSUED).first()
    if paper is None:
        form.add_error("number", _("There is no valid paper of this number."))
        return False
    revocations.revoke(actor, paper.pk, why=form.cleaned_data["why"])
    return True
