"""Who comes by the note on a windscreen shows that the vehicle is theirs: anybody could have read it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.cases import absence
from kuaichu.cases.models import Party
from kuaichu.portals import limits
from kuaichu.portals.limits import Limit, TooMany

TRIES = Limit("note_licence", 10, 3600)


class LicenceForm(forms.Form):
    """What stands on the vehicle licence."""

    use_required_attribute = False
    tail = forms.CharField(
        label=gettext_lazy("Last six characters of the vehicle's number"),
        max_length=12,
        help_text=gettext_lazy("The VIN, on the vehicle licence. It shows that the vehicle is yours."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Enter the last six characters.")},
    )


def asked(request: HttpRequest, party: Party, token: str) -> HttpResponse | None:
    """The page that asks for it; None when it was shown, or need not be."""
    if not absence.must_show_licence(party) or request.session.get(_key(party)):
        return None
    form = LicenceForm(request.POST if "tail" in request.POST else None)
    status = 200
    if form.is_valid():
        try:
            limits.take(TRIES, request, str(party.pk))
        except TooMany:
            form.add_error("tail", _("Too many tries. Wait an hour, or call 122."))
            status = 429
        else:
            if absence.shows_licence(party, form.cleaned_data["tail"]):
                request.session[_key(party)] = True
                return redirect("citizen:join", token)
            form.add_error("tail", _("This does not fit the vehicle. Look at its licence again."))
    if form.errors and status == 200:
        status = 422
    context = {"form": form, "number": party.case.number}
    return render(request, "citizen/roads/holder.html", context, status=status)


def _key(party: Party) -> str:
    return f"holder:{party.pk}"
