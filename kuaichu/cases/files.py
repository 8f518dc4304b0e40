"""Finding the rows of one case. What is not there or not yours is *not found*."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.prepared import Prepared
from kuaichu.kernel.refusals import NotFound

_CASE = Prepared(lambda pk: Case.objects.filter(pk=pk), UUID)
_PARTY = Prepared(lambda pk, case_id: Party.objects.filter(pk=pk, case_id=case_id), UUID, UUID)
_PARTIES = Prepared(lambda case_id: Party.objects.filter(case_id=case_id).order_by("label"), UUID)
_VEHICLES = Prepared(
    lambda case_id: Vehicle.objects.filter(case_id=case_id).select_related("party").order_by("party__label"),
    UUID,
)
_VEHICLE = Prepared(lambda party_id: Vehicle.objects.filter(party_id=party_id), UUID)


def case(case_id: UUID) -> Case:
    """The case; raises NotFound."""
    found = _CASE.first(case_id)
    if found is None:
        raise NotFound(_("There is no such case, or it is not yours."))
    return found


def party(case_id: UUID, party_id: UUID | None) -> Party:
    """The party of this case; raises NotFound."""
    found = _PARTY.first(party_id, case_id) if party_id else None
    if found is None:
        raise NotFound(_("There is no such case, or it is not yours."))
    return found


def own_party(actor: Actor, case_id: UUID) -> Party:
    """The acting party's own row; raises NotFound for anybody else."""
    return party(case_id, actor.party_id)


def insist_inside(actor: Actor, case_id: UUID) -> None:
    """Refuse (NotFound) who has no part in the case, nor stands at its scene as staff bound to it."""
    if actor.kind != "staff" or actor.party_id is not None or actor.case_id != case_id:
        own_party(actor, case_id)


def clean(text: str) -> str:
    """A person's words as they can be kept anywhere: no control or invisible characters, blanks as spaces.

    Databases refuse NUL and lone surrogates, and marks of writing direction can make words read differently.
    """
    kept = (ch if ch.isprintable() or ch == "\n" else " " if ch.isspace() else "" for ch in text)
    return "".join(kept).strip()


def parties(case_id: UUID) -> list[Party]:
    """All parties in the order of their labels."""
    return _PARTIES.all(case_id)


def vehicles(case_id: UUID) -> dict[str, Vehicle]:
    """The vehicles by their party's label."""
    return {row.party.label: row for row in _VEHICLES.all(case_id)}


def vehicle_of(party_row: Party) -> Vehicle:
    """The party's vehicle row; raises NotFound."""
    found = _VEHICLE.first(party_row.pk)
    if found is None:
        raise NotFound(_("There is no such case, or it is not yours."))
    return found
