"""The whole file of a case as it leaves for a unit outside the city: one archive with its list of hashes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any
from uuid import UUID

from django.forms.models import model_to_dict

from kuaichu.cases import custody, files
from kuaichu.cases.models import Case, Evidence, Party, Recording, Vehicle
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability.bench import removals
from kuaichu.desks.liability.models import Determination, Removal
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.kernel.objects import read, store
from kuaichu.queries import looks
from kuaichu.queries.own_copy import EXTENSIONS, SOUNDS

PURPOSE = "transfer"


def removed_file(viewer: Actor, removal_id: UUID) -> tuple[Removal, bytes]:
    """The archive; raises NotFound. Taking it is noted as a look, and in the custody of each photograph."""
    removal = removals.own(viewer, removal_id)
    case_id = removal.case_id
    evidence = list(Evidence.objects.filter(case_id=case_id).order_by("received_at", "id"))
    parts = {"file.json": _told(removal), **_objects(case_id, evidence)}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(parts.items()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {**parts, "SHA256SUMS": sums.encode()}.items():
            archive.writestr(name, data)
    looks.note(viewer, case_id, PURPOSE)
    for row in evidence:
        custody.note_once(viewer, row, custody.LOOKED, purpose=PURPOSE)
    return removal, out.getvalue()


def _objects(case_id: UUID, evidence: list[Evidence]) -> dict[str, bytes]:
    named = {
        f"photographs/{one.shot}-{one.pk}.{EXTENSIONS.get(one.mime, 'bin')}": one.sha256 for one in evidence
    }
    for sound in Recording.objects.filter(party__case_id=case_id):
        named[f"recordings/{sound.pk}.{SOUNDS.get(sound.mime, 'bin')}"] = sound.sha256
    for paper in Paper.objects.filter(case_id=case_id).exclude(file_sha256=""):
        named[f"papers/{paper.code}.pdf"] = paper.file_sha256
    return {name: read(digest) for name, digest in named.items() if store().exists(digest)}


def _told(removal: Removal) -> bytes:
    case = files.case(removal.case_id)
    told = {
        "case": _row(case),
        "to": {"unit": removal.unit, "why": removal.words, "at": removal.at},
        "parties": [_row(one) for one in Party.objects.filter(case=case).order_by("label")],
        "vehicles": [_row(one) for one in Vehicle.objects.filter(case=case)],
        "photographs": [_row(one) for one in Evidence.objects.filter(case=case).order_by("received_at")],
        "determinations": [_row(one) for one in Determination.objects.filter(case=case)],
        "journal": [_entry(one) for one in Entry.objects.filter(stream=case.pk).order_by("seq")],
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=str).encode()


def _row(row: Case | Party | Vehicle | Evidence | Determination) -> dict[str, Any]:
    return {"id": row.pk, **model_to_dict(row)}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "seq": entry.seq, "at": entry.at, "kind": entry.kind, "payload": entry.payload,
        "payload_hash": entry.payload_hash, "previous": entry.previous, "hash": entry.hash,
    }  # fmt: skip
