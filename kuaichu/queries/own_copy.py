"""A copy of one's own data (PIPL Art. 45): what a party gave and what was found about its vehicle."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from kuaichu.cases import files
from kuaichu.cases.models import Evidence, Party, Recording
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.objects import read, store
from kuaichu.queries.own_case import looks_at

EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
SOUNDS = {"audio/ogg": "ogg", "audio/webm": "webm", "audio/mp4": "m4a"}


def own_copy(viewer: Actor) -> bytes:
    """The file; nobody else's data are in it. Raises NotFound for somebody without a part."""
    assert viewer.case_id is not None
    party = files.own_party(viewer, viewer.case_id)
    photos = list(Evidence.objects.filter(party=party).order_by("received_at"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        told = json.dumps(_told(viewer, party, photos), ensure_ascii=False, indent=2, default=str)
        archive.writestr("data.json", told)
        for photo in photos:
            if store().exists(photo.sha256):
                name = f"photographs/{photo.shot}-{photo.pk}.{EXTENSIONS.get(photo.mime, 'bin')}"
                archive.writestr(name, read(photo.sha256))
        for sound in Recording.objects.filter(party=party).order_by("received_at"):
            if store().exists(sound.sha256):
                archive.writestr(f"recordings/{sound.pk}.{SOUNDS.get(sound.mime, 'bin')}", read(sound.sha256))
    return out.getvalue()


def _told(viewer: Actor, party: Party, photos: list[Evidence]) -> dict[str, Any]:
    case, vehicle = files.case(party.case_id), files.vehicle_of(party)
    return {
        "case": {"number": case.number, "place": case.place, "happened_at": case.happened_at},
        "party": {
            name: getattr(party, name)
            for name in (
                "label", "phone", "name", "id_number", "driver", "statement", "payee", "rating", "helper",
                "injury", "language",
            )
        },
        "vehicle": {"plate": vehicle.plate, "register": vehicle.record, "policies": vehicle.policies},
        "photographs": [
            {
                "id": photo.pk, "shot": photo.shot, "sha256": photo.sha256, "sm3": photo.sm3,
                "captured_at": photo.captured_at, "received_at": photo.received_at,
                "position": [photo.lon, photo.lat, photo.accuracy_m], "exif": photo.exif,
                "device": photo.device,
            }
            for photo in photos
        ],
        "looked": [
            {"at": look.at, "role": look.role, "unit": look.unit, "purpose": look.purpose}
            for look in looks_at(viewer)
        ],
    }  # fmt: skip
