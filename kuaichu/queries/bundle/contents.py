"""What stands in a bundle, file by file. Everything is read here; `packing` puts it into one file."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.cases.models import Case, Evidence, Recording
from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.models import EarlierFile, Paper
from kuaichu.desks.liability.engine import propose
from kuaichu.desks.liability.facts import to_json
from kuaichu.desks.liability.gathering import facts_of
from kuaichu.desks.liability.models import Determination
from kuaichu.desks.liability.packs import pack_of
from kuaichu.desks.liability.reasons.fingerprint import engine_fingerprint
from kuaichu.desks.liability.rules import rules
from kuaichu.kernel import canonical
from kuaichu.kernel.models import Entry
from kuaichu.kernel.objects import read, store
from kuaichu.law.statutes import parse, passage
from kuaichu.queries import public_log, verification
from kuaichu.queries.bundle.viewing import Reader, people_of
from kuaichu.queries.own_copy import EXTENSIONS, SOUNDS
from kuaichu.queries.papering.service_record import record_of
from kuaichu.queries.standing import standing
from kuaichu.queries.timeline import timeline

Files = dict[str, bytes]


def contents(case_id: UUID, reader: Reader) -> Files:
    """Every file of the bundle but its manifest and its page."""
    case = files.case(case_id)
    found: Files = dict(_case(case, reader))
    found |= dict(_evidence(case, reader))
    found |= dict(_engine(case))
    found |= dict(_papers(case, reader))
    found |= dict(_log(case))
    found["journal.json"] = _json(_journal(case_id, reader))
    found["timeline.json"] = _json([{"at": x.at, "who": x.who, "what": x.what} for x in timeline(case_id)])
    return found


def _case(case: Case, reader: Reader) -> Iterator[tuple[str, bytes]]:
    parties, vehicles = people_of(reader, case.pk)
    told = {
        "number": case.number,
        "city": case.city,
        "status": case.status,
        "procedure": case.procedure,
        "happened_at": case.happened_at,
        "place": {"text": case.place, "lon": case.lon, "lat": case.lat, "datum": case.datum},
        "weather": case.weather,
        "light": case.light,
        "screening": case.screening,
        "parties": parties,
        "vehicles": vehicles,
    }
    yield "case.json", _json(told)
    served = [
        {
            "paper": line.paper.number,
            "version": line.row.file_sha256,
            "party": line.label,
            "way": line.row.way,
            "status": line.row.status,
            "sent_at": line.row.sent_at,
            "served_at": line.row.served_at,
            "received_at": line.row.received_at,
        }
        for line in record_of(case.pk)
    ]
    yield "service.json", _json(served)


def _evidence(case: Case, reader: Reader) -> Iterator[tuple[str, bytes]]:
    """Photographs and recordings with their records; what may not be shown is listed by its hashes."""
    rows = Evidence.objects.filter(case=case).select_related("party").order_by("received_at", "id")
    listed: list[dict[str, Any]] = []
    for photo in rows:
        name = ""
        if store().exists(photo.sha256):
            data, original = reader.photograph(photo)
            if data is not None:
                end = EXTENSIONS.get(photo.mime, "bin") if original else "jpg"
                name = f"evidence/{photo.shot}-{photo.pk}{'' if original else '-shared'}.{end}"
                yield name, data
        names = ("id", "shot", "sha256", "sm3", "size", "mime", "captured_at", "received_at", "remarks")
        record = {key: getattr(photo, key) for key in names}
        listed.append(record | {"party": photo.party.label if photo.party else "", "file": name})
    sounds = Recording.objects.filter(party__case=case).select_related("party").order_by("received_at")
    for sound in sounds:
        name = ""
        if reader.is_own(sound.party) and store().exists(sound.sha256):
            name = f"evidence/recording-{sound.pk}.{SOUNDS.get(sound.mime, 'bin')}"
            yield name, read(sound.sha256)
        heard = ("id", "sha256", "sm3", "size", "mime", "seconds", "received_at")
        record = {key: getattr(sound, key) for key in heard}
        listed.append(record | {"party": sound.party.label, "file": name})
    yield "evidence/list.json", _json(listed)


def _engine(case: Case) -> Iterator[tuple[str, bytes]]:
    """Facts, the city's options and the engine's answer, such that anybody can ask the engine again."""
    decided = Determination.objects.filter(case=case).exclude(draft=None).order_by("-requested_at").first()
    officer = (decided.draft or {}).get("found") if decided is not None else None
    facts = facts_of(case, files.parties(case.pk), files.vehicles(case.pk), officer)
    answer = dict(propose(facts, pack_of(case.city), facts.on).to_json())
    yield "engine/facts.json", canonical.canonical(to_json(facts))
    yield "engine/options.json", canonical.canonical(rules(case.city).pack or {})
    yield "engine/proposal.json", canonical.canonical(answer)
    stands = standing(case.pk)
    cited = sorted({str(cite) for cite in _cited(answer)})
    rule = {
        "engine": engine_fingerprint(),
        "on": facts.on,
        "proposal_sha256": canonical.digest(answer),
        "law": [{"citation": cite, "text": passage(parse(cite), facts.on) or ""} for cite in cited],
    }
    yield "engine/rules.json", _json(rule)
    decision = (
        {
            "basis": stands.basis,
            "at": stands.at,
            "grades": stands.grades,
            "shares": {label: str(share) for label, share in stands.shares.items()},
            "proposal_seen": stands.row.proposal,
        }
        if stands is not None
        else None
    )
    yield "decision.json", _json(decision)


def _cited(answer: dict[str, Any]) -> list[Any]:
    found = answer.get("citations", [])
    return found if isinstance(found, list) else []


def _papers(case: Case, reader: Reader) -> Iterator[tuple[str, bytes]]:
    """Every version of every paper that this reader may have, with its facts."""
    listed = []
    for paper in Paper.objects.filter(case=case).exclude(file_sha256="").order_by("numbered_at"):
        if reader.party is not None and not paper.read_by(reader.party.label):
            continue
        earlier = EarlierFile.objects.filter(paper=paper).order_by("replaced_at")
        versions = [*[row.file_sha256 for row in earlier], paper.file_sha256]
        for count, sha256 in enumerate(versions, 1):
            yield f"papers/{paper.code}-{count}.pdf", read(sha256)
        yield f"papers/{paper.code}.facts.json", bytes(paper.facts)
        names = ("kind", "number", "code", "status", "level", "issued_at", "ended_at", "ended_why", "qr")
        shown = {key: getattr(paper, key) for key in names}
        leaves = {"facts_leaf": paper.facts_leaf, "file_leaf": paper.file_leaf}
        listed.append(shown | leaves | {"versions": versions, "facts_sha256": paper.facts_sha256})
    yield "papers/list.json", _json(listed)


def _log(case: Case) -> Iterator[tuple[str, bytes]]:
    """The log's checkpoint, a proof for each leaf of the papers, keys, and roots of seals and stamps."""
    note = public_log.checkpoint(case.city)
    size = int(note.split("\n")[1])
    papers = Paper.objects.filter(case=case).exclude(file_sha256="")
    wanted = {leaf for row in papers for leaf in (row.facts_leaf, row.file_leaf) if leaf is not None}
    proofs = []
    for index in sorted(wanted):
        found = public_log.inclusion(case.city, index, size)
        proofs.append(
            {
                "index": index,
                "leaf": found.data.decode() if found.data is not None else None,
                "proof": [base64.b64encode(one).decode() for one in found.proof],
            }
        )
    yield "log/checkpoint.txt", note.encode()
    yield "log/proofs.json", _json({"size": size, "leaves": proofs})
    yield "log/keys.json", certificates.keyset().jwks().encode()
    yield "log/origin.txt", public_log.origin(case.city).encode()
    trust = verification.trust(logged=False)
    for number, root in enumerate(trust.roots, 1):
        yield f"roots/seal-{number}.crt", root
    for number, root in enumerate(trust.timestamp_roots, 1):
        yield f"roots/timestamp-{number}.crt", root


def _journal(case_id: UUID, reader: Reader) -> list[dict[str, Any]]:
    """Every entry with what its hash is of."""
    return [
        {
            "id": entry.pk,
            "stream": entry.stream,
            "seq": entry.seq,
            "city": entry.city,
            "case_id": entry.case_id,
            "kind": entry.kind,
            "actor_kind": entry.actor_kind,
            "actor_id": entry.actor_id,
            "at": entry.at,
            "payload": reader.payload(entry.kind, entry.payload),
            "payload_hash": entry.payload_hash,
            "previous": entry.previous,
            "hash": entry.hash,
            "caused_by": entry.caused_by,
            "generation": entry.generation,
        }
        for entry in Entry.objects.filter(stream=case_id).order_by("seq")
    ]


def _json(value: Any) -> bytes:
    return canonical.canonical(value)
