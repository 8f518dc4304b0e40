"""移送: another city's case leaves with its whole file, and its receipt is noted (D146 Art. 9-11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, outcome
from kuaichu.desks.liability.determinations import in_hand
from kuaichu.desks.liability.models import Removal
from kuaichu.desks.liability.rechecks.taking import reasons_of
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid, NotFound

WHY: Final = "officer:jurisdiction"
LEAST, MOST = 4, 80


@dataclass(frozen=True)
class FileReceived(Fact, name="liability.file_received"):
    """The other unit has confirmed that it has the file; its periods run from now (D146 Art. 11)."""

    removal_id: str


def remove(actor: Actor, case_id: UUID, *, unit: str, words: str) -> Removal:
    """Give a case one holds to a unit outside the city: it ends here, handed over.

    Raises Invalid at `unit` or `words`, NotFound for a case that is not held.
    """
    name = _text(unit, "unit", _("Name the unit in %(least)d to %(most)d characters."))
    why = reasons_of(words)
    with act(actor, "liability.transfer", case_id) as step:
        row = in_hand(step, actor, case_id)
        removal = Removal.objects.create(
            case_id=case_id, determination=row, city=row.city, unit=name, words=why,
            officer_id=UUID(actor.id), at=clock.now(),
        )  # fmt: skip
        outcome.leave(step, case_id, to=outcome.OTHER_UNIT, reasons=(WHY,))
    return removal


def of_city(actor: Actor) -> list[Removal]:
    """What left the city, what nobody has confirmed yet first."""
    rows = Removal.objects.filter(city=actor.city).select_related("case")
    return sorted(rows.order_by("-at")[:200], key=lambda row: row.received_at is not None)


def own(actor: Actor, removal_id: UUID) -> Removal:
    """One that left this city; raises NotFound for any other."""
    row = Removal.objects.filter(pk=removal_id, city=actor.city).select_related("case").first()
    if row is None:
        raise NotFound(_("There is no such case, or it is not yours."))
    return row


def note_receipt(actor: Actor, removal_id: UUID, *, receipt: str) -> None:
    """Note who confirmed the file, and under which number; once. Raises Invalid at `receipt`."""
    told = _text(receipt, "receipt", _("Say in %(least)d to %(most)d characters who confirmed it, and how."))
    known = own(actor, removal_id)
    with act(actor, "liability.transfer", known.case_id) as step:
        row = own(actor, removal_id)
        if row.received_at is not None:
            step.already()
            return
        row.received_at, row.receipt, row.noted_by = clock.now(), told, UUID(actor.id)
        row.save()
        step.record(FileReceived(removal_id=str(row.pk)))


def _text(given: str, field: str, told: str) -> str:
    text = files.clean(given)
    if not LEAST <= len(text) <= MOST:
        message = told % {"least": LEAST, "most": MOST}
        raise Invalid(message, fields={field: message})
    return text
