"""The list of papers to hand over, and the form in which is noted what became of one."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from kuaichu.desks.documents.service import receipts
from kuaichu.desks.documents.service.receipts import How, Note
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.objects import read
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries import looks
from kuaichu.queries.papering import service_record
from kuaichu.queries.papering.service_record import Line

NAMES: Final = {
    How.HANDED: gettext_lazy("handed over in print"),
    How.POSTED: gettext_lazy("posted"),
    How.DELIVERED: gettext_lazy("delivered by the post"),
    How.RETURNED: gettext_lazy("came back undelivered"),
    How.REFUSED: gettext_lazy("acceptance refused"),
}
VERB = "documents.note_service"


class NoteForm(forms.Form):
    """What became of the paper."""

    how = forms.ChoiceField(label=gettext_lazy("What happened"))
    at = forms.DateTimeField(
        label=gettext_lazy("When"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    tracking = forms.CharField(label=gettext_lazy("Number of the posting"), max_length=40, required=False)
    words = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("A refusal: how, and who saw it. Left with the paper, it counts as served."),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2, "lang": "zh-Hans"}),
    )

    def __init__(self, line: Line, data: Any = None) -> None:
        now = clock.now().astimezone(clock.CHINA)
        super().__init__(data, initial={"at": now.replace(tzinfo=None)})
        self.fields["how"].choices = [(how.value, NAMES[how]) for how in _possible(line)]  # type: ignore[attr-defined]

    def clean_at(self) -> datetime:
        """The time on the clock of China."""
        given: datetime = self.cleaned_data["at"]
        now = clock.now()
        try:
            moment = given.replace(tzinfo=clock.CHINA)
            return min(moment, now) if moment.timestamp() - now.timestamp() < 60 else moment
        except (OverflowError, ValueError) as error:
            raise forms.ValidationError(_("This is no time that can be.")) from error


def _possible(line: Line) -> tuple[How, ...]:
    if line.posted:
        return (How.DELIVERED, How.RETURNED, How.REFUSED)
    return (How.HANDED, How.POSTED, How.REFUSED)


@require_safe
@desk(VERB)
def service_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What waits, and what was settled of late."""
    context = surroundings(request, actor, "service") | {
        "lines": service_record.to_hand_over(actor),
        "done": service_record.settled(actor),
    }
    return render(request, "police/service/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(VERB)
def note_page(request: HttpRequest, actor: Actor, service_id: UUID) -> HttpResponse:
    """One paper for one party: its record in this case, and the form."""
    line = _line(actor, service_id)
    form = NoteForm(line, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _noted(actor, line, form):
        messages.success(request, _("Noted."))
        return redirect("police:service")
    context = surroundings(request, actor, "service") | {
        "line": line,
        "form": form,
        "record": service_record.record_of(line.row.case_id),
    }
    status = 422 if form.is_bound else 200
    return render(request, "police/service/note.html", context, status=status)


@require_safe
@desk(VERB)
def print_file(_request: HttpRequest, actor: Actor, service_id: UUID) -> HttpResponse:
    """The paper to print, as it was served; who opened it is noted for the party to see."""
    line = _line(actor, service_id)
    looks.note(actor, line.row.case_id, "service")
    headers = {"Content-Disposition": f'inline; filename="{line.paper.code}.pdf"'}
    return HttpResponse(read(line.row.file_sha256), content_type="application/pdf", headers=headers)


def _line(actor: Actor, service_id: UUID) -> Line:
    line = service_record.line_of(actor, service_id)
    if line is None:
        raise NotFound(_("There is no such paper to hand over."))
    return line


def _noted(actor: Actor, line: Line, form: NoteForm) -> bool:
    given = form.cleaned_data
    note = Note(How(given["how"]), given["at"], given["words"].strip(), given["tracking"].strip())
    try:
        receipts.note(actor, line.row.paper_id, line.row.party_id, note)
    except Invalid as refusal:
        for field, text in refusal.fields.items():
            form.add_error(field if field in form.fields else None, str(text))
        return False
    return True
