"""One story walked through the verbs, at the times at which it shall have happened."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from kuaichu.cases import evidence, files, intake, invitations, parties, phones, statements
from kuaichu.cases.models import Case, Party
from kuaichu.commands.seeding.outside import Outside
from kuaichu.commands.seeding.scripts import Script
from kuaichu.desks.centre import items, seats
from kuaichu.desks.liability import agreements, determinations, wishes
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.city import city
from kuaichu.kernel.deliveries import drain
from kuaichu.people import roles, signin
from kuaichu.people.models import Account
from kuaichu.portals.police import drafting
from kuaichu.process import allotting
from kuaichu.queries.officer_case import officer_case
from kuaichu.replaying.identities import mobile_number, plate_number, signature
from kuaichu.replaying.photos import SHOTS, Scene, photograph

T = TypeVar("T")


class Walk:
    """A story on its way; `moment` runs ahead with every step."""

    def __init__(self, city_code: str, script: Script, outside: Outside) -> None:
        self.script, self.city, self.outside = script, city_code, outside
        self.roll = random.Random(f"story/{script.key}")
        prefix = city(city_code).profile.plate_prefix
        self.plates = {label: plate_number(self.roll, prefix) for label in "AB"}
        self.phones = {label: mobile_number(self.roll) for label in "AB"}
        self.moment = clock.now() - timedelta(minutes=script.minutes_ago)
        self.case: Case
        self.party: dict[str, Party] = {}

    def do(self, verb: Callable[[], T], seconds: float = 15) -> T:
        """One step and what follows from it."""
        with clock.at(self.moment):
            result = verb()
            drain()
        self.moment += timedelta(seconds=seconds * self.roll.uniform(0.7, 1.3))
        return result

    @contextmanager
    def later(self, seconds: float) -> Iterator[None]:
        """The clock that much further on."""
        self.moment += timedelta(seconds=seconds)
        with clock.at(self.moment):
            yield

    def actor(self, label: str) -> Actor:
        """The party as actor."""
        return phones.actor_of(Party.objects.select_related("case").get(pk=self.party[label].pk))

    @property
    def status(self) -> str:
        """The case's status now."""
        return files.case(self.case.pk).status

    @property
    def is_open(self) -> bool:
        """Whether the parties may still enter something (an excluded case is handed over at once)."""
        return self.status == Case.Status.REPORTING

    def report(self, photos: int = 6) -> None:
        """A's part, as far as the photographs."""
        script = self.script
        for label in "AB":
            self.outside.plant(script, label, self.plates[label])
        self.case, self.party["A"] = self.do(lambda: intake.open_case(roles.visitor(self.city)))
        told = intake.Description(
            place=script.place,
            lon=script.lon,
            lat=script.lat,
            accuracy_m=8.0,
            happened_at=self.moment - timedelta(minutes=3),
            weather="1",
            light="day" if 7 <= self.moment.astimezone(clock.CHINA).hour < 17 else "night_lit",
            injury=script.injury,
            triage={"alcohol_suspected": False, **script.triage},
        )
        self.do(lambda: intake.describe(self.actor("A"), self.case.pk, told))
        self.prove("A")
        self.identify("A")
        for number in range(photos):
            self.photograph(number)

    def prove(self, label: str) -> None:
        """The code from the telephone."""
        self.do(lambda: phones.ask_code(self.actor(label), self.case.pk, self.phones[label]), 9)
        self.do(lambda: phones.prove(self.actor(label), self.case.pk, self.outside.code(self.phones[label])))

    def identify(self, label: str) -> None:
        """Plate and owner; the registers answer the rest."""
        told = parties.Identity(plate=self.plates[label], is_owner=True)
        if self.is_open:
            self.do(lambda: parties.identify(self.actor(label), self.case.pk, told))

    def photograph(self, number: int) -> None:
        """One photograph."""
        script, shot = self.script, SHOTS[number]
        local = self.moment.astimezone(clock.CHINA)
        scene = Scene(
            seed=f"story/{script.key}",
            plates=(self.plates["A"], self.plates["B"]),
            zones=(script.a[1], script.b[1]),
            lon=script.lon,
            lat=script.lat,
            taken_at=local,
            night=not 7 <= local.hour < 17,
        )
        capture = evidence.Capture(
            client_id=uuid.uuid5(self.case.pk, str(number)), shot=shot, source="in_app",
            captured_at=self.moment, lon=script.lon, lat=script.lat, accuracy_m=6.0,
        )  # fmt: skip
        data = photograph(scene, shot, number)
        self.do(lambda: evidence.photograph(self.actor("A"), self.case.pk, capture, data), 12)

    def invite(self) -> None:
        """B is invited by message."""
        self.state("A")
        if not self.is_open:
            return
        invited = self.do(
            lambda: invitations.invite_other(self.actor("A"), self.case.pk, "B", self.phones["B"]), 40
        )
        self.party["B"] = invited

    def state(self, label: str) -> None:
        """What this party says."""
        movement, zone = self.script.told(label)
        extra: dict[str, Any] = {}
        if label == "A":
            other_movement, other_zone = self.script.other_a
            extra = {"answers": self.script.answers_a, "other_movement": other_movement or None}
            extra["other_zone"] = other_zone or None
        told = statements.Statement(movement=movement, zone=zone, **extra)
        if self.is_open:
            self.do(lambda: statements.state(self.actor(label), self.case.pk, told), 25)

    def complete(self) -> None:
        """B joins, and both confirm unless the case has been handed over meanwhile."""
        self.invite()
        if "B" not in self.party:
            return
        self.prove("B")
        self.identify("B")
        self.state("B")
        for label in "AB":
            if self.is_open:
                self.do(partial(parties.confirm, self.actor(label), self.case.pk), 18)

    def choose(self) -> None:
        """Both want the same way."""
        for label in "AB":
            self.do(partial(wishes.choose, self.actor(label), self.case.pk, self.script.way), 14)

    def sign(self, labels: str) -> None:
        """Sign the agreement."""
        for label in labels:
            path = signature(self.roll)
            self.do(partial(agreements.sign, self.actor(label), self.case.pk, path=path, read=True), 30)

    def take(self, username: str) -> Actor:
        """An officer sits down and asks; the lot must give this case."""
        account = Account.objects.select_related("organisation").get(username=username)
        officer = signin.staff(account)
        here = replace(officer, grants=roles.grants(["staff"]))
        session = seats.mark(self.script.key)

        def ask() -> allotting.Work | None:
            seats.sit(here, "determination", roles=account.roles, session=session, move_here=True)
            return allotting.next_for(officer, only=items.REQUESTS)

        work = self.do(ask, 150)
        if work is None or work.case_id != self.case.pk:
            raise RuntimeError(f"story {self.script.key}: the officer was given another case")
        return officer

    def determine(self, username: str) -> None:
        """The officer follows the engine and signs."""
        officer = self.take(username)
        found = officer_case(officer, self.case.pk)
        ruling = drafting.ruling_of(drafting.draft_of(found))
        self.do(lambda: determinations.determine(officer, self.case.pk, ruling, factor_fresh=True), 40)
        self.do(lambda: seats.leave(replace(officer, grants=roles.grants(["staff"]))), 1)

    def pause(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        """Give the bank its time until it holds."""
        end = time.monotonic() + seconds
        while not holds() and time.monotonic() < end:
            time.sleep(0.2)
            with self.later(3):
                drain()
