"""The bundle as one file: contents, signed manifest, a page that opens offline. Same contents, same bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.documents import certificates
from kuaichu.kernel import canonical, clock, cose
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotFound, WrongState
from kuaichu.queries import looks
from kuaichu.queries.bundle.contents import contents
from kuaichu.queries.bundle.page import index_page
from kuaichu.queries.bundle.viewing import Reader
from kuaichu.queries.standing import standing

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.cose"
PAGE: Final = "index.html"
_DATE: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The zip, its SHA-256 (hex), and whose view it is."""

    data: bytes
    sha256: str
    view: str


def bundle_of(viewer: Actor, case_id: UUID, *, now: datetime | None = None) -> Bundle:
    """The bundle of a case as this viewer may have it.

    Parties: after the decision, with the others' secrets masked (D146 Art. 65). Staff: everything; the look
    is noted. Raises NotFound for somebody else's case, WrongState before there is a decision.
    """
    case = files.case(case_id)
    party = files.own_party(viewer, case_id) if viewer.kind == "party" else None
    if party is None and (viewer.city != case.city or not viewer.may("documents.bundle")):
        raise NotFound(_("There is no such case, or it is not yours."))
    if party is not None and standing(case_id) is None:
        raise WrongState(_("You can read and copy the evidence as soon as the decision is served."))
    if party is None:
        looks.note(viewer, case_id, "court")
    reader = Reader.of(viewer, party)
    data = packed(contents(case_id, reader), case.number, reader.name, now or clock.now())
    return Bundle(data, hashlib.sha256(data).hexdigest(), reader.name)


def packed(found: dict[str, bytes], number: str, view: str, now: datetime) -> bytes:
    """One zip of these files, page and signed manifest; names in order, no times of its own."""
    whole = dict(found)
    whole[PAGE] = index_page(found, number, view, now).encode()
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in whole.items()}
    manifest = canonical.canonical({"case": number, "view": view, "made_at": now, "files": sums})
    key = certificates.key_ring().current()
    claims = {1: "manifest", 2: hashlib.sha256(manifest).digest(), 6: int(now.timestamp())}
    whole[MANIFEST] = manifest
    whole[SIGNATURE] = cose.seal(claims, key_id=key.key_id, sign=key.sign)
    return _zipped(whole)


def _zipped(whole: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.external_attr = 0o644 << 16
            packs = name.endswith((".json", ".html", ".txt"))
            entry.compress_type = zipfile.ZIP_DEFLATED if packs else zipfile.ZIP_STORED
            archive.writestr(entry, whole[name])
    return out.getvalue()
