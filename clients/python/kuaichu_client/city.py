"""The city as an insurer's system sees it: its claims, the steps of a claim, events, its webhook."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from kuaichu_client.calls import Calls, problem_of
from kuaichu_client.rows import Claim, Event, Line, Packet, State, total_of

ROOT = "/api/insurer/v1"
TRIES_TO_CLOSE = 3


class Kuaichu:
    """The insurers' door of the city at `base`; used by one thread, closed by `with`.

    `patience` is in seconds until a call that gets no answer is given up; `certificate` is the client
    certificate and its key as files, where the city asks for one.
    """

    def __init__(
        self,
        base: str,
        client_id: str,
        client_secret: str,
        *,
        patience: float = 60.0,
        certificate: tuple[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._calls = Calls(
            base, client_id, client_secret, patience=patience, certificate=certificate, transport=transport
        )

    def __enter__(self) -> Kuaichu:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._calls.http.close()

    # reading

    def claims(self, *, status: str = "", updated_since: datetime | None = None) -> Iterator[Claim]:
        """The company's claims in the order of their registration, page after page."""
        asked: dict[str, Any] = {"limit": 200}
        if status:
            asked["status"] = status
        if updated_since is not None:
            asked["updated_since"] = updated_since.isoformat()
        while True:
            page = self._get("/claims", asked).json()
            yield from (Claim.of(row) for row in page["claims"])
            if page["next"] is None:
                return
            asked["after"] = page["next"]

    def packet(self, claim_id: str, *, known: Packet | None = None) -> Packet:
        """Everything about a claim; the packet `known` already where nothing has changed since."""
        headers = {"If-None-Match": known.tag} if known else {}
        answer = self._calls.call("GET", f"{ROOT}/claims/{claim_id}", headers=headers)
        if answer.status_code == 304 and known is not None:
            return known
        return Packet(answer.json(), answer.headers["ETag"])

    def notice(self, claim_id: str) -> list[dict[str, Any]]:
        """The first notices of loss (报案) in the field names of claim systems."""
        return list(self._get(f"/claims/{claim_id}/notice").json()["notices"])

    def file(self, url: str, sha256: str = "") -> bytes:
        """A file of a packet. Raises ValueError when it does not have the stated hash."""
        data = self._calls.call("GET", self._calls.path_of(url)).content
        if sha256 and hashlib.sha256(data).hexdigest() != sha256.lower():
            raise ValueError("the file does not have the hash that the packet states")
        return data

    def dossier(self, claim_id: str, to: Path) -> None:
        """Write the whole dossier of a claim as a ZIP file; it is never whole in memory."""
        address, headers = f"{ROOT}/claims/{claim_id}/dossier", self._calls.bearer_headers()
        with self._calls.http.stream("GET", address, headers=headers) as answer:
            if not answer.is_success:
                answer.read()
                raise problem_of(answer)
            with to.open("wb") as file:
                for part in answer.iter_bytes():
                    file.write(part)

    def events(self, *, after: int = 0) -> Iterator[Event]:
        """The events that follow the number `after`, until there is no more now.

        Numbers count on without a gap. One that is left out is asked for again from the last number taken;
        a gap that stays raises RuntimeError rather than being passed over.
        """
        tries = 0
        while True:
            page = self._get("/events", {"after_sequence": after, "limit": 500}).json()
            for event in map(Event.of, page["events"]):
                if event.sequence > after + 1:
                    break
                if event.sequence == after + 1:
                    after, tries = event.sequence, 0
                    yield event
            else:
                if not page["more"]:
                    return
                continue
            tries += 1
            if tries >= TRIES_TO_CLOSE:
                raise RuntimeError(f"event {after + 1} is missing from the feed")

    # the steps of a claim

    def acknowledge(self, claim_id: str, report_number: str, *, if_match: str = "", key: str = "") -> State:
        """Accept the claim under one's own report number."""
        body = {"report_number": report_number}
        return self._step("PUT", f"/claims/{claim_id}/acknowledgement", body, if_match, key)

    def assess(
        self, claim_id: str, vehicle_id: str, lines: list[Line], *, assessor: str, if_match: str = "",
        key: str = "",
    ) -> State:  # fmt: skip
        """Enter the loss of one vehicle; the total is the sum of the lines."""
        told = [{"part": one.part, "kind": one.kind, "amount_fen": one.amount_fen} for one in lines]
        body = {"lines": told, "total_fen": total_of(lines), "assessor": assessor}
        return self._step("PUT", f"/claims/{claim_id}/assessments/{vehicle_id}", body, if_match, key)

    def approve(self, claim_id: str, calculation_id: str, *, if_match: str = "", key: str = "") -> State:
        """Approve the company's own payouts of the calculation that was read."""
        body = {"calculation_id": calculation_id}
        return self._step("POST", f"/claims/{claim_id}/approval", body, if_match, key)

    def explain_delay(self, claim_id: str, reason: str, until: datetime, *, key: str = "") -> State:
        """It takes longer: the reason and a new date, told to all parties."""
        body = {"reason": reason, "until": until.isoformat()}
        return self._step("PUT", f"/claims/{claim_id}/delay", body, "", key)

    def release(self, claim_id: str, reason: str, *, key: str = "") -> State:
        """Let a held claim go on, with a person's reason."""
        return self._step("POST", f"/claims/{claim_id}/release", {"reason": reason}, "", key)

    # the own webhook

    def webhook(self) -> dict[str, Any]:
        """Where messages go, and until when an older secret holds."""
        return dict(self._get("/webhook").json())

    def replace_secret(self, secret: str, *, overlap_hours: int = 24) -> datetime | None:
        """Have messages signed with this secret too; until when the old one holds beside it."""
        body = {"secret": secret, "overlap_hours": overlap_hours}
        until = self._send("PUT", "/webhook/secret", body, "", "").json()["old_secret_until"]
        return datetime.fromisoformat(until) if until else None

    def replay(self, since: datetime, before: datetime, *, key: str = "") -> int:
        """Have the messages taken in this span sent again; how many there are."""
        body = {"since": since.isoformat(), "before": before.isoformat()}
        return int(self._send("POST", "/webhook/replays", body, "", key).json()["messages"])

    # below

    def _get(self, path: str, asked: dict[str, Any] | None = None) -> httpx.Response:
        return self._calls.call("GET", ROOT + path, params=asked)

    def _step(self, method: str, path: str, body: dict[str, Any], if_match: str, key: str) -> State:
        answer = self._send(method, path, body, if_match, key)
        return State.of(answer.json(), answer.headers.get("ETag", ""))

    def _send(self, method: str, path: str, body: dict[str, Any], if_match: str, key: str) -> httpx.Response:
        headers = {"Idempotency-Key": key or str(uuid.uuid4())}
        if if_match:
            headers["If-Match"] = if_match
        return self._calls.call(method, ROOT + path, headers=headers, json=body)
