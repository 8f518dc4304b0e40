"""The outside world of a test: registers, telephones and the bank as processes of their own."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.standins.running import Running

PORTS = {"register": "register", "policies": "policies", "phones": "sms", "rail": "payout"}
INSURERS = {"HUAIHAI": "淮海财产保险", "TAIHU": "太湖财产保险"}


class Town:
    """The outside world: registers, telephones and the bank as processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.running = {
            name: Running(name, folder, *(["--settle", "20"] if name == "rail" else [])) for name in PORTS
        }

    def connectors(self) -> dict[str, dict[str, str]]:
        """What `settings.CONNECTORS` must hold to reach this town."""
        return {port: {"base_url": self.running[name].base} for name, port in PORTS.items()}

    def close(self) -> None:
        """End all processes."""
        for one in self.running.values():
            one.close()

    def car(self, plate: str, *, insurer: str = "HUAIHAI", insured: bool = True) -> str:
        """A car nobody can object to: inspected, its owner licensed, insured (or not)."""
        register = self.running["register"]
        record = register.post("/vehicles/query", {"plate": plate, "kind": "02"}).json()
        record |= {"status": "正常", "inspection_until": "2035-12-31"}
        register.put(f"/vehicles/{plate}", record)
        number = record["owner"]["id_no"]
        driver = register.post("/drivers/query", {"id_no": number}).json()
        driver |= {"status": "正常", "valid_until": "2035-12-31", "classes": "C1", "points": 0}
        register.put(f"/drivers/d{plate[2:]}", driver)
        self.insure(plate, insurer, *(("CTALI", "TPL") if insured else ()))
        return plate

    def insure(self, plate: str, insurer: str = "HUAIHAI", *covers: str) -> None:
        """Let the plate have exactly these covers."""
        policies = [_policy(insurer, cover) for cover in covers]
        self.running["policies"].put(f"/policies/{plate}", {"policies": policies})

    def number(self) -> str:
        """A mobile number nobody else has."""
        return f"138{uuid.uuid4().int % 10**8:08d}"

    def messages(self, number: str) -> list[str]:
        """What this telephone has received, newest first."""
        answer = self.running["phones"].post("/api/messages/query", {"to": number}).json()
        return [row["text"] for row in (answer if isinstance(answer, list) else answer["messages"])]

    def code(self, number: str) -> str:
        """The newest one-time code on this telephone."""
        bare = (re.sub(r"https?://\S+", "", text) for text in self.messages(number))
        texts = (re.search(r"(?<!\d)\d{6}(?!\d)", text) for text in bare)
        return next(found.group() for found in texts if found)


def _policy(insurer: str, cover: str) -> dict[str, Any]:
    limit = {"CTALI": 20_000_000, "TPL": 100_000_000}[cover]
    return {
        "cover": cover, "insurer": insurer, "insurer_name": INSURERS[insurer],
        "number": f"{cover}-{insurer}-1",
        "starts": "2024-01-01", "ends": "2035-12-31", "limit_fen": limit, "deductible_fen": 0,
    }  # fmt: skip


@contextmanager
def town_of(folder: Path) -> Iterator[Town]:
    """A town that ends with the block."""
    town = Town(folder)
    try:
        yield town
    finally:
        town.close()
