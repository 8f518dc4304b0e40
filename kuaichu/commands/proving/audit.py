"""`kuaichu audit URL`: prove a city's public log from outside, without trusting the installation.

Everything is fetched by HTTP and computed again here: the root of all leaves, that the log only grew since
the last audit (`--keep`), the witnesses' signatures, and the journals' heads of every anchored day. Found are
an edited, added or missing row, a dropped or changed leaf, a forked or shrunken log, and a changed key.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from kuaichu.kernel import checkpoints, translog

BATCH = 500
UNREADABLE = (ValueError, KeyError, TypeError, binascii.Error)


class Site:
    """The public pages of an installation."""

    def __init__(self, base: str, city: str = "") -> None:
        self._http = httpx.Client(base_url=base.rstrip("/"), timeout=60, trust_env=False)
        self._city = {"city": city} if city else {}

    def text(self, path: str, **query: Any) -> str:
        """The text of a page; "" where there is none (404)."""
        address = f"{path}?{urlencode({**self._city, **query})}"
        answer = self._http.get(address)
        while answer.status_code == 429:  # so many questions are answered slowly
            time.sleep(min(60.0, float(answer.headers.get("Retry-After", "5"))))
            answer = self._http.get(address)
        return "" if answer.status_code == 404 else answer.raise_for_status().text

    def json(self, path: str, **query: Any) -> dict[str, Any]:
        """The JSON object of a page."""
        found: dict[str, Any] = json.loads(self.text(path, **query) or "{}")
        return found


class Audit:
    """One audit of one log; `kept` is what the audit before kept, empty for the first."""

    def __init__(self, site: Site, kept: dict[str, Any]) -> None:
        self._site, self._before = site, kept
        self._tree = translog.MemoryStorage()
        self._key = b""
        self.days = 0
        self.witnesses: list[str] = []
        self.faults: list[str] = []
        self.kept: dict[str, Any] = {}

    @property
    def leaves(self) -> int:
        """How many leaves were read."""
        return self._tree.size()

    def run(self) -> None:
        """Prove everything. Raises httpx.HTTPError or one of UNREADABLE when the pages cannot be read."""
        note = self._site.text("/v/log/checkpoint")
        seen = self._opened(note, note.partition("\n")[0])
        if seen is None:
            return
        self._read(seen.size)
        if (self._tree.size(), self._root(seen.size)) != (seen.size, seen.root):
            self.faults.append("the leaves do not come to the checkpoint's root: one was dropped or changed")
        self._compare(seen)
        self.kept = {
            "origin": seen.origin,
            "key": base64.b64encode(self._key).decode(),
            "size": seen.size,
            "root": seen.root.hex(),
            "witnesses": self._witnessed(seen.origin),
        }

    def _root(self, size: int) -> bytes:
        """The root of the first leaves as they were read; b"" when there are fewer."""
        return translog.root(self._tree, size) if size <= self._tree.size() else b""

    def _opened(self, note: str, origin: str) -> checkpoints.Checkpoint | None:
        """The checkpoint, signed by the key kept before, else by one of those published."""
        if self._before and origin != self._before["origin"]:
            self.faults.append(f"the log calls itself {origin!r}; before it was {self._before['origin']!r}")
            return None
        keys = [base64.b64decode(self._before["key"])] if self._before else self._published()
        for key in keys:
            try:
                seen = checkpoints.Checkpoint.opened(note, origin, key)
            except checkpoints.BadCheckpoint:
                continue
            self._key = key
            return seen
        self.faults.append("the checkpoint is not signed by the key of this log")
        return None

    def _published(self) -> list[bytes]:
        keys = self._site.json("/v/keys.json").get("keys", [])
        coded = [key["x"] for key in keys if key.get("crv") == "Ed25519"]
        return [base64.urlsafe_b64decode(x + "=" * (-len(x) % 4)) for x in coded]

    def _read(self, size: int) -> None:
        while self._tree.size() < size:
            start = self._tree.size()
            found = self._site.json("/v/log/leaves", start=start, end=min(size, start + BATCH))["leaves"]
            for leaf in found:
                translog.append(self._tree, leaf.encode())
                told = json.loads(leaf)
                if told.get("kind") == "journal":
                    self._day(told)
            if not found:
                return

    def _day(self, told: dict[str, Any]) -> None:
        """An anchored day: its heads of now must come to the root in its leaf."""
        self.days += 1
        tree = translog.MemoryStorage()
        try:
            now = self._site.json("/v/log/day", day=told["day"])
            for stream, head in now["heads"]:
                translog.append(tree, bytes.fromhex(stream) + bytes.fromhex(head))
            found = translog.root(tree, tree.size()).hex(), now["entries"]
        except UNREADABLE:
            found = "", -1
        if found != (told["root"], told["entries"]):
            self.faults.append(f"the journals of {told['day']} are not what was anchored: a row was changed")

    def _compare(self, seen: checkpoints.Checkpoint) -> None:
        """Against the audit before: the log only grew."""
        if not self._before:
            return
        size, root = int(self._before["size"]), bytes.fromhex(self._before["root"])
        if size > seen.size:
            self.faults.append(f"the log has {seen.size} leaves; at the last audit it had {size}")
        elif self._root(size) != root:
            self.faults.append("the log does not begin with the log of the last audit: it was forked")

    def _witnessed(self, origin: str) -> dict[str, str]:
        """The co-signed checkpoint is of this log and signed by the witnesses named; their keys."""
        listed = self._site.json("/v/log/witnesses").get("witnesses", [])
        named = {one["name"]: str(one["key"]) for one in listed}
        pinned: dict[str, str] = {**named, **self._before.get("witnesses", {})}
        self.faults += [f"the key of witness {n} changed" for n in named if named[n] != pinned[n]]
        note = self._site.text("/v/log/checkpoint", cosigned=1)
        if not note:
            return pinned
        try:
            signed = checkpoints.Checkpoint.opened(note, origin, self._key)
        except checkpoints.BadCheckpoint:
            self.faults.append("the co-signed checkpoint is not this log's")
            return pinned
        if self._root(signed.size) != signed.root:
            self.faults.append("the witnesses signed another log than the one that is shown: it was forked")
        for name, key in pinned.items():
            public = base64.b64decode(key)
            if any(checkpoints.cosigned_at(note, line, name, public) for line in note.splitlines()):
                self.witnesses.append(name)
        return pinned


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("url", help="the address of the installation")
    parser.add_argument("--city", default="", help="the city; default: the installation's own")
    parser.add_argument("--keep", type=Path, help="what this audit keeps for the next one (JSON)")


def run(options: argparse.Namespace) -> int:
    """Audit; 1 if anything is wrong, 2 if the installation cannot be read."""
    kept = json.loads(options.keep.read_text()) if options.keep and options.keep.exists() else {}
    found = Audit(Site(options.url, options.city), kept)
    try:
        found.run()
    except (httpx.HTTPError, *UNREADABLE) as error:
        print(f"cannot be read: {type(error).__name__}", file=sys.stderr)
        return 2
    signed = ", ".join(found.witnesses) or "—"
    print(f"leaves 叶子 {found.leaves}, days 日 {found.days}, witnesses 见证 {signed}")
    for fault in found.faults:
        print(f"    {fault}", file=sys.stderr)
    if options.keep and not found.faults:
        options.keep.write_text(json.dumps(found.kept, indent=1))
    print("The log is whole. 日志完好" if not found.faults else f"{len(found.faults)} faults 处异常")
    return 1 if found.faults else 0
