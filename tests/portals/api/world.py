"""A real server with its worker, the town's stand-ins, and the insurers' clients, for walks over HTTP."""

from __future__ import annotations

import hashlib
import json
import random
import re
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from kuaichu.standins import assessing
from tests.portals.api.casework import PATH, card, photograph
from tests.servers import Server
from tests.standins.running import Running
from tests.stories.builders import Town


class World:
    """Server and town; insurers are started when a walk wants them."""

    def __init__(self, town: Town, make_server: Callable[..., Server], folder: Path) -> None:
        self.town, self.folder = town, folder
        names = {"register": "REGISTER", "policies": "POLICIES", "phones": "SMS", "rail": "PAYOUT"}
        urls = {f"KUAICHU_{port}_URL": town.running[name].base for name, port in names.items()}
        self.server = make_server(**urls, KUAICHU_WORK="2")
        self.server.command("seed")
        self.server.start()
        self.clients: dict[str, dict[str, str]] = json.loads((self.server.var / "seeded.json").read_text())[
            "clients"
        ]
        self.insurers: dict[str, Running] = {}

    def insurer(self, code: str, *options: str) -> Running:
        """Start an insurer's system and tell the city where it is."""
        own = self.clients[code]
        secrets = ["--client-id", own["client_id"], "--client-secret", own["client_secret"]]
        secrets += ["--secret", own["webhook_secret"], "--base", self.server.url, "--code", code]
        folder = self.folder / code
        folder.mkdir()
        self.insurers[code] = Running("insurer", folder, *secrets, *options)
        self.server.command("seed", "--webhook", f"{code}={self.insurers[code].base}/hooks")
        return self.insurers[code]

    def token(self, code: str, scope: str = "claims") -> str:
        own = self.clients[code]
        answer = httpx.post(
            f"{self.server.url}/oauth/token", data={"grant_type": "client_credentials", "scope": scope},
            auth=(own["client_id"], own["client_secret"]), trust_env=False,
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def client(self, token: str = "") -> httpx.Client:
        headers = {"Accept-Language": "en"} | ({"Authorization": f"Bearer {token}"} if token else {})
        return httpx.Client(base_url=self.server.url, headers=headers, trust_env=False, timeout=20)

    def close(self) -> None:
        for one in self.insurers.values():
            one.close()
        self.server.kill()


def plate_with_loss(insurer: str, zones: list[str], wanted: Callable[[int], bool]) -> str:
    """A plate nobody has yet, for which the stand-in insurer finds a loss as wanted."""
    while True:
        plate = f"苏J{random.randrange(10**5):05d}"
        if wanted(assessing.assess(insurer, plate, zones)[1]):
            return plate


def code_on(town: Town, number: str, seconds: float = 20) -> str:
    """The code on a telephone, once the worker has sent it."""
    end = time.monotonic() + seconds
    while True:
        for text in town.messages(number):
            if found := re.search(r"(?<!\d)\d{6}(?!\d)", text):
                return found.group()
        assert time.monotonic() < end, "no code came"
        time.sleep(0.2)


class Caller:
    """A party's app against a real server."""

    def __init__(self, world: World, plate: str, insurer: str) -> None:
        self.world, self.plate = world, world.town.car(plate, insurer=insurer)
        self.phone = world.town.number()
        self.http = world.client()
        self.case_id = self.party_id = ""

    def take(self, opened: dict[str, Any]) -> None:
        self.case_id, self.party_id = opened["case_id"], opened["party_id"]
        self.http.headers["Authorization"] = f"Bearer {opened['token']}"

    def call(self, method: str, path: str = "", body: Any = None, **more: Any) -> Any:
        answer = self.http.request(method, f"/api/v1/cases/{self.case_id}{path}", json=body, **more)
        assert answer.is_success, (method, path, answer.status_code, answer.text)
        return answer.json()

    def until(self, ready: Callable[[dict[str, Any]], Any], seconds: float = 30) -> dict[str, Any]:
        """The own view, once it is as wanted."""
        end = time.monotonic() + seconds
        while not ready(view := self.call("GET")):
            assert time.monotonic() < end, (
                json.dumps(view, ensure_ascii=False)[:3000],
                self.world.server.log[-3000:],
            )
            time.sleep(0.1)
        return view

    def prove(self) -> None:
        self.call("POST", "/phone-codes", {"phone": self.phone})
        proven = self.call("POST", "/phone-proof", {"code": code_on(self.world.town, self.phone)})
        self.http.headers["Authorization"] = f"Bearer {proven['token']}"
        self.call("PUT", "/parties/me", {"plate": self.plate, "is_owner": True})

    def shoot(self, shot: str) -> None:
        data = photograph(uuid.uuid4().int % 10**9)
        answer = self.http.put(
            f"/api/v1/cases/{self.case_id}/photos/{uuid.uuid4()}", params={"shot": shot}, content=data,
            headers={"X-Content-SHA256": hashlib.sha256(data).hexdigest(), "X-Source": "in_app"},
        )  # fmt: skip
        assert answer.status_code == 200, answer.text


def agree(world: World, plate_a: str, plate_b: str) -> tuple[Caller, Caller]:
    """Two parties report over the API, agree and sign: A ran into B's rear."""
    a, b = Caller(world, plate_a, "HUAIHAI"), Caller(world, plate_b, "TAIHU")
    a.take(a.http.post("/api/v1/cases", json={"client_id": str(uuid.uuid4())}).json())
    told = {"place": "人民南路与世纪大道路口", "lon": 120.15, "lat": 33.36, "light": "day", "weather": "1"}
    a.call("PATCH", "", {**told, "injury": "none", "triage": {"alcohol_suspected": False}})
    a.prove()
    for shot in ("front", "rear", "contact"):
        a.shoot(shot)
    said = {"movement": "STRAIGHT", "zone": "FRONT", "other_movement": "STOPPED_QUEUE", "other_zone": "REAR"}
    a.call("PUT", "/statement", said)
    invited = a.call("POST", "/invitations", {})
    b.take(b.http.post("/api/v1/joins", json={"token": invited["join_token"]}).json())
    b.prove()
    b.call(
        "PUT",
        "/statement",
        {"movement": "STOPPED_QUEUE", "zone": "REAR", "answers": {"B.rolled_back": False}},
    )
    for one in (a, b):
        one.until(lambda v: not v["missing"])
        one.call("POST", "/confirmation")
    a.until(lambda v: v["status"] == "ready")
    for one in (a, b):
        one.call("PUT", "/way", {"way": "agree"})
    a.until(lambda v: v["agreement"])
    for n, one in enumerate((a, b)):
        one.call("POST", "/agreement/signature", {"path": PATH, "read": True})
        one.call("PUT", "/payee", {"holder": "持卡人", "account": card(n + 1)})
    return a, b
