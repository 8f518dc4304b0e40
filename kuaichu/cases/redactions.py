"""Which areas of a photograph are made unrecognisable in the copies that others see.

A machine proposes faces and plates; an officer may add areas and take some away. It is blurring, not
anonymity: what the machine missed stays visible until somebody adds it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import custody, files
from kuaichu.cases.models import Case, Evidence, Redaction
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.locks import writing
from kuaichu.kernel.prepared import find_one, insert
from kuaichu.kernel.refusals import Invalid, NotFound

FACE, PLATE, DRAWN = "face", "plate", "drawn"
KINDS: Final = (FACE, PLATE, DRAWN)
MOST: Final = 60
BY_HAND: Final = "officer"


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rectangle of the upright photograph, in parts of its width and height; `text` of a plate, if read."""

    x: float
    y: float
    w: float
    h: float
    kind: str = DRAWN
    text: str = ""

    @property
    def fits(self) -> bool:
        """Whether it lies in the picture and is more than a speck."""
        inside = 0 <= self.x < 1 and 0 <= self.y < 1 and self.x + self.w <= 1.001 and self.y + self.h <= 1.001
        return inside and self.w >= 0.002 and self.h >= 0.002 and self.kind in KINDS


@dataclass(frozen=True)
class Redacted(Fact, name="cases.redacted"):
    """An officer corrected which areas of a photograph are blurred for others."""

    evidence_id: str
    areas: int


def of(evidence_id: UUID) -> Redaction | None:
    """What is known about a photograph; None while no machine and nobody has looked at it."""
    return find_one(Redaction, evidence_id=evidence_id)


def areas_of(redaction: Redaction) -> list[Area]:
    """The areas as they were kept."""
    return msgspec.convert(redaction.areas, list[Area])


def propose(actor: Actor, evidence: Evidence, areas: Sequence[Area], engine: str) -> None:
    """Keep what a machine found, once: whatever an officer or an earlier run has kept stands."""
    with writing():
        if of(evidence.pk) is None:
            kept = [msgspec.to_builtins(one) for one in areas if one.fits][:MOST]
            insert(Redaction(evidence=evidence, areas=kept, engine=engine[:60], made_at=clock.now()))
            custody.note(actor, evidence, custody.REDACTED, purpose=engine)


def correct(actor: Actor, case_id: UUID, evidence_id: UUID, areas: Sequence[Area]) -> Redaction:
    """Set the areas by hand. Raises Invalid for areas outside the picture, NotFound for another case's."""
    if len(areas) > MOST or not all(one.fits for one in areas):
        text = _("An area lies outside the picture, or there are too many.")
        raise Invalid(text, fields={"areas": text})
    with act(actor, "cases.redact", case_id) as step:
        case = files.case(case_id)
        evidence = find_one(Evidence, pk=evidence_id, case_id=case_id)
        if evidence is None or case.city != actor.city:
            raise NotFound(_("There is no such photograph."))
        kept: list[Any] = [msgspec.to_builtins(one) for one in areas]
        known = of(evidence_id)
        if known is not None and known.areas == kept and known.engine == BY_HAND:
            step.already()
            return known
        made = Redaction(evidence=evidence, areas=kept, engine=BY_HAND, made_at=clock.now())
        made.save(force_insert=known is None, force_update=known is not None)
        custody.note(actor, evidence, custody.REDACTED, purpose=BY_HAND)
        step.record(Redacted(evidence_id=str(evidence_id), areas=len(kept)))
    return made


def hidden(areas: Sequence[Area], own: Collection[str]) -> list[Area]:
    """The areas to blur: all but the plates of the vehicles of the case, whose plates everybody saw."""
    return [one for one in areas if one.kind != PLATE or not any(_alike(one.text, plate) for plate in own)]


def plates_of(case: Case) -> set[str]:
    """The plates of the case's own vehicles."""
    return {vehicle.plate for vehicle in files.vehicles(case.pk).values() if vehicle.plate}


def _alike(read: str, plate: str) -> bool:
    """Whether a plate that was read is this one, but for one misread character."""
    if not read or not plate or len(read) != len(plate):
        return False
    return sum(a != b for a, b in zip(read, plate, strict=True)) <= 1
