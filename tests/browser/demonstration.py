"""A real `kuaichu demo` of its own: every program, free ports, its own folder; and the town around it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from kuaichu.commands.running import places
from tests.servers import ROOT
from tests.stories.builders import Town

SECONDS = 420  # the first start makes keys and a database; a busy machine takes its time
INSURERS = {"HUAIHAI": "淮海财产保险", "TAIHU": "太湖财产保险", "LIXIAHE": "里下河财产保险"}
LIMITS = {"CTALI": 20_000_000, "TPL": 100_000_000}


class Place:
    """One stand-in as HTTP reaches it."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.http = httpx.Client(base_url=self.base, trust_env=False, timeout=30)

    def post(self, path: str, body: Any) -> httpx.Response:
        return self.http.post(path, json=body).raise_for_status()

    def put(self, path: str, body: Any) -> httpx.Response:
        return self.http.put(path, json=body).raise_for_status()


class Streets(Town):
    """The town of a running demonstration."""

    def __init__(self, ports: dict[str, int]) -> None:
        self.running = {name: Place(ports[name]) for name in ("register", "policies", "phones", "rail")}
        self._numbers = 0

    def insure(self, plate: str, insurer: str = "HUAIHAI", *covers: str) -> None:
        """Let the plate have exactly these covers."""
        policies = [
            {
                "cover": cover, "insurer": insurer, "insurer_name": INSURERS[insurer],
                "number": f"{insurer[:2]}{cover}{plate[2:]}", "starts": "2024-01-01", "ends": "2035-12-31",
                "limit_fen": LIMITS[cover], "deductible_fen": 0,
            }
            for cover in covers
        ]  # fmt: skip
        self.running["policies"].put(f"/policies/{plate}", {"policies": policies})

    def signing_code(self, number: str) -> str:
        """The digits of the message that stands for a signature, as soon as it has come."""
        for _ in range(120):
            texts = " ".join(text for text in self.messages(number) if re.search("协议|agreement", text))
            if found := re.search(r"(?<!\d)\d{6}(?!\d)", texts):
                return found.group()
            time.sleep(0.25)
        raise AssertionError("no message with a code to sign")

    def code_of(self, label: str) -> str:
        """The present code of an account's authenticator, good for at least five more seconds."""
        while True:
            answer = self.running["phones"].post("/api/authenticators/query", {"label": label}).json()
            if answer["seconds_left"] > 5:
                return str(answer["code"])
            time.sleep(answer["seconds_left"] + 0.5)


class Demonstration:
    """The process, its folder and what it printed."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.var, self.output = folder / "var", folder / "demo.out"
        self.var.mkdir(parents=True)
        self.ports: dict[str, int] = {}
        for name in places.DEFAULTS:
            self.ports[name] = places.any_free(set(self.ports.values()))
        (self.var / "demo.json").write_text(json.dumps({"ports": self.ports}))
        given = {k: v for k, v in os.environ.items() if not k.startswith("KUAICHU_")}
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kuaichu", "demo", *options], cwd=ROOT, stdout=out, stderr=out,
                env=given | {"KUAICHU_VAR": str(self.var)}, start_new_session=True,
            )  # fmt: skip
        try:
            self._until_ready()
        except BaseException:
            self.stop()
            raise
        self.base = f"http://127.0.0.1:{self.ports['web']}"
        self.streets = Streets(self.ports)
        self.accounts: dict[str, str] = json.loads((self.var / "seeded.json").read_text())["links"]

    def _until_ready(self) -> None:
        end = time.monotonic() + SECONDS
        while "/authenticators" not in self.printed:
            assert self.process.poll() is None, f"the demonstration ended:\n{self.printed}"
            assert time.monotonic() < end, f"the demonstration is not ready:\n{self.printed}"
            time.sleep(0.2)

    @property
    def printed(self) -> str:
        """What it has printed so far."""
        return self.output.read_text(encoding="utf-8", errors="replace")

    def link(self, place: str) -> str:
        """The sign-in link of a place in the printed table, as `welcome.ROLES` names it."""
        names: dict[str, str] = json.loads((self.var / "seeded.json").read_text())["names"]
        line = next(row for row in self.printed.splitlines() if f" {names[place]} " in row)
        found = re.search(r"http://\S+/enter/\S+", line)
        assert found, line
        return found.group()

    def stop(self) -> int:
        """Ctrl-C; the exit status. Whatever is left of it is killed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(60)
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(10)
