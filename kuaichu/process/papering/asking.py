"""Asking for a paper: whether the case is one's own, and whether its file holds what the paper states."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.documents.certificates import Head
from kuaichu.desks.documents.models import PaperOrder
from kuaichu.desks.documents.ordering.catalogue import FORMS, INSURER
from kuaichu.desks.documents.ordering.forms import read
from kuaichu.desks.documents.ordering.orders import Asked, order
from kuaichu.desks.documents.papers.facts import BadFacts
from kuaichu.desks.documents.rendering import Assets, MissingGlyph, check_glyphs
from kuaichu.desks.documents.typefaces import standard
from kuaichu.desks.liability.determinations import held_by
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import insist_granted
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.refusals import NotFound, WrongState
from kuaichu.queries.papering.ordered import facts_of


def ask(actor: Actor, case_id: UUID, asked: Asked, *, factor_fresh: bool) -> PaperOrder:
    """Ask for a paper; it is put together once for trial, so that what cannot be stated is refused at once.

    Raises what `orders.order` raises, and WrongState where the file does not hold what the paper states or a
    name in it cannot be printed.
    """
    has_case = _has_case(actor, case_id)
    if has_case:
        _try(actor, case_id, asked)
    return order(actor, case_id, asked, has_case=has_case, factor_fresh=factor_fresh)


def _has_case(actor: Actor, case_id: UUID) -> bool:
    """An officer who holds or decided the case; an insurer with a claim in it."""
    if actor.insurer:
        return Claim.objects.filter(case_id=case_id, insurer=actor.insurer, city=actor.city).exists()
    try:
        return actor.kind == "staff" and held_by(actor, case_id).city == actor.city
    except NotFound:
        return False


def _try(actor: Actor, case_id: UUID, asked: Asked) -> None:
    form = FORMS.get(asked.kind)
    if form is None:
        return
    insist_granted(actor, "documents.order_claim" if form.by == INSURER else "documents.order", case_id)
    told = read(form, asked.told, tuple(p.label for p in files.parties(case_id)))
    made = PaperOrder(
        case_id=case_id, city=actor.city, kind=asked.kind, told=told, insurer=actor.insurer,
        account_id=actor.id, ordered_at=clock.now(),
    )  # fmt: skip
    try:
        facts = facts_of(made, Head(new_id(), "0", made.ordered_at))
        check_glyphs(facts, Assets(), standard())
    except MissingGlyph as missing:
        text = _("The file holds characters that cannot be printed: %(chars)s")
        raise WrongState(text % {"chars": " ".join(missing.chars)}, code="cannot_print") from missing
    except BadFacts as bad:
        text = _("The file does not hold what this paper states (%(field)s).")
        raise WrongState(text % {"field": str(bad).split(":")[0]}, code="facts_missing") from bad
