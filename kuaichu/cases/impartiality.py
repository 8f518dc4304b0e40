"""Who must not touch which case: its parties, and who declared an interest in it (D146 Art. 105, R24).

Asked wherever somebody gets a case: at the lot, at the taking, at the scene, for a second look, for a task.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people import interests
from kuaichu.people.interests import Kind


def conflicts(
    accounts: Collection[UUID], case_id: UUID, *, but: Sequence[str] = ()
) -> dict[UUID, str]:  # fmt: skip
    """Which of these accounts must not touch the case, each with the kind of the reason.

    `interests.SELF` is a party of the case; the others are kinds of declared interests, those in `but` aside.
    """
    held = {kind: values for kind, values in _held(case_id).items() if kind not in but}
    return interests.conflicts(accounts, held)


def insist_impartial(actor: Actor, case_id: UUID, *, but: Sequence[str] = ()) -> None:
    """Refuse (NotAllowed, code `recused`) who is a party of the case, or declared an interest in it."""
    reason = conflicts([UUID(actor.id)], case_id, but=but).get(UUID(actor.id))
    if reason == interests.SELF:
        raise NotAllowed(_("You are a party of this case. Somebody else must come."), code="recused")
    if reason:
        text = _("You declared an interest in somebody or something of this case. Somebody else must come.")
        raise NotAllowed(text, code="recused")


def _held(case_id: UUID) -> dict[str, list[str]]:
    """Everything in the case by which a conflict is found, by kind of interest."""
    parties, vehicles = files.parties(case_id), files.vehicles(case_id).values()
    owners = [(v.record or {}).get("owner", {}) for v in vehicles]
    people = [p.id_number for p in parties] + [str(o.get("id_no", "")) for o in owners]
    phones = [p.phone for p in parties]
    return {
        Kind.PERSON: people,
        Kind.PHONE: phones,
        Kind.PLATE: [v.plate for v in vehicles],
        Kind.ADDRESS: [str(d.get("address", "")) for d in [*owners, *(p.driver or {} for p in parties)]],
        Kind.INSURER: [str(one.get("insurer", "")) for v in vehicles for one in v.policies or []],
        Kind.QUARREL: [*people, *phones],
    }
