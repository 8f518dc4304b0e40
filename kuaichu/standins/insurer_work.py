"""How a stand-in insurer works a claim: read and verify the packet, acknowledge, assess, later approve.

Everything to be done is a row of `work`, kept before it is tried and repeated with back-off until the city
has taken it; so an insurer that is killed goes on where it was. The rows of a claim are done in their order.
"""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from functools import partial
from sqlite3 import Connection
from typing import Any
from urllib.parse import quote

from kuaichu.standins.assessing import Line, assess
from kuaichu.standins.insurer_calls import Api, Undelivered
from kuaichu.standins.store import Behaviour, Row, Store, now

SCHEMA = """
CREATE TABLE IF NOT EXISTS hooks (id TEXT PRIMARY KEY, at TEXT, type TEXT, claim_id TEXT, told INTEGER);
CREATE TABLE IF NOT EXISTS claims (claim_id TEXT PRIMARY KEY, case_number TEXT, report_number TEXT,
    state TEXT, note TEXT, checked INTEGER NOT NULL DEFAULT 0, total_fen INTEGER NOT NULL DEFAULT 0, at TEXT);
CREATE TABLE IF NOT EXISTS work (seq INTEGER PRIMARY KEY, claim_id TEXT, kind TEXT, method TEXT, path TEXT,
    body TEXT, key TEXT UNIQUE, due REAL, tries INTEGER DEFAULT 0, state TEXT DEFAULT 'waiting', note TEXT,
    at TEXT);
CREATE INDEX IF NOT EXISTS work_due ON work (state, due);
"""
_REFUSALS = 8  # an answer 4xx is a no; the city may only be behind, so it is asked this often
_NEXT = """
SELECT * FROM work AS w WHERE state = 'waiting' AND due <= ? AND NOT EXISTS (SELECT 1 FROM work AS before
    WHERE before.claim_id = w.claim_id AND before.state = 'waiting' AND before.seq < w.seq)
ORDER BY due LIMIT 1
"""
_ADJUSTERS = ("定损员 周敏", "定损员 顾海涛", "定损员 陆晓燕", "定损员 沈志远")


class Discrepancy(Exception):
    """The packet is not what it says: a hash differs, or something is missing. The text says what."""


class Worker(threading.Thread):
    """One adjuster's desk, working the rows of `work` one after another."""

    def __init__(self, store: Store, api: Api, behaviour: Behaviour, code: str) -> None:
        super().__init__(name="worker", daemon=True)
        self._store, self._api, self._behaviour, self._code = store, api, behaviour, code
        self._wake, self._stopping = threading.Event(), False

    def wake(self) -> None:
        """Look at once whether there is something to do."""
        self._wake.set()

    def stop(self) -> None:
        """Finish the call under way and stop."""
        self._stopping = True
        self._wake.set()
        self.join(timeout=5)

    def run(self) -> None:
        """Work until stopped."""
        while not self._stopping:
            job = self._store.row(_NEXT, time.time())
            if job is None:
                self._wake.wait(0.25)
                self._wake.clear()
            else:
                self._do(job)
        self._api.close()

    def plan(
        self, db: Connection, claim_id: str, kind: str, path: str = "", *, body: object = None, seed: str
    ) -> None:
        """Put one call on the list, once for its seed; a withdrawn or refused one is taken up again."""
        method = {"read": "GET", "approval": "POST"}.get(kind, "PUT")
        key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self._code}/{claim_id}/{kind}/{seed}"))
        address = f"/api/insurer/v1/claims/{quote(claim_id, safe='')}{path}"
        text = None if body is None else json.dumps(body, ensure_ascii=False)
        due = time.time() + self._behaviour.get("delay_ms") / 1000
        db.execute(
            "INSERT INTO work (claim_id, kind, method, path, body, key, due, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET state = 'waiting', tries = 0, due = excluded.due "
            "WHERE state IN ('withdrawn', 'refused')",
            (claim_id, kind, method, self._api.path_of(self._api.base + address), text, key, due, now()),
        )

    def _do(self, job: Row) -> None:
        try:
            status, content = self._call(job)
            if 200 <= status < 300 and job["kind"] == "read":
                self._read(job, content)
        except Undelivered as lost:
            self._later(job, str(lost))
        except Discrepancy as wrong:
            self._refuse(job, str(wrong), "discrepancy")
        else:
            self._answered(job, status)

    def _call(self, job: Row) -> tuple[int, bytes]:
        unlucky = random.random() < self._behaviour.get("fail_rate")
        if unlucky and random.random() < 0.5:
            raise Undelivered("failed on purpose before the call")
        key = "" if job["kind"] == "read" else job["key"]
        answer = self._api.call(job["method"], job["path"], job["body"], key)
        if self._behaviour.get("twice") and job["kind"] != "read":
            answer = self._api.call(job["method"], job["path"], job["body"], key)
        if unlucky:
            raise Undelivered("failed on purpose after the call")
        return answer

    def _answered(self, job: Row, status: int) -> None:
        if 200 <= status < 300:
            with self._store.write() as db:
                db.execute("UPDATE work SET state = 'taken', note = ? WHERE seq = ?", (status, job["seq"]))
                self._advance(db, job)
        elif 400 <= status < 500 and status not in (401, 408, 425, 429) and job["tries"] + 1 >= _REFUSALS:
            self._refuse(job, f"HTTP {status}", "refused")
        else:
            self._later(job, f"HTTP {status}")

    def _advance(self, db: Connection, job: Row) -> None:
        state = {"acknowledgement": "acknowledged", "assessment": "assessed", "approval": "approved"}
        order = "CASE state WHEN 'paid' THEN 9 WHEN 'approved' THEN 4 WHEN 'assessed' THEN 3 ELSE 0 END"
        rank = {"acknowledgement": 2, "assessment": 3, "approval": 4}.get(job["kind"])
        if rank is not None:
            db.execute(
                f"UPDATE claims SET state = ?, note = '' WHERE claim_id = ? AND {order} < ?",
                (state[job["kind"]], job["claim_id"], rank),
            )

    def _later(self, job: Row, note: str) -> None:
        wait = min(30.0, 0.2 * 2 ** min(job["tries"], 10)) * random.uniform(0.8, 1.2)
        with self._store.write() as db:
            db.execute(
                "UPDATE work SET tries = tries + 1, due = ?, note = ? WHERE seq = ?",
                (time.time() + wait, note, job["seq"]),
            )

    def _refuse(self, job: Row, note: str, state: str) -> None:
        with self._store.write() as db:
            sql = "UPDATE work SET state = 'refused', tries = tries + 1, note = ? WHERE seq = ?"
            db.execute(sql, (note, job["seq"]))
            sql = "UPDATE claims SET state = ?, note = ? WHERE claim_id = ?"
            db.execute(sql, (state, note, job["claim_id"]))

    def _read(self, job: Row, content: bytes) -> None:
        """Verify a packet and plan what it asks for."""
        try:
            packet = json.loads(content)
            asked = [_Vehicle(entry) for entry in packet.get("assess", [])]
            checked = sum(self._genuine(item) for item in _sealed(packet))
        except (ValueError, AttributeError, TypeError, KeyError) as wrong:
            raise Discrepancy(f"the packet cannot be read: {wrong}") from None
        claim_id = job["claim_id"]
        with self._store.write() as db:
            meant = "SELECT 1 FROM work WHERE seq = ? AND state = 'waiting'"
            if not self._store.row(meant, job["seq"]):
                return  # withdrawn while it was read: a revocation has come in between
            sql = "UPDATE claims SET checked = ?, state = 'verified', note = '' WHERE claim_id = ?"
            db.execute(sql + " AND state IN ('received', 'held', 'discrepancy')", (checked, claim_id))
            plans = [partial(self._plan_report, db, claim_id)]
            plans += [partial(self._plan_assessment, db, claim_id, car) for car in asked]
            for plan in reversed(plans) if self._behaviour.get("wrong_order") else plans:
                plan()
            total = sum(car.assessed(self._code)[1] for car in asked)
            db.execute("UPDATE claims SET total_fen = ? WHERE claim_id = ?", (total, claim_id))

    def _genuine(self, item: dict[str, Any]) -> bool:
        status, content = self._api.call("GET", self._api.path_of(item["url"]))
        if status != 200:
            raise Undelivered(f"a file of the packet: HTTP {status}")
        if "sha256" not in item:  # of a photograph we get a copy; its original's hash is stated
            if not content.startswith(b"\xff\xd8"):
                raise Discrepancy("a photograph of the packet is no picture")
        elif hashlib.sha256(content).hexdigest() != item["sha256"].lower():
            raise Discrepancy("a file does not have the hash which the packet states")
        return True

    def _plan_report(self, db: Connection, claim_id: str) -> None:
        row = self._store.row("SELECT report_number FROM claims WHERE claim_id = ?", claim_id)
        number = (row or {}).get("report_number") or _report_number(self._code, claim_id)
        db.execute("UPDATE claims SET report_number = ? WHERE claim_id = ?", (number, claim_id))
        self.plan(
            db, claim_id, "acknowledgement", "/acknowledgement", body={"report_number": number}, seed=number
        )

    def _plan_assessment(self, db: Connection, claim_id: str, car: _Vehicle) -> None:
        lines, total = car.assessed(self._code)
        who = _ADJUSTERS[int(hashlib.sha256(claim_id.encode()).hexdigest(), 16) % len(_ADJUSTERS)]
        body = {"lines": lines, "total_fen": total, "assessor": who, "assessed_at": now()}
        seed = f"{car.id}/{json.dumps(lines, ensure_ascii=False)}"
        self.plan(db, claim_id, "assessment", f"/assessments/{quote(car.id, safe='')}", body=body, seed=seed)


class _Vehicle:
    """One entry of a packet's `assess`."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.id = str(entry["vehicle_id"])
        self.plate = str(entry.get("plate") or "")
        zones = entry.get("zones") or entry.get("contact_zones") or entry.get("contact_zone") or []
        self.zones = [zones] if isinstance(zones, str) else [str(zone) for zone in zones]

    def assessed(self, insurer: str) -> tuple[list[Line], int]:
        """Lines and total in fen."""
        return assess(insurer, self.plate or self.id, self.zones)


def _sealed(value: object) -> Iterator[dict[str, Any]]:
    """Every object of a packet that names a file: its `url` and its hash, or its original's."""
    if isinstance(value, dict):
        if value.get("url") and (value.get("sha256") or value.get("original_sha256")):
            yield value
        for inner in value.values():
            yield from _sealed(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sealed(inner)


def _report_number(code: str, claim_id: str) -> str:
    serial = int(hashlib.sha256(claim_id.encode()).hexdigest(), 16) % 10**8
    return f"{code[:4]}{now()[:10].replace('-', '')}{serial:08d}"
