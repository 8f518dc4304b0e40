"""A whole insurer's system in about a hundred lines: it takes messages, reads the feed, and works its claims.

Set KUAICHU_BASE, KUAICHU_CLIENT_ID, KUAICHU_CLIENT_SECRET and KUAICHU_HOOK_SECRET, then
`python examples/insurer.py 9000 insurer.db` (the webhook is http://…:9000/hooks).

A message is only a knock: what is to be done is read from the feed by number, so nothing is missed when one
is lost and nothing is done twice when one comes again. A number is kept once its event was worked.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kuaichu_client import Event, Kuaichu, Line, Lost, NotGenuine, Problem, verify

PRICES_FEN = {"FRONT": 620_000, "REAR": 780_000, "LEFT": 450_000, "RIGHT": 450_000}
EVERY_SECONDS = 2.0


class Insurer:
    """The claim system: one thread works the feed."""

    def __init__(self, city: Kuaichu, store: str) -> None:
        self.city, self.knocked, self.stopping = city, threading.Event(), False
        self.store = sqlite3.connect(store, check_same_thread=False)
        self.store.execute("CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT)")

    def kept(self, name: str, otherwise: str) -> str:
        """A value kept under a name."""
        row = self.store.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return row[0] if row else otherwise

    def keep(self, name: str, value: str) -> None:
        """Keep it, now."""
        self.store.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, value))
        self.store.commit()

    def run(self) -> None:
        """Work what is new at every knock, and every few seconds without one."""
        while not self.stopping:
            try:
                for event in self.city.events(after=int(self.kept("sequence", "0"))):
                    self.work(event)
                    self.keep("sequence", str(event.sequence))
            except (Problem, Lost, RuntimeError, ValueError) as trouble:
                sys.stderr.write(f"later: {trouble}\n")
                time.sleep(EVERY_SECONDS)
            self.knocked.wait(EVERY_SECONDS)
            self.knocked.clear()

    def work(self, event: Event) -> None:
        """One event; what the city refuses is for a person, the others go on."""
        try:
            if event.type == "claim.registered":
                self.take(event.claim_id)
            elif event.type == "claim.calculated" and event.data.get("approval_needed"):
                self.approve(event.claim_id)
        except Problem as refused:
            if refused.status >= 500:
                raise
            sys.stderr.write(f"set aside: {event.sequence} {event.type}: {refused}\n")

    def take(self, claim_id: str) -> None:
        """Check the papers, accept the claim, assess its vehicles; the keys are the same every time."""
        packet = self.city.packet(claim_id)
        for url, sha256 in packet.sealed():
            self.city.file(url, sha256)
        serial = int(hashlib.sha256(claim_id.encode()).hexdigest(), 16) % 10**10
        self.city.acknowledge(claim_id, f"EXAMPLE{serial:010d}", key=f"{claim_id}/accept")
        for car in packet.to_assess:
            lines = self.lines(car["zones"])
            key = f"{claim_id}/{car['vehicle_id']}"
            self.city.assess(claim_id, car["vehicle_id"], lines, assessor="Example desk", key=key)

    def lines(self, zones: list[str]) -> list[Line]:
        """What the damage of these zones costs."""
        side = (zones or ["REAR"])[0].split("_")[0]
        part = {"FRONT": "前保险杠", "REAR": "后保险杠", "LEFT": "左前门", "RIGHT": "右前门"}[side]
        return [
            Line(part, "part", PRICES_FEN[side]),
            Line(part, "labour", 120_000),
            Line(part, "salvage", 20_000),
        ]

    def approve(self, claim_id: str) -> None:
        """Approve the calculation in force, if it still waits for us."""
        calculation = self.city.packet(claim_id).calculation
        if calculation and calculation["approval_needed"]:
            self.city.approve(claim_id, calculation["id"], key=f"{claim_id}/{calculation['id']}")


def door(insurer: Insurer, secrets: list[str]) -> type[BaseHTTPRequestHandler]:
    """The webhook: who signs wrongly gets 401, everything genuine gets 204 at once."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                verify(secrets, dict(self.headers), body)
            except NotGenuine:
                self.send_error(401)
                return
            insurer.knocked.set()
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing."""

    return Door


def main() -> None:
    """Run it: port of the webhook, file of the store."""
    env = os.environ
    city = Kuaichu(env["KUAICHU_BASE"], env["KUAICHU_CLIENT_ID"], env["KUAICHU_CLIENT_SECRET"])
    insurer = Insurer(city, sys.argv[2])
    threading.Thread(target=insurer.run, daemon=True).start()
    port = int(sys.argv[1])
    ThreadingHTTPServer(
        ("127.0.0.1", port), door(insurer, env["KUAICHU_HOOK_SECRET"].split())
    ).serve_forever()


if __name__ == "__main__":
    main()
