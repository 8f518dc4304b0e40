"""Lawful erasure of a party's data (PIPL Art. 47): the file's chain stays verifiable, the person is gone.

Facts in the journal carry ids and frozen values, no personal data; what is blanked stands in the rows, and
the bytes of photographs, of which the hashes stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kuaichu.cases import custody, files
from kuaichu.cases.models import (
    Evidence,
    Fingerprint,
    Likeness,
    Link,
    Party,
    PhoneCode,
    Reading,
    Recording,
    Redaction,
    Vehicle,
    Viewing,
)
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.objects import store


@dataclass(frozen=True)
class Erased(Fact, name="cases.erased"):
    """A party's data were erased; how many photographs went with them."""

    party_id: str
    photographs: int


def erase(actor: Actor, case_id: UUID, party_id: UUID) -> None:
    """Blank everything that names this party and drop the bytes of its photographs and recordings."""
    with act(actor, "cases.erase", case_id) as step:
        party = files.party(case_id, party_id)
        photos = list(Evidence.objects.filter(party=party))
        if not party.phone and not party.name and not photos:
            step.already()
            return
        sums = _sums(party, photos)
        _blank(party)
        for photo in photos:
            photo.exif, photo.device, photo.lon, photo.lat, photo.accuracy_m = {}, {}, None, None, None
            photo.remarks = sorted({*photo.remarks, "erased"})
            photo.save()
        custody.note_all(actor, photos, custody.ERASED)
        step.record(Erased(party_id=str(party.pk), photographs=len(photos)))
    for sha256 in sums - _needed(sums, party):
        store().remove(sha256)


def _sums(party: Party, photos: list[Evidence]) -> set[str]:
    """The objects of this party: originals, viewing copies, recordings."""
    copies = Viewing.objects.filter(evidence__in=photos)
    sounds = Recording.objects.filter(party=party)
    sums = {p.sha256 for p in photos} | {c.sha256 for c in copies} | {s.sha256 for s in sounds}
    copies.delete()
    for derived in (Reading, Redaction, Fingerprint, Likeness):
        derived.objects.filter(evidence__in=photos).delete()
    Likeness.objects.filter(like__in=photos).delete()
    sounds.delete()
    return sums


def _needed(sums: set[str], party: Party) -> set[str]:
    """Of these objects, those somebody else's evidence still is."""
    others = Evidence.objects.filter(sha256__in=sums).exclude(party=party)
    return set(others.values_list("sha256", flat=True))


def _blank(party: Party) -> None:
    party.phone = party.name = party.id_number = ""
    party.driver = party.payee = party.helper = party.injury = None
    party.statement, party.rating = {}, None
    party.session_version += 1
    party.save()
    Vehicle.objects.filter(party=party).update(plate="", plate_kind="", record=None, policies=None)
    PhoneCode.objects.filter(party=party).delete()
    Link.objects.filter(party=party).delete()
