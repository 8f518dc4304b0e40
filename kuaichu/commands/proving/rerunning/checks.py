"""What can be checked of a bundle anywhere: hashes, signature, journal, public log, papers, the engine."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from kuaichu.desks.documents.checking import Trust, Verdict, check
from kuaichu.desks.documents.signing_keys import Keyset
from kuaichu.desks.liability.engine import LiabilityPack, propose
from kuaichu.desks.liability.facts import from_json
from kuaichu.desks.liability.reasons.fingerprint import engine_fingerprint
from kuaichu.kernel import canonical, checkpoints, clock, cose, translog
from kuaichu.kernel.journal import START, chain_hash
from kuaichu.kernel.models import Entry
from kuaichu.queries.bundle.packing import MANIFEST, SIGNATURE

Files = dict[str, bytes]
BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError)


def hashes(files: Files) -> list[str]:
    """Every file is the one the manifest names, and there is no other."""
    named: dict[str, str] = json.loads(files[MANIFEST])["files"]
    there = {name for name in files if name not in (MANIFEST, SIGNATURE)}
    wrong = [f"missing: {name}" for name in sorted(set(named) - there)]
    wrong += [f"not in the manifest: {name}" for name in sorted(there - set(named))]
    changed = (n for n in sorted(there & set(named)) if hashlib.sha256(files[n]).hexdigest() != named[n])
    return wrong + [f"changed: {name}" for name in changed]


def signature(files: Files, keys: Keyset) -> list[str]:
    """The manifest is signed by one of the keys, on a day on which it was in use."""
    seal = cose.opened(files[SIGNATURE])
    key = keys.find(seal.key_id)
    if key is None or not key.verifies(seal.signature, seal.signed):
        return ["the manifest is not signed by a key of this installation"]
    claims = cose.decoded(seal.payload)
    if claims[2] != hashlib.sha256(files[MANIFEST]).digest():
        return ["the signature is of another manifest"]
    day = datetime.fromtimestamp(int(claims[6]), clock.CHINA).date()
    return [] if key.covers(day) else ["the manifest is signed with a key that was not in use then"]


def journal(files: Files) -> list[str]:
    """Each entry comes to its hash, follows the one before, and its payload to the hash in it."""
    wrong, before = [], (0, START)
    for row in json.loads(files["journal.json"]):
        entry = _entry(row)
        if row["payload"] is not None and canonical.digest(row["payload"]) != entry.payload_hash:
            wrong.append(f"entry {entry.seq}: its payload was changed")
        if chain_hash(entry) != entry.hash:
            wrong.append(f"entry {entry.seq}: it was changed")
        if (entry.seq - 1, entry.previous) != before:
            wrong.append(f"entry {entry.seq}: it does not follow the one before")
        before = (entry.seq, entry.hash)
    return wrong


def _entry(row: dict[str, Any]) -> Entry:
    ids = {name: UUID(row[name]) if row[name] else None for name in ("stream", "case_id", "caused_by")}
    names = (
        "seq",
        "city",
        "kind",
        "actor_kind",
        "actor_id",
        "payload_hash",
        "previous",
        "hash",
        "generation",
    )
    return Entry(**ids, **{name: row[name] for name in names}, at=datetime.fromisoformat(row["at"]))


def log(files: Files, keys: Keyset) -> list[str]:
    """The checkpoint is signed, and every leaf of a paper is proven to be in it."""
    note, origin = files["log/checkpoint.txt"].decode(), files["log/origin.txt"].decode()
    seen = _opened(note, origin, keys)
    if seen is None:
        return ["the checkpoint is not signed by a key of this installation"]
    wrong, proven = [], set()
    for row in json.loads(files["log/proofs.json"])["leaves"]:
        digest = translog.leaf_hash(str(row["leaf"]).encode())
        proof = [base64.b64decode(one) for one in row["proof"]]
        if translog.verify_inclusion(digest, row["index"], seen.size, proof, seen.root):
            proven.add((row["index"], row["leaf"]))
        else:
            wrong.append(f"leaf {row['index']}: it is not in the log")
    return wrong + _papers_logged(files, {index: json.loads(leaf) for index, leaf in proven})


def _papers_logged(files: Files, leaves: dict[int, dict[str, Any]]) -> list[str]:
    """Facts and newest file of each paper are what their leaves say."""
    wrong = []
    for paper in json.loads(files["papers/list.json"]):
        facts = hashlib.sha256(files[f"papers/{paper['code']}.facts.json"]).hexdigest()
        if leaves.get(paper["facts_leaf"], {}).get("facts_sha256") != facts:
            wrong.append(f"paper {paper['number']}: its facts are not as logged")
        newest = hashlib.sha256(files[f"papers/{paper['code']}-{len(paper['versions'])}.pdf"]).hexdigest()
        if leaves.get(paper["file_leaf"], {}).get("file_sha256") != newest:
            wrong.append(f"paper {paper['number']}: its file is not as logged")
    return wrong


def _opened(note: str, origin: str, keys: Keyset) -> checkpoints.Checkpoint | None:
    for key in keys.keys:
        try:
            return checkpoints.Checkpoint.opened(note, origin, key.public)
        except checkpoints.BadCheckpoint:
            continue
    return None


def papers(files: Files) -> list[str]:
    """Every version of every paper is sealed under the roots in the bundle and unchanged."""
    roots = tuple(data for name, data in sorted(files.items()) if name.startswith("roots/seal-"))
    stamps = tuple(data for name, data in sorted(files.items()) if name.startswith("roots/timestamp-"))
    wrong = []
    for name, data in sorted(files.items()):
        if name.startswith("papers/") and name.endswith(".pdf"):
            verdict = check(data, Trust(roots, stamps), now=clock.now()).verdict
            wrong += [f"{name}: {verdict.value}"] if verdict is not Verdict.GENUINE else []
    return wrong


def engine(files: Files) -> list[str]:
    """The engine, asked again with the facts and options of the bundle, gives the same proposal."""
    again = rerun(files)
    if again != json.loads(files["engine/proposal.json"]):
        same = json.loads(files["engine/rules.json"])["engine"] == engine_fingerprint()
        return [f"another proposal{'' if same else ' (this machine has another version of the rules)'}"]
    told = json.loads(files["engine/rules.json"])["proposal_sha256"]
    return [] if canonical.digest(again) == told else ["the hash of the proposal is not the one stated"]


def rerun(files: Files) -> dict[str, Any]:
    """What the engine of this machine proposes."""
    facts = from_json(json.loads(files["engine/facts.json"]))
    options = json.loads(files["engine/options.json"])
    pack = LiabilityPack.from_section(options) if options else LiabilityPack.default()
    return dict(canonical.plain(propose(facts, pack, facts.on).to_json()))


def checked(files: Files, keys: Keyset | None) -> dict[str, list[str]]:
    """Every check by its name, with what is wrong. `keys`: those to believe; None for those inside."""
    known = keys
    if known is None:
        try:
            known = Keyset.from_jwks(files["log/keys.json"].decode())
        except BROKEN:
            known = Keyset(())
    believed = known
    checks: dict[str, Callable[[], list[str]]] = {
        "files": lambda: hashes(files),
        "signature": lambda: signature(files, believed),
        "journal": lambda: journal(files),
        "public log": lambda: log(files, believed),
        "papers": lambda: papers(files),
        "engine": lambda: engine(files),
    }
    return {name: _asked(run) for name, run in checks.items()}


def _asked(run: Callable[[], list[str]]) -> list[str]:
    try:
        return run()
    except BROKEN as error:
        return [f"cannot be read ({type(error).__name__})"]
