"""A party's way to its case: calls with its token and keys, and looking until something holds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from kuaichu.replaying.line import Line, Lost, Refused

ENDED = ("closed", "handed_over", "withdrawn")


@dataclass
class Part:
    """One party: who it is, and the token by which it acts."""

    label: str
    phone: str
    plate: str
    token: str = ""


@dataclass
class Course:
    """What became of one accident."""

    number: str = ""
    case_id: str = ""
    outcome: str = ""
    reasons: tuple[str, ...] = ()
    way: str = ""
    times: dict[str, datetime] = field(default_factory=dict)
    failure: str = ""


class Viewer:
    """The parts of one case and what was seen of it last; `seed` makes the keys of its calls its own."""

    def __init__(self, line: Line, seed: str, parts: dict[str, Part], course: Course) -> None:
        self.line, self.seed, self.parts, self.course = line, seed, parts, course
        self.seen: dict[str, Any] = {}
        self.tags: dict[str, tuple[str, dict[str, Any]]] = {}

    async def until(self, label: str, holds: Callable[[dict[str, Any]], Any]) -> bool:
        """Look until it holds; false when the case has left the quick procedures meanwhile."""
        end, wait = time.monotonic() + self.line.patience * 3, 0.25
        while time.monotonic() < end:
            view = await self.look(label)
            self.seen = view
            if view["status"] in ENDED:
                self.course.outcome = view["status"]
            if holds(view):
                return str(view["status"]) != "handed_over"
            if view["status"] == "handed_over":
                return False
            await asyncio.sleep(wait)
            wait = min(wait * 1.6, 2.5)
        raise Lost("nothing more happens")

    async def look(self, label: str) -> dict[str, Any]:
        """The case as this party sees it; an unchanged one is not sent again."""
        tag, view = self.tags.get(label, ("", {}))
        answer = await self._call(label, "GET", "", {"If-None-Match": tag} if tag else {})
        if answer.status_code != 304:
            view = answer.json()
            self.tags[label] = (answer.headers.get("ETag", ""), view)
        return view

    async def note_end(self) -> None:
        """Note how the case ended, when, and for what it was handed over."""
        try:
            view = await self.look("A")
        except (Lost, Refused) as trouble:
            self.course.failure = self.course.failure or str(trouble)
            return
        self.course.outcome = view["status"] if view["status"] in ENDED else ""
        if self.course.outcome == "handed_over":
            self.course.failure = (
                ""  # the refusal of a further step only said that it had left the quick ways
            )
        handover = (view.get("screening") or {}).get("handover") or {}
        self.course.reasons = tuple(handover.get("reasons", ()))
        for line in view["timeline"]:
            self.course.times[line["kind"]] = datetime.fromisoformat(line["at"])

    async def own(
        self,
        label: str,
        method: str,
        path: str,
        *,
        key: str = "",
        headers: dict[str, str] | None = None,
        **body: Any,
    ) -> dict[str, Any]:
        """One call of this party; `key` makes a repeated one harmless."""
        sent = dict(headers or {})
        if key:
            sent["Idempotency-Key"] = f"{self.seed}/{label}/{key}"
        told: dict[str, Any] = (await self._call(label, method, path, sent, **body)).json()
        return told

    async def _call(
        self, label: str, method: str, path: str, headers: dict[str, str], **body: Any
    ) -> httpx.Response:
        sent = {"Authorization": f"Bearer {self.parts[label].token}", **headers}
        url = f"/api/v1/cases/{self.course.case_id}{path}"
        what = f"{method} {path.split('?', maxsplit=1)[0].rsplit('/', 1)[-1] or 'case'} of {label}"
        return await self.line.call(method, url, what=what, headers=sent, **body)


def kinds(view: dict[str, Any]) -> set[str]:
    """The kinds of facts on the timeline of a view."""
    return {line["kind"] for line in view["timeline"]}
