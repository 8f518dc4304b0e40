"""Supervision: everything of a case in one file, for a court, a review or a complaint."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kuaichu.desks.documents.service import bundles
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotFound
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries import tracing
from kuaichu.queries.bundle.packing import Bundle, bundle_of

PURPOSES = [
    ("court", gettext_lazy("a court")),
    ("review", gettext_lazy("a review")),
    ("complaint", gettext_lazy("a complaint")),
    ("insurer_dispute", gettext_lazy("a dispute between insurers")),
]


class BundleForm(forms.Form):
    """Which case, and for what."""

    number = forms.CharField(label=gettext_lazy("Number of the case"), max_length=64)
    purpose = forms.ChoiceField(label=gettext_lazy("For"), choices=PURPOSES)


@require_http_methods(["GET", "HEAD", "POST"])
@desk("documents.bundle")
def bundle_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form; its answer is the file, noted before it leaves."""
    form = BundleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"].strip()
        try:
            made = _made(actor, number, form.cleaned_data["purpose"])
        except NotFound as refusal:
            form.add_error("number", str(refusal.message))
        else:
            headers = {
                "Content-Disposition": f'attachment; filename="case-{made.sha256[:8]}.zip"',
                "Cache-Control": "no-store",
            }
            return HttpResponse(made.data, content_type="application/zip", headers=headers)
    context = surroundings(request, actor, "bundle") | {"form": form}
    return render(request, "police/oversight/bundle.html", context, status=422 if form.is_bound else 200)


def _made(actor: Actor, number: str, purpose: str) -> Bundle:
    case = tracing.find(number)
    made = bundle_of(actor, case.pk)
    bundles.record(actor, case.pk, view=made.view, purpose=purpose, sha256=made.sha256)
    return made
