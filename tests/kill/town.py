"""A whole town of processes for a test: the server, its registers, insurers, phones and payout rail."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.servers import ROOT, Server
from tests.standins.running import Running

INSURERS = {"huaihai": "HUAIHAI", "taihu": "TAIHU"}
PORTS = {"REGISTER": "register", "POLICIES": "policies", "SMS": "phones", "PAYOUT": "rail"}


class Town:
    """Started, seeded, without stories. `options` are further arguments of the server."""

    def __init__(self, make_server: Callable[..., Server], folder: Path) -> None:
        self.folder = folder
        self.standins = {name: Running(name, folder, *(["--settle", "150"] if name == "rail" else []))
                         for name in PORTS.values()}  # fmt: skip
        addresses = {f"KUAICHU_{port}_URL": self.standins[name].base for port, name in PORTS.items()}
        self.server = make_server(**addresses, KUAICHU_WORK="2", KUAICHU_LOG="WARNING")
        self._insurers()

    def _insurers(self) -> None:
        self.server.command("seed", "--authenticators", self.standins["phones"].base)
        kept = json.loads((self.server.var / "seeded.json").read_text(encoding="utf-8"))
        hooks = []
        for name, code in INSURERS.items():
            client = kept["clients"][code]
            words = ["--code", code, "--base", self.server.url, "--client-id", client["client_id"]]
            words += ["--client-secret", client["client_secret"], "--secret", client["webhook_secret"]]
            (self.folder / name).mkdir()
            self.standins[name] = Running("insurer", self.folder / name, *words)
            hooks += ["--webhook", f"{code}={self.standins[name].base}/hooks"]
        self.server.command("seed", *hooks)

    def replay(self, *arguments: str) -> subprocess.Popen[str]:
        """`kuaichu replay --json …` as a process of its own; its output is one line of figures."""
        command = [sys.executable, "-m", "kuaichu", "replay", "--json", "--base", self.server.url]
        command += ["--phones", self.standins["phones"].base, *arguments]
        with (self.folder / "replay.log").open("ab") as log:
            return subprocess.Popen(
                command, env=self.server.environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=log
            )

    def ask(self, code: str) -> Any:
        """What a line of Python on the system's own database answers, as JSON."""
        text = f"import json, django; django.setup(); from kuaichu.kernel.models import *\n{code}"
        environment = self.server.environment | {"DJANGO_SETTINGS_MODULE": "kuaichu.settings"}
        done = subprocess.run(
            [sys.executable, "-c", text],
            env=environment,
            cwd=ROOT,
            text=True,
            check=True,
            stdout=subprocess.PIPE,
        )
        return json.loads(done.stdout)

    def verify(self) -> list[dict[str, Any]]:
        """The findings of `kuaichu verify --all`."""
        done = self.server.command("verify", "--all", "--json", check=False)
        lines = [line for line in done.stdout.splitlines() if line.startswith("[{")]
        assert lines, done.stdout[-3000:]
        found: list[dict[str, Any]] = json.loads(lines[-1])
        return found

    def close(self) -> None:
        """End everything."""
        self.server.kill()
        for one in self.standins.values():
            one.close()
