"""The way back for a browser that lost its case: the link goes to the party's own phone once more."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kuaichu.cases import invitations
from kuaichu.kernel.refusals import Invalid
from kuaichu.people import roles
from kuaichu.portals import limits
from kuaichu.portals.citizen.holding import sent
from kuaichu.portals.citizen.steps.plan import blame
from kuaichu.portals.limits import Limit, TooMany

ASKING = Limit("link_again", 30, 3600)


class AgainForm(forms.Form):
    """Which case, and whose phone."""

    use_required_attribute = False
    number = forms.CharField(
        label=gettext_lazy("Case number"),
        max_length=40,
        help_text=gettext_lazy("It stands at the top of every page and in every message about the case."),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the case number.")},
    )
    phone = forms.CharField(
        label=gettext_lazy("Your mobile number"),
        max_length=30,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"required": gettext_lazy("Enter your mobile number.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def link_again(request: HttpRequest) -> HttpResponse:
    """Send the link again. The answer is the same whether there is such a case or not."""
    form = AgainForm(sent(request))
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, 422 if form.is_bound else 200)
    try:
        limits.take(ASKING, request)
        invitations.send_link_again(roles.visitor(settings.DEFAULT_CITY), **form.cleaned_data)
    except Invalid as refusal:
        blame(form, refusal)
        return _form(request, form, 422)
    except TooMany as many:
        form.add_error(None, _("Too many tries from here. Wait an hour, or call 122."))
        answer = _form(request, form, 429)
        answer["Retry-After"] = str(many.wait)
        return answer
    return render(request, "citizen/again_sent.html")


def _form(request: HttpRequest, form: AgainForm, status: int) -> HttpResponse:
    return render(request, "citizen/again.html", {"form": form}, status=status)
