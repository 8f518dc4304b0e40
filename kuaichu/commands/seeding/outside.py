"""What a story needs from outside: registers that know its cars, telephones that show its codes."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import httpx

from kuaichu.commands.seeding.scripts import Script
from kuaichu.kernel import clock
from kuaichu.kernel.city import city

FEN_OF_A_YUAN = 100


class Outside:
    """The stand-ins at the addresses which this installation has for its ports."""

    def __init__(self, city_code: str) -> None:
        profile = city(city_code)
        ports = ("register", "policies", "sms")
        self._of = {
            port: httpx.Client(base_url=str(profile.connector(port)["base_url"]), trust_env=False, timeout=20)
            for port in ports
        }

    def plant(self, script: Script, label: str, plate: str) -> None:
        """Let the registers know this car, its owner as driver, and its policies."""
        in_order = {"status": "正常", "inspection_until": f"{clock.today() + timedelta(days=200)}"}
        body = {**in_order, **script.vehicle(label)}
        record = self._call("register", "PUT", f"/vehicles/{plate}", body)
        driver = {"status": "正常", "valid_until": f"{clock.today() + timedelta(days=900)}", "classes": "C1"}
        own = {**driver, **(script.driver_a if label == "A" else {}), "id_no": record["owner"]["id_no"]}
        self._call("register", "PUT", f"/drivers/{script.key}-{label.lower()}", own)
        insurer = script.insurers["AB".index(label)]
        if insurer or script.no_ctali == label.lower():
            covers = self._policies(plate, insurer or "TAIHU", without_ctali=script.no_ctali == label.lower())
            self._call("policies", "PUT", f"/policies/{plate}", {"policies": covers})

    def _policies(self, plate: str, insurer: str, *, without_ctali: bool) -> list[dict[str, Any]]:
        roll = random.Random(plate)
        start = clock.today() - timedelta(days=roll.randint(20, 300))
        wanted = [
            ("CTALI", 200_000),
            ("TPL", roll.choice((1_000_000, 2_000_000))),
            ("MOD", roll.randint(80, 240) * 1000),
        ]
        return [
            _policy(roll, cover, yuan, insurer, start) for cover, yuan in wanted[1 if without_ctali else 0 :]
        ]

    def code(self, number: str) -> str:
        """The newest code on a telephone."""
        messages = self._call("sms", "POST", "/api/messages/query", {"to": number})
        return str(next(m["codes"][0] for m in messages if m["codes"]))

    def _call(self, port: str, method: str, path: str, body: dict[str, Any]) -> Any:
        answer = self._of[port].request(method, path, json=body)
        answer.raise_for_status()
        return answer.json()

    def close(self) -> None:
        """Give the connections back."""
        for one in self._of.values():
            one.close()


def _policy(roll: random.Random, cover: str, yuan: int, insurer: str, start: date) -> dict[str, Any]:
    return {
        "cover": cover,
        "insurer": insurer,
        "number": f"{insurer[:2]}{cover[:2]}{start.year}{roll.randint(0, 10**10 - 1):010d}",
        "starts": start.isoformat(),
        "ends": (start + timedelta(days=364)).isoformat(),
        "limit_fen": yuan * FEN_OF_A_YUAN,
        "deductible_fen": None,
    }
