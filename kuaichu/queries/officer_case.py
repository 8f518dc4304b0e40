"""A case as its own officer sees it: held for deciding, or signed. Nobody else's is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from kuaichu.cases import files, likenesses
from kuaichu.cases.models import Case, Evidence, Party, Recording, Vehicle
from kuaichu.cases.places.datums import Position, distance_m
from kuaichu.cases.voices import recordings_of
from kuaichu.desks.documents.models import CERTIFICATES, Paper
from kuaichu.desks.liability import determinations
from kuaichu.desks.liability.models import Correction, Determination, Recheck
from kuaichu.desks.liability.rechecks import taking
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import NotFound
from kuaichu.queries import looks
from kuaichu.queries.both_sides import entered_by
from kuaichu.queries.fact_words import shot_name
from kuaichu.queries.origins import origin_words
from kuaichu.queries.origins import taking as taken_how

Status = Determination.Status
PURPOSE = "determination"
FAR_METRES = 300
_REMARKS = {
    "taken_before_accident": lambda: _("Taken before the accident, by its own date"),
    "taken_in_future": lambda: _("Its own date lies in the future"),
    "from_gallery": lambda: _("Chosen from the gallery, not taken in Kuaichu"),
    "late_import": lambda: _("Added later, not at the scene"),
}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph and its making: `metres` from the place, `delay` in seconds until received."""

    row: Evidence
    name: str
    by: str
    remarks: tuple[str, ...]
    metres: int | None
    delay: int | None

    @property
    def line(self) -> str:
        """By whom, how far from the place, how long on the way."""
        parts = [_("by party %(label)s") % {"label": self.by}] if self.by else []
        if self.metres is not None:
            parts.append(_("%(m)d m from the place") % {"m": self.metres})
        if self.delay is not None:
            parts.append(_("received after %(wait)s") % {"wait": _span(self.delay)})
        return " · ".join(parts)

    @property
    def source(self) -> str:
        """Where it was taken; empty where the flag says so already."""
        return "" if "from_gallery" in self.row.remarks else self.row.source

    @property
    def origin(self) -> str:
        """Its grade as evidence, in words."""
        return origin_words(self.row.source)

    @property
    def flag(self) -> str:
        """What an officer should notice, in words."""
        far = [_("Taken far from the place")] if (self.metres or 0) > FAR_METRES else []
        return "；".join([*self.remarks, *taken_how(self.row), *far])


def _span(seconds: int) -> str:
    if abs(seconds) < 120:
        return _("%(n)d s") % {"n": seconds}
    return _("%(n)d min") % {"n": round(seconds / 60)}


@dataclass(frozen=True, slots=True)
class OfficerCase:
    """The file and the determination of one case."""

    case: Case
    row: Determination
    parties: list[Party]
    vehicles: dict[str, Vehicle]

    @property
    def pairs(self) -> list[tuple[Party, Vehicle]]:
        """Each party with its vehicle."""
        return [(p, self.vehicles[p.label]) for p in self.parties]

    @property
    def signed(self) -> bool:
        """Whether the officer has signed, though it may wait for a second officer or be replaced since."""
        return self.row.status in (Status.SIGNED, Status.CHECKED, Status.REPLACED)


def officer_case(viewer: Actor, case_id: UUID) -> OfficerCase:
    """The case this officer holds, has signed, or is to look at again, with its ruling.

    The look is noted. Raises NotFound for any other, and for who judges a sample unseen.
    """
    blind = Recheck.objects.filter(
        case_id=case_id, kind=Recheck.Kind.SAMPLE, status=Recheck.Status.TAKEN, officer_id=UUID(viewer.id)
    )
    if blind.exists():
        raise NotFound(_("You judge this case again without knowing the ruling."))
    return looked_at(viewer, case_id)


def looked_at(viewer: Actor, case_id: UUID) -> OfficerCase:
    """The same also for who judges a sample: the caller shows nothing of the ruling then."""
    row = _open_to(viewer, case_id)
    case = files.case(case_id)
    if case.city != viewer.city:
        raise NotFound(_("There is no such case, or it is not yours."))
    looks.note(viewer, case_id, PURPOSE)
    return OfficerCase(case, row, files.parties(case_id), files.vehicles(case_id))


def _open_to(viewer: Actor, case_id: UUID) -> Determination:
    """The determination for whose sake this officer may read the case now; raises NotFound."""
    return taking.read_by(viewer, case_id) or determinations.held_by(viewer, case_id)


def photos(found: OfficerCase) -> list[Photo]:
    """The photographs in the order in which they arrived."""
    rows = Evidence.objects.filter(case=found.case).order_by("received_at", "id")
    labels = {p.pk: p.label for p in found.parties}
    alike = likenesses.alike(found.case.pk)
    return [_photo(found.case, row, labels, alike) for row in rows]


def _photo(case: Case, row: Evidence, labels: dict[Any, str], alike: set[UUID]) -> Photo:
    taken = row.captured_at
    seen = (_("Resembles a photograph of an earlier case"),) if row.pk in alike else ()
    return Photo(
        row=row,
        name=shot_name(row.shot),
        by=labels.get(row.party_id, ""),
        remarks=(*seen, *(_REMARKS[code]() for code in row.remarks if code in _REMARKS)),
        metres=_metres(case, row),
        delay=round((row.received_at - taken).total_seconds()) if taken else None,
    )


def _metres(case: Case, row: Evidence) -> int | None:
    if case.lon is None or case.lat is None or row.lon is None or row.lat is None:
        return None
    return round(distance_m(Position(case.lat, case.lon), Position(row.lat, row.lon)))


def photo(viewer: Actor, case_id: UUID, evidence_id: UUID) -> Evidence:
    """One photograph of a case of this officer; raises NotFound."""
    _open_to(viewer, case_id)
    row = Evidence.objects.filter(pk=evidence_id, case_id=case_id, case__city=viewer.city).first()
    if row is None:
        raise NotFound(_("There is no such photograph."))
    return row


@dataclass(frozen=True, slots=True)
class Told:
    """What came to the officer beside the statement: sound recordings, and who entered for the party."""

    party: Party
    recordings: list[Recording]
    entered_by: str


def voices(found: OfficerCase) -> list[Told]:
    """Of each party that spoke or was helped."""
    told = [Told(p, recordings_of(p), entered_by(p) if p.helper else "") for p in found.parties]
    return [one for one in told if one.recordings or one.entered_by]


def recording(viewer: Actor, case_id: UUID, recording_id: UUID) -> Recording:
    """One recording of a case of this officer; raises NotFound. Listening is noted as a look."""
    _open_to(viewer, case_id)
    row = find_one(Recording, pk=recording_id, party__case_id=case_id, party__case__city=viewer.city)
    if row is None:
        raise NotFound(_("There is no such recording."))
    looks.note(viewer, case_id, "voice")
    return row


def signed_by(viewer: Actor, most: int = 100) -> list[Determination]:
    """The cases this officer has signed, newest first."""
    signed = (Status.SIGNED, Status.CHECKED, Status.REPLACED)
    rows = Determination.objects.select_related("case").filter(
        officer_id=UUID(viewer.id), city=viewer.city, status__in=signed
    )
    return list(rows.order_by(F("signed_at").desc(nulls_first=True), "-taken_at")[:most])


def paper_of(found: OfficerCase) -> Paper | None:
    """The certificate of a signed determination, None while it is being made."""
    issued = Paper.objects.filter(case=found.case, kind__in=CERTIFICATES, issued_at__isnull=False)
    versions = Correction.objects.filter(determination=found.row).values("pk")
    own = issued.filter(Q(basis_id=found.row.pk) | Q(basis_id__in=versions))
    return own.order_by("-numbered_at").first()
