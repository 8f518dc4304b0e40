"""Entering for a party at the scene: who helps is named, the phone is proven, then the party's own pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kuaichu.cases import helping, invitations, phones
from kuaichu.cases.helping import Helper
from kuaichu.cases.models import Party, PhoneCode
from kuaichu.cases.parties import find
from kuaichu.desks.dispatch import tasks
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, WrongState
from kuaichu.people.masks import mask_phone
from kuaichu.people.roles import visitor
from kuaichu.portals.field.door import field, role_here, surroundings
from kuaichu.portals.posting import form_of
from kuaichu.queries.field import tasks as field_tasks


def _party(actor: Actor, task_id: UUID, label: str) -> tuple[Actor, Party]:
    """The actor at the scene, and the party; raises NotFound."""
    case_id = tasks.held(actor, task_id).case_id
    return tasks.at_scene(actor, case_id), find(case_id, label)


@require_POST
@field()
def assist(request: HttpRequest, actor: Actor, task_id: UUID, label: str) -> HttpResponse:
    """Begin (or go on) entering for this party; `phone=no` says that the party has no phone."""
    there, party = _party(actor, task_id, label)
    try:
        _name_helper(request, there, party)
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("field:task", task_id)
    party.refresh_from_db()
    if not helping.answered_for(party):
        return redirect("field:phone", task_id, label)
    return redirect("citizen:home", party.pk)


def _name_helper(request: HttpRequest, there: Actor, party: Party) -> None:
    account: Any = request.user
    own_phone = request.POST.get("phone", "") != "no"
    if request.POST.get("phone", "") == "" and party.helper is not None:
        own_phone = helping.has_own_phone(party)
    helper = Helper(
        kind=role_here(request),
        name=account.display_name or account.username,
        organisation=account.organisation.name,
        own_phone=own_phone,
    )
    helping.help_party(there, party.case_id, party.pk, helper)


@require_POST
@field()
def leave(request: HttpRequest, actor: Actor, task_id: UUID, label: str) -> HttpResponse:
    """From now on the party goes on alone, on its own phone: its link is sent there."""
    there, party = _party(actor, task_id, label)
    try:
        helping.end_help(there, party.case_id, party.pk)
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    return redirect("field:task", task_id)


@require_POST
@field()
def link(request: HttpRequest, actor: Actor, task_id: UUID, label: str) -> HttpResponse:
    """Send the party its own link, so that it reads and signs on its own phone."""
    there, party = _party(actor, task_id, label)
    if party.phone:
        invitations.send_link_again(visitor(there.city), party.case.number, party.phone)
        text = _("The link is on its way to %(phone)s.")
        messages.success(request, text % {"phone": mask_phone(party.phone)})
    return redirect("field:papers" if request.POST.get("back") == "papers" else "field:task", task_id)


@require_POST
@field()
def add(request: HttpRequest, actor: Actor, task_id: UUID) -> HttpResponse:
    """One more party at the scene. The reporting party's part must be helped: it invites."""
    label = request.POST.get("label", "B")
    there, first = _party(actor, task_id, "A")
    helper = first.helper or {}
    if helper.get("staff_id") != actor.id:
        messages.info(request, _("First say that you enter for party A."))
        return redirect("field:task", task_id)
    try:
        invitations.invite_other(helping.acting_for(there, first), first.case_id, label)
    except WrongState as refusal:
        messages.warning(request, str(refusal.message))
    return redirect("field:task", task_id)


@form_of("field:task", "task_id")
@field()
def call(request: HttpRequest, actor: Actor, task_id: UUID, label: str) -> HttpResponse:
    """The number of a party, asked for by a tap of its own: for this task, while it is in hand."""
    context = surroundings(request, actor, "tasks") | {
        "task_id": task_id,
        "label": label,
        "number": field_tasks.number_to_call(actor, task_id, label),
    }
    return render(request, "field/call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@field()
def phone(request: HttpRequest, actor: Actor, task_id: UUID, label: str) -> HttpResponse:
    """The party's own phone: a code goes to it, and is read to the helper."""
    there, party = _party(actor, task_id, label)
    acting = helping.acting_for(there, party)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if "code" in request.POST:
                phones.prove(acting, party.case_id, request.POST["code"])
                return redirect("citizen:home", party.pk)
            phones.ask_code(acting, party.case_id, request.POST.get("phone", "").strip())
            messages.success(request, _("A code is on its way. It arrives within a minute."))
            return redirect("field:phone", task_id, label)
        except Invalid as refusal:
            errors = {name: str(text) for name, text in refusal.fields.items()}
        except WrongState as refusal:
            messages.error(request, str(refusal.message))
    context = surroundings(request, actor, "tasks") | {
        "task_id": task_id,
        "party": party,
        "sent_to": _sent_to(party) if not request.GET.get("number") else "",
        "known": mask_phone(party.phone) if party.phone else "",
        "errors": errors,
        "may_witness": actor.may("dispatch.witness"),
    }
    return render(request, "field/phone.html", context, status=422 if errors else 200)


def _sent_to(party: Party) -> str:
    """The masked number of a code that can still be entered; empty where there is none."""
    asked = PhoneCode.objects.filter(
        party=party, purpose=phones.PROVE, used_at=None, expires_at__gt=clock.now()
    ).order_by("-asked_at")
    newest = asked.first()
    return mask_phone(newest.phone) if newest else ""
