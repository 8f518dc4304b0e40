"""An officer as a program: signs in by form and authenticator, takes the oldest case, decides it, signs.

It follows the engine's proposal. Where the engine abstains it decides by the movements told, with reasons of
its own, or hands the case over when even that says nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from typing import Any

from kuaichu.replaying.line import Line, Lost, Refused
from kuaichu.replaying.phones import Phones

OWN_REASONS = "根据双方陈述及现场照片，{}方实施上述驾驶行为时未确保安全，负本起事故的全部责任，另一方无责任。"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# manoeuvres that owe care to everybody else on the road (law of the ruling: 法22, 法38)
_OWING = (
    "REVERSING", "ROLLING", "DOOR_OPENING", "U_TURN", "LEAVING_KERB", "LEAVING_BAY", "ENTERING_BAY",
    "ENTERING_ROAD", "LANE_CHANGE_LEFT", "LANE_CHANGE_RIGHT", "OVERTAKING", "MERGING", "LEFT_TURN",
    "RIGHT_TURN",
)  # fmt: skip


class Officer:
    """One officer; the second factor is proven again whenever the system asks for it."""

    def __init__(self, line: Line, phones: Phones, username: str, password: str) -> None:
        self.line, self.phones = line, phones
        self.username, self.password = username, password
        self.decided = 0
        self.handed_over = 0
        self._used_code = ""

    async def work(self, stop: asyncio.Event) -> None:
        """Work cases until told to stop."""
        wait = 0.2
        signed_in = False
        while not stop.is_set():
            try:
                if not signed_in:
                    await self._sign_in()
                    signed_in = True
                wait = 0.2 if await self._next() else min(wait * 1.5, 1.5)
            except Refused as no:
                signed_in = signed_in and no.status not in (401, 403)
            except Lost:
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)

    async def _sign_in(self) -> None:
        self.line.http.cookies.clear()
        answer = await self._form("/accounts/login/", {"login": self.username, "password": self.password})
        if "2fa" not in str(answer.url):
            raise Refused(403, "no_second_factor_asked", {}, "sign in")
        answer = await self._form(str(answer.url.raw_path, "ascii"), {"code": await self._fresh_code()})
        if "/accounts/" in str(answer.url):
            raise Refused(403, "code_refused", {}, "sign in")

    async def _form(self, path: str, fields: dict[str, str]) -> Any:
        page = await self.line.call("GET", path, what="sign-in page")
        found = _TOKEN.search(page.text)
        data = {"csrfmiddlewaretoken": found[1] if found else "", **fields}
        headers = {"Referer": f"{self.line.http.base_url}{path.lstrip('/')}"}
        answer = await self.line.call("POST", path, what="sign in", headers=headers, data=data)
        while answer.is_redirect:
            answer = await self.line.call("GET", answer.headers["Location"], what="sign in")
        return answer

    async def _fresh_code(self) -> str:
        """A code that was not used before: each counts once."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            code, seconds_left = await self.phones.authenticator(self.username)
            if code != self._used_code:
                self._used_code = code
                return code
            await asyncio.sleep(min(seconds_left + 0.2, 5))
        raise Lost("no fresh code")

    async def _next(self) -> bool:
        case = (await self._api("POST", "take"))["case"]
        if case is None:
            return False
        if case["status"] == "taken":
            await self._decide(case)
        return True

    async def _decide(self, case: dict[str, Any]) -> None:
        ruling = _ruling(case)
        if ruling is None:
            await self._api(
                "POST", f"cases/{case['id']}/hand-over", {"to": "general", "reasons": ["facts_unclear"]}
            )
            self.handed_over += 1
            return
        path = f"cases/{case['id']}/determine"
        try:
            await self._api("POST", path, {"ruling": ruling})
        except Refused as no:
            if "code" not in no.fields and no.code != "second_factor":
                raise
            await self._api("POST", path, {"ruling": ruling, "code": await self._fresh_code()})
        self.decided += 1

    async def _api(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        token = self.line.http.cookies.get("csrftoken") or ""
        headers = {
            "X-CSRFToken": token,
            "Referer": str(self.line.http.base_url),
            "Accept": "application/json",
        }
        answer = await self.line.call(
            method, f"/police/api/{path}", what=f"police {path[:4]}", headers=headers, json=body or {}
        )
        told: dict[str, Any] = answer.json()
        return told


def _ruling(case: dict[str, Any]) -> dict[str, Any] | None:
    """The engine's proposal as a ruling, or one's own; None when nothing can be said."""
    draft = case["draft"]
    ruling = {
        "grades": draft.get("grades", {}),
        "shares": draft.get("shares", {}),
        "form": draft.get("form", ""),
        "facts_found": draft.get("facts_found", ""),
        "reasons": draft.get("reasons", ""),
        "citations": draft.get("citations", []),
        "found": draft.get("found", {}),
    }
    if (case["proposal"] or {}).get("kind") == "proposal" and ruling["grades"] and ruling["citations"]:
        return ruling
    bearer = _who_owes_care(case["parties"])
    if bearer is None:
        return None
    own = {
        "grades": {p["label"]: "FULL" if p["label"] == bearer else "NONE" for p in case["parties"]},
        "shares": {},
        "reasons": OWN_REASONS.format(bearer),
        "citations": ["法22¶1"],
    }
    return {**ruling, **own}


def _who_owes_care(parties: list[dict[str, Any]]) -> str | None:
    owing = [p["label"] for p in parties if p["statement"].get("movement") in _OWING]
    if len(owing) == 1:
        return str(owing[0])
    front = [p["label"] for p in parties if str(p["statement"].get("zone", "")).startswith("FRONT")]
    return str(front[0]) if len(front) == 1 else None
