"""“Something is written wrongly”: who signed puts a slip of the certificate right, or says why not."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kuaichu.desks.liability.bench import slips
from kuaichu.desks.liability.rechecks.taking import ALIVE, LEAST, MOST
from kuaichu.portals.citizen.contest.objecting import signed
from kuaichu.portals.citizen.contest.one_form import done, page
from kuaichu.portals.citizen.holding import Held, held_part, sent


class SlipForm(forms.Form):
    """What is wrong, and how it should read."""

    words = forms.CharField(
        label=gettext_lazy("What is written wrongly, and how should it read?"),
        help_text=gettext_lazy("A name, the place, a word. Who is liable is not changed here."),
        min_length=LEAST,
        max_length=MOST,
        widget=forms.Textarea({"rows": 4}),
    )


@held_part("GET", "POST")
def slip(request: HttpRequest, held: Held) -> HttpResponse:
    """Say it, or read what came of it."""
    row = slips.newest_of(held.case.pk, held.party.pk)
    open_one = row is not None and row.status in ALIVE
    may = signed(held) is not None and not open_one
    form = SlipForm(sent(request))
    words = _("Noted. The officer who signed looks at it.")
    if may and (gone := done(
        request, form, lambda told: slips.tell(held.actor, held.case.pk, **told),
        words=words, to=held.url("slip"),
    )):  # fmt: skip
        return gone
    context = {"row": row, "open_one": open_one, "may": may}
    return page(request, held, "citizen/contest/slip.html", form, context)
