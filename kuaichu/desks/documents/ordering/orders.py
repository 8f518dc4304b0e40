"""Asking for a paper: who may, what was told, once; making it follows by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.documents.models import Paper, PaperOrder
from kuaichu.desks.documents.ordering.catalogue import FORMS, INSURER, PARTY
from kuaichu.desks.documents.ordering.forms import Form, read
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid, NotFound

MOST_ORDERS = 60
"""Papers asked for in one case, so that nobody fills a file by mistake."""


@dataclass(frozen=True)
class Ordered(Fact, name="documents.ordered"):
    """Somebody asked for a paper; its words stand in the order."""

    order_id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the kind, the fields as typed, and an id that makes a repeated call the same one."""

    kind: str
    told: Mapping[str, str]
    client_id: UUID


def order(actor: Actor, case_id: UUID, asked: Asked, *, has_case: bool, factor_fresh: bool) -> PaperOrder:
    """Ask for a paper of this case.

    `has_case`: the officer holds or decided the case, or the insurer has a claim in it (the caller knows).
    Raises Invalid naming the field, NotFound for a case that is not the actor's, NotAllowed without a fresh
    second factor where the unit's seal goes on it.
    """
    form = FORMS.get(asked.kind)
    if form is None:
        raise Invalid(_("Choose one of the kinds."), fields={"kind": _("Choose one of the kinds.")})
    verb = "documents.order_claim" if form.by == INSURER else "documents.order"
    with act(actor, verb, case_id) as step:
        case = files.case(case_id)
        if not has_case or case.city != actor.city:
            raise NotFound(_("There is no such case, or it is not yours."))
        known = PaperOrder.objects.filter(case_id=case_id, client_id=asked.client_id).first()
        if known is not None:
            step.already()
            return known
        told = read(form, asked.told, tuple(p.label for p in files.parties(case_id)))
        _insist_paper(case_id, form, told)
        step.insist(
            form.by == INSURER or factor_fresh,
            _("Confirm with your second factor before signing."),
            code="second_factor",
        )
        step.insist(
            PaperOrder.objects.filter(case_id=case_id).count() < MOST_ORDERS,
            _("Too many papers were asked for in this case."),
            code="too_many",
        )
        made = PaperOrder.objects.create(
            case_id=case_id, city=case.city, kind=asked.kind, told=told, readers=_readers(form, told),
            insurer=actor.insurer, account_id=actor.id, ordered_at=clock.now(), client_id=asked.client_id,
        )  # fmt: skip
        step.record(Ordered(order_id=str(made.pk), kind=made.kind))
    return made


def _insist_paper(case_id: UUID, form: Form, told: Mapping[str, Any]) -> None:
    """A paper that is referred to must be an issued one of this case."""
    if not any(one.name == "paper" for one in form.fields):
        return
    issued = Paper.objects.filter(case_id=case_id).exclude(status=Paper.Status.NUMBERED)
    if str(told["paper"]) not in {str(pk) for pk in issued.values_list("pk", flat=True)}:
        text = _("There is no such paper in this case.")
        raise Invalid(text, fields={"paper": text})


def _readers(form: Form, told: Mapping[str, Any]) -> str:
    return form.readers.replace(PARTY, str(told["party"])) if "party" in told else form.readers
