"""Insurers' systems with one mistake each, for the conformance kit: `python -m … MISTAKE PORT STORE`."""

from __future__ import annotations

import os
import random
import sys
import threading
import uuid
from http.server import ThreadingHTTPServer

from kuaichu_client import Kuaichu, Line, Message, verify
from kuaichu_client.city import Kuaichu as City

from examples.insurer import Insurer, door


class Unchecked(Insurer):
    """Does not check who signs."""


class TwiceOtherwise(Insurer):
    """Works every message it gets, and never twice with the same figures."""

    def lines(self, zones):
        return [Line("前保险杠", "part", random.randrange(200_000, 400_000))]

    def heard(self, message: Message) -> None:
        if message.type == "claim.registered":
            threading.Thread(target=self.take, args=(message.claim_id,), daemon=True).start()

    def take(self, claim_id: str) -> None:
        for car in self.city.packet(claim_id).to_assess:
            try:
                self.city.acknowledge(claim_id, f"TWICE{claim_id[:8]}")
                self.city.assess(
                    claim_id, car["vehicle_id"], self.lines([]), assessor="x", key=str(uuid.uuid4())
                )
            except Exception as refused:
                print(refused, file=sys.stderr)


class NewKeys(City):
    """Makes every call under a key of its own, the repeated ones too."""

    def _send(self, method, path, body, if_match, key):
        calls, once = self._calls, self._calls._once

        def otherwise(verb, where, headers, more):
            headers["Idempotency-Key"] = str(uuid.uuid4())
            return once(verb, where, headers, more)

        calls._once = otherwise
        try:
            return super()._send(method, path, body, if_match, key)
        finally:
            calls._once = once


class Deaf(Insurer):
    """Reads the feed only when it is told to: a lost message is never found."""

    def run(self) -> None:
        while True:
            self.knocked.wait()
            self.knocked.clear()
            for event in self.city.events(after=int(self.kept("sequence", "0"))):
                self.work(event)
                self.keep("sequence", str(event.sequence))


def main() -> None:
    mistake, port, store = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    env = os.environ
    city = (NewKeys if mistake == "new_keys" else Kuaichu)(
        env["KUAICHU_BASE"], env["KUAICHU_CLIENT_ID"], env["KUAICHU_CLIENT_SECRET"]
    )
    kinds = {"unchecked": Unchecked, "twice_otherwise": TwiceOtherwise, "new_keys": Insurer, "deaf": Deaf}
    insurer = kinds[mistake](city, store)
    secrets = env["KUAICHU_HOOK_SECRET"].split()
    opened = door(insurer, secrets)
    if mistake == "unchecked":
        opened.do_POST = _any  # type: ignore[method-assign]
    if mistake == "twice_otherwise":
        opened.do_POST = _each(insurer, secrets)  # type: ignore[method-assign]
    threading.Thread(target=insurer.run, daemon=True).start()
    ThreadingHTTPServer(("127.0.0.1", port), opened).serve_forever()


def _any(self) -> None:
    self.rfile.read(int(self.headers.get("Content-Length") or 0))
    self.send_response(204)
    self.end_headers()


def _each(insurer, secrets):
    def take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            insurer.heard(verify(secrets, dict(self.headers), body))
            self.send_response(204)
        except Exception:
            self.send_response(401)
        self.end_headers()

    return take


if __name__ == "__main__":
    main()
