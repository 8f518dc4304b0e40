"""The two parties of a replayed accident, from first tap to money, through the public interface only."""

from __future__ import annotations

import asyncio
import hashlib
import random
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from kuaichu.replaying.accidents import Accident
from kuaichu.replaying.identities import card_number, mobile_number, plate_number, signature
from kuaichu.replaying.line import Line, Lost, Refused
from kuaichu.replaying.phones import Phones
from kuaichu.replaying.photos import SHOTS, Scene, photograph
from kuaichu.replaying.situations import Situation
from kuaichu.replaying.viewing import ENDED, Course, Part, Viewer, kinds

_SPACE = uuid.UUID("3a1c0c9e-6b0e-4f0f-8f27-0d4c2b1b5a11")


class Journey:
    """One accident on its way. `tick(stage)` is told of every stage that is reached.

    Without `stay` the parties go when the insurers have their claims, and wait for no money.
    """

    def __init__(
        self,
        line: Line,
        phones: Phones,
        accident: Accident,
        situation: Situation,
        *,
        run: str,
        plate_prefix: str,
        photos: int = 6,
        agree: bool = True,
        stay: bool = True,
        tick: Callable[[str], None] = lambda _stage: None,
    ) -> None:
        self.line, self.phones, self.accident, self.situation = line, phones, accident, situation
        self.seed = f"{run}/{accident.row}/{accident.happened_at:%Y%m%d%H%M}"
        self.roll = random.Random(self.seed)
        self.photos, self.agree, self.stay, self.tick = photos, agree, stay, tick
        self.parts = {
            label: Part(label, mobile_number(self.roll), plate_number(self.roll, plate_prefix))
            for label in "AB"
        }
        self.course = Course(way="agree" if agree else "officer")
        self.at = Viewer(line, self.seed, self.parts, self.course)

    async def go(self) -> Course:
        """Walk it to its end; what went wrong stands in `failure`."""
        try:
            await self._report()
            if await self._until_ready():
                await self._decide()
                await self._take_money()
        except (Lost, Refused) as trouble:
            self.course.failure = str(trouble)
        if self.course.case_id:
            await self.at.note_end()
            self.tick(self.course.outcome or "lost")
        return self.course

    # the roadside

    async def _report(self) -> None:
        body = {"client_id": str(uuid.uuid5(_SPACE, self.seed)), "source": "replay"}
        opened = (await self.line.call("POST", "/api/v1/cases", json=body)).json()
        self.course.case_id, self.course.number = opened["case_id"], opened["number"]
        self.parts["A"].token = opened["token"]
        self.tick("reported")
        await self._describe()
        await self._identify("A")
        await self._prove("A")
        await self._photograph()
        await self._state("A")
        await self._join()
        await self._identify("B")
        await self._state("B")

    async def _describe(self) -> None:
        happened = datetime.now(UTC) - timedelta(seconds=self.roll.randint(60, 240))
        accident, situation = self.accident, self.situation
        body = {
            "place": accident.place,
            "lon": round(accident.lon, 7),
            "lat": round(accident.lat, 7),
            "accuracy_m": float(self.roll.randint(4, 30)),
            "happened_at": happened.isoformat(),
            "weather": self.roll.choice("1123"),
            "light": situation.light,
            "injury": situation.injury,
            "triage": situation.triage,
        }
        await self.at.own("A", "PATCH", "", json=body)

    async def _identify(self, label: str) -> None:
        await self.at.own(
            label, "PUT", "/parties/me", json={"plate": self.parts[label].plate, "is_owner": True}
        )

    async def _prove(self, label: str) -> None:
        part = self.parts[label]
        for attempt in range(4):
            seen = await self.phones.seen(part.phone)
            await self.at.own(label, "POST", "/phone-codes", key=f"code{attempt}", json={"phone": part.phone})
            digits = await self.phones.code(part.phone, seen)
            try:
                proof = await self.at.own(
                    label, "POST", "/phone-proof", key=f"proof{attempt}", json={"code": digits}
                )
            except (
                Refused
            ) as no:  # the code was used by a call whose answer got lost, or has just been replaced
                if no.code != "wrong_code" or attempt == 3:
                    raise
                continue
            part.token = proof["token"]
            return

    async def _photograph(self) -> None:
        scene = self._scene()
        for number in range(self.photos):
            shot = SHOTS[number % len(SHOTS)]
            data = await asyncio.to_thread(photograph, scene, shot, number)
            client_id = uuid.uuid5(_SPACE, f"{self.seed}/{number}")
            headers = {
                "Content-Type": "image/jpeg",
                "X-Content-SHA256": hashlib.sha256(data).hexdigest(),
                "X-Captured-At": scene.taken_at.isoformat(),
                "X-Position": f"{self.accident.lon:.6f},{self.accident.lat:.6f},8",
                "X-Source": "in_app",
            }
            await self.at.own("A", "PUT", f"/photos/{client_id}?shot={shot}", headers=headers, content=data)
        self.tick("photographed")

    def _scene(self) -> Scene:
        told = self.situation.told
        return Scene(
            seed=self.seed,
            plates=(self.parts["A"].plate, self.parts["B"].plate),
            zones=(told["A"].zone, told["B"].zone),
            lon=self.accident.lon,
            lat=self.accident.lat,
            taken_at=datetime.now(UTC).astimezone(),
            night=self.accident.is_night,
        )

    async def _state(self, label: str) -> None:
        await self.at.own(label, "PUT", "/statement", json=self.situation.told[label].statement())

    async def _join(self) -> None:
        """By the code shown on the first phone, or by message."""
        other = self.parts["B"]
        by_message = self.roll.random() < 0.5
        seen = await self.phones.seen(other.phone)
        body = {"phone": other.phone if by_message else ""}
        invited = await self.at.own("A", "POST", "/invitations", key="invite", json=body)
        token = invited["join_token"] or await self.phones.join_token(other.phone, seen)
        joined = (await self.line.call("POST", "/api/v1/joins", json={"token": token})).json()
        other.token = joined["token"]
        await self._prove("B")
        self.tick("joined")

    # agreeing or asking

    async def _until_ready(self) -> bool:
        """Confirm both parts when the registers have answered; whether the quick ways are still open."""
        for label in "AB":
            if await self.at.until(
                label, lambda v: v["you"]["vehicle"]["registers_answered"] or v["status"] in ENDED
            ):
                await self._confirm(label)
        return await self.at.until("A", lambda v: v["status"] != "reporting") and self.course.outcome == ""

    async def _confirm(self, label: str) -> None:
        try:
            await self.at.own(label, "POST", "/confirmation", key="confirm")
        except Refused as no:
            if no.status != 409:  # handed over meanwhile: the next look shows it
                raise

    async def _decide(self) -> None:
        if self.agree:
            await self._choose("agree")
            await self.at.until("A", lambda v: v["agreement"] or "liability.not_proposed" in kinds(v))
            if self.at.seen["agreement"]:
                await self._sign()
                return
            self.course.way = "officer"
        await self._choose("officer")
        self.tick("asked")

    async def _choose(self, way: str) -> None:
        for label in "AB":
            await self.at.own(label, "PUT", "/way", json={"way": way})

    async def _sign(self) -> None:
        for label in "AB":
            told = self.at.seen["agreement"]
            body = {"path": signature(self.roll), "read": True, "terms": told.get("terms", "")}
            if told.get("code_needed"):
                body["code"] = await self._signature_code(label)
            await self.at.own(label, "POST", "/agreement/signature", key="sign", json=body)
        self.tick("signed")

    async def _signature_code(self, label: str) -> str:
        """The code that came to this party's phone, where the city asks for one from systems, too."""
        phone = self.parts[label].phone
        seen = await self.phones.seen(phone)
        await self.at.own(label, "POST", "/agreement/code", key="signing")
        return await self.phones.code(phone, seen)

    # the paper and the money

    async def _take_money(self) -> None:
        if not await self.at.until("A", lambda v: v["papers"]):
            return
        self.tick("certified")
        for label in "AB":
            if self.course.way == "officer":
                await self.at.own(label, "POST", "/receipt", key="receipt")
            body = {"holder": "持卡人" + label, "account": card_number(self.roll)}
            await self.at.own(label, "PUT", "/payee", json=body)
        if not self.stay:
            await self.at.until("A", lambda v: v["claims"])
            return
        await self.at.until("A", lambda v: v["status"] in ENDED)
        if self.course.outcome == "closed":
            for label in "AB":
                await self._rate(label)

    async def _rate(self, label: str) -> None:
        try:
            await self.at.own(
                label, "POST", "/rating", key="rate", json={"score": self.roll.choice((3, 4, 4, 5, 5, 5))}
            )
        except Refused as no:
            if no.code != "rated":
                raise
