"""The company's book on one page, and the forms that stand on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kuaichu.desks.claims.clearing import disputes, statements
from kuaichu.desks.claims.rail import switches
from kuaichu.desks.claims.recourse import recovering
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.money import NotMoney, yuan
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.portals.insurer.door import adjusters, frame
from kuaichu.portals.posting import form_of
from kuaichu.queries.money import books


@require_safe
@adjusters
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Accounts, receivables by age, demands, clearing."""
    return _show(request, actor)


def _show(request: HttpRequest, actor: Actor, *, error: str = "") -> HttpResponse:
    shown = {
        "accounts": books.accounts(actor),
        "receivables": books.receivables(actor),
        "demands": books.demands(actor),
        "days": books.clearing_days(actor),
        "items": books.clearing_items(actor),
        "stops": switches.stops(actor),
        "error": error,
    }
    status = 422 if error else 200
    return render(request, "insurer/money/book.html", frame(request, **shown), status=status)


def _done(request: HttpRequest, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("insurer:money")


def _words(wrong: Invalid) -> str:
    return " ".join(str(text) for text in wrong.fields.values()) or str(wrong.message)


@form_of("insurer:money")
@adjusters
def receive(request: HttpRequest, actor: Actor, recovery_id: UUID) -> HttpResponse:
    """Enter money that came back."""
    try:
        fen = yuan(request.POST.get("amount", ""))
        recovering.receive(actor, recovery_id, fen, request.POST.get("reference", "")[:80])
    except NotMoney as wrong:
        return _show(request, actor, error=str(wrong.message))
    except Invalid as wrong:
        return _show(request, actor, error=_words(wrong))
    return _done(request, _("The money is booked."))


@form_of("insurer:money")
@adjusters
def write_off(request: HttpRequest, actor: Actor, recovery_id: UUID) -> HttpResponse:
    """Give a demand up."""
    try:
        recovering.write_off(actor, recovery_id, request.POST.get("reason", "")[:400])
    except Invalid as wrong:
        return _show(request, actor, error=_words(wrong))
    return _done(request, _("The demand is written off."))


@form_of("insurer:money")
@adjusters
def dispute(request: HttpRequest, actor: Actor, item_id: UUID) -> HttpResponse:
    """Say why the company does not owe an item."""
    try:
        disputes.dispute(actor, item_id, request.POST.get("grounds", "")[:400])
    except Invalid as wrong:
        return _show(request, actor, error=_words(wrong))
    return _done(request, _("The other company is asked; silence takes the item back."))


@form_of("insurer:money")
@adjusters
def answer(request: HttpRequest, actor: Actor, item_id: UUID) -> HttpResponse:
    """Take an item back, or say why it stands."""
    agree = request.POST.get("agree") == "yes"
    try:
        disputes.answer(actor, item_id, agree=agree, words=request.POST.get("words", "")[:400])
    except Invalid as wrong:
        return _show(request, actor, error=_words(wrong))
    return _done(request, _("The dispute is settled."))


@require_safe
@adjusters
def statement(request: HttpRequest, actor: Actor, day: date) -> HttpResponse:  # noqa: ARG001
    """The statement file of a day."""
    content = statements.statement(actor, day)
    if content is None:
        raise NotFound(_("Your company was not netted on this day."))
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="clearing-{day.isoformat()}.csv"'
    return answer
