"""A city of processes in a temporary folder: server, worker, database, stand-ins; all end with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench import processes
from kuaichu.commands.running import places
from kuaichu.commands.running.supervising import Child, Supervisor
from kuaichu.commands.running.waiting import until_answers
from tests import databases

INSURERS = {"huaihai": ("HUAIHAI", "淮海财产保险"), "taihu": ("TAIHU", "太湖财产保险")}
PORTS = {"REGISTER": "register", "POLICIES": "policies", "SMS": "phones", "PAYOUT": "rail"}
ROOT = Path(__file__).resolve().parent.parent


def durable_cluster() -> databases.Cluster:
    """A private PostgreSQL as an installation runs it (the tests' own one trades durability for speed)."""
    databases.FAST = ("max_connections=60", "shared_buffers=128MB")
    return databases.Cluster()


class Town:
    """Started and seeded. `kind` is sqlite or postgresql."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.folder = kind, folder
        self.supervisor = Supervisor(print)
        self.cluster = durable_cluster() if kind == "postgresql" else None
        taken: set[int] = set()
        self.ports = {}
        for name in places.DEFAULTS:
            self.ports[name] = places.any_free(taken)
            taken.add(self.ports[name])
        self.base = f"http://127.0.0.1:{self.ports['web']}"
        self.environment = os.environ | self._settings()
        self._start()

    def _settings(self) -> dict[str, str]:
        database = self.cluster.url if self.cluster else f"sqlite:///{self.folder}/kuaichu.sqlite3"
        given = {"KUAICHU_VAR": str(self.folder), "KUAICHU_DATABASE": database, "KUAICHU_BASE_URL": self.base}
        given |= {
            f"KUAICHU_{port}_URL": f"http://127.0.0.1:{self.ports[name]}" for port, name in PORTS.items()
        }
        return given | {"KUAICHU_LOG": "ERROR", "DJANGO_SETTINGS_MODULE": "kuaichu.settings"}

    def _start(self) -> None:
        for name in PORTS.values():
            self._child(name, ["-m", f"kuaichu.standins.{name}", *self._store(name)])
        self.run("prepare")
        phones = f"http://127.0.0.1:{self.ports['phones']}"
        until_answers(phones + "/")
        hooks = [f"{code}=http://127.0.0.1:{self.ports[name]}/hooks" for name, (code, _) in INSURERS.items()]
        self.run("seed", "--authenticators", phones, *(w for hook in hooks for w in ("--webhook", hook)))
        self.web = self._child("web", ["-m", "kuaichu", "serve", "--port", str(self.ports["web"])])
        self.work = self._child("work", ["-m", "kuaichu", "work"]) if self.cluster else None
        for name, (code, title) in INSURERS.items():
            self._child(
                name, ["-m", "kuaichu.standins.insurer", *self._store(name), *self._insurer(code, title)]
            )
        until_answers(self.base + "/")
        time.sleep(3)

    def _store(self, name: str) -> list[str]:
        return ["--port", str(self.ports[name]), "--store", str(self.folder / f"{name}.db")]

    def _insurer(self, code: str, title: str) -> list[str]:
        client = json.loads((self.folder / "seeded.json").read_text(encoding="utf-8"))["clients"][code]
        words = ["--code", code, "--name", title, "--base", self.base, "--client-id", client["client_id"]]
        return [*words, "--client-secret", client["client_secret"], "--secret", client["webhook_secret"]]

    def _child(self, name: str, words: list[str]) -> Child:
        log = self.folder / f"{name}.log"
        return self.supervisor.add(Child(name, [sys.executable, *words], log, self.environment))

    def run(self, *words: str) -> str:
        """`kuaichu …` on this town; its output."""
        command = [sys.executable, "-m", "kuaichu", *words]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, check=False
        )
        if done.returncode:
            raise SystemExit(f"kuaichu {words[0]} failed:\n{done.stdout[-3000:]}")
        return done.stdout

    def replay(self, cases: int, together: int, name: str) -> str:
        """Replay so many; the figures as JSON. The same name makes the same accidents, people and cars."""
        phones = f"http://127.0.0.1:{self.ports['phones']}"
        words = (
            "--cases",
            str(cases),
            "--days",
            "10",
            "--rate",
            "50",
            "--together",
            str(together),
            "--photos",
            "6",
            "--run",
            name,
        )
        return self.run("replay", "--json", "--base", self.base, "--phones", phones, *words).splitlines()[-1]

    def cpu(self) -> processes.Cpu:
        """Processor time so far."""
        return processes.cpu(self._pid(self.web), self._pid(self.work) or None, self._database() or None)

    def memory(self) -> dict[str, int]:
        """Bytes of memory by process."""
        found = {"web": processes.resident(self._pid(self.web))}
        if self.work is not None:
            found["work"] = processes.resident(self._pid(self.work))
        if pid := self._database():
            found["database"] = sum(map(processes.resident, processes.family(pid)))
        return found

    def _pid(self, child: Child | None) -> int:
        return child.process.pid if child is not None and child.process is not None else 0

    def _database(self) -> int:
        return self.cluster._server.pid if self.cluster is not None else 0

    def stop(self) -> None:
        """End everything."""
        self.supervisor.stop()
        if self.cluster is not None:
            self.cluster.stop()
