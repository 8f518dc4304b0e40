"""A witness of the public log: police supervision, insurers' association, court. C2SP tlog-witness.

`POST /add-checkpoint` takes `old <size>`, a consistency proof, a blank line and the checkpoint, and answers
200 with its timestamped signature when the log only grew; 409 with the size it has, when that differs; 422
for a proof that does not hold; 403 for a log whose key changed. `GET /key` says who it is, `GET /seen` what
it has signed. The key is made on first start and kept in its store.
"""

from __future__ import annotations

import base64
import binascii
import time
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kuaichu.standins import notes, pages
from kuaichu.standins.serving import Refused, Reply, Request, Site, arguments, html, reply, serve
from kuaichu.standins.store import Store

_SCHEMA = """
CREATE TABLE IF NOT EXISTS self (name TEXT PRIMARY KEY, key BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS logs (origin TEXT PRIMARY KEY, public BLOB NOT NULL, size INTEGER NOT NULL,
    root BLOB NOT NULL, at INTEGER NOT NULL);
"""
_COLUMNS = ("日志 log", "叶子 leaves", "根 root", "时间 time")
_TEXT = "text/plain; charset=utf-8"


class Witness:
    """One witness with its key and the newest checkpoint of each log."""

    def __init__(self, store: Store, name: str) -> None:
        self.store, self.name = store, name
        known = store.row("SELECT key FROM self WHERE name = ?", name)
        raw = bytes(known["key"]) if known else Ed25519PrivateKey.generate().private_bytes_raw()
        if known is None:
            with store.write() as db:
                db.execute("INSERT INTO self VALUES (?, ?)", (name, raw))
        self.key = Ed25519PrivateKey.from_private_bytes(raw)
        self.public = self.key.public_key().public_bytes_raw()

    def site(self) -> Site:
        """Its addresses."""
        site = Site("witness")
        site.on("POST", "/add-checkpoint", self.add)
        site.on("GET", "/key", self.who)
        site.on("GET", "/seen", self.seen)
        site.on("GET", "/", self.page)
        return site

    def who(self, _request: Request) -> Reply:
        """Name and key."""
        return _text(f"{self.name} {base64.b64encode(self.public).decode()}\n")

    def seen(self, _request: Request) -> Reply:
        """What it has signed, a line for each log."""
        rows = self.store.rows("SELECT origin, size, root, at FROM logs ORDER BY origin")
        return reply({"logs": [{**row, "root": bytes(row["root"]).hex()} for row in rows]})

    def page(self, _request: Request) -> Reply:
        """What it has signed, for people."""
        found = self.store.rows("SELECT origin, size, root, at FROM logs ORDER BY origin")
        signed = [
            (pages.linked(row["origin"]), str(row["size"]), bytes(row["root"]).hex()[:24], _when(row["at"]))
            for row in found
        ]
        table = pages.table(_COLUMNS, signed, empty="还没有签署过日志 No log signed yet")
        return html(pages.page("公开日志见证", f"Witness of the public log: {self.name}", table))

    def add(self, request: Request) -> Reply:
        """Sign a checkpoint that extends the one signed before."""
        head, _, note = request.content.decode("utf-8", "replace").partition("\n\n")
        old, proof = _asked(head)
        origin = note.partition("\n")[0]
        with self.store.write() as db:
            known = db.execute("SELECT * FROM logs WHERE origin = ?", (origin,)).fetchone()
            public = bytes(known["public"]) if known else _key_of(request)
            seen = _opened(note, public)
            size = int(known["size"]) if known else 0
            if old != size:
                return _text(f"{size}\n", 409)
            if known and not _grew(known, seen, proof):
                raise Refused(422, "the log of now does not begin with the log that was signed before")
            at = int(time.time())
            row = (origin, public, seen.size, seen.root, at)
            db.execute("INSERT OR REPLACE INTO logs VALUES (?, ?, ?, ?, ?)", row)
        return _text(notes.cosigned(note, self.name, self.key, at) + "\n")


def _when(at: int) -> str:
    return pages.clock(datetime.fromtimestamp(at, UTC).isoformat())


def _grew(known: Any, seen: notes.Seen, proof: list[bytes]) -> bool:
    return notes.grew(int(known["size"]), bytes(known["root"]), seen.size, seen.root, proof)


def _opened(note: str, public: bytes) -> notes.Seen:
    try:
        return notes.opened(note, public)
    except notes.BadNote:
        raise Refused(403, "the checkpoint is not signed by the key this log has") from None


def _asked(head: str) -> tuple[int, list[bytes]]:
    first, *rest = head.split("\n")
    word, _, number = first.partition(" ")
    try:
        if word != "old" or not number.isdigit():
            raise ValueError(first)
        return int(number), [base64.b64decode(line, validate=True) for line in rest]
    except (ValueError, binascii.Error):
        raise Refused(400, "begin with `old <size>` and a proof in base64 lines") from None


def _key_of(request: Request) -> bytes:
    """The key of a log met for the first time, which it sends along; from then on it is the log's key."""
    try:
        public = base64.b64decode(request.headers.get("x-log-key", ""), validate=True)
    except (binascii.Error, ValueError):
        public = b""
    if len(public) != 32:
        raise Refused(403, "this log is not known; send its key in X-Log-Key once")
    return public


def _text(content: str, status: int = 200) -> Reply:
    return Reply(status, content.encode(), _TEXT)


def main() -> None:
    """Run the witness."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--name", default="witness", help="its name in signatures")
    options = parser.parse_args()
    store = Store(options.store, _SCHEMA)
    serve(Witness(store, options.name).site(), host=options.host, port=options.port, close=store.close)


if __name__ == "__main__":
    main()
