"""One accident walked through the verbs, as parties, officer and insurers do it."""

from __future__ import annotations

import itertools
import time
import uuid
from collections import Counter
from datetime import date
from typing import Any

from kuaichu.cases import evidence, intake, invitations, parties, payees, phones, statements
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.desks.centre import items, seats
from kuaichu.desks.centre.models import Seat
from kuaichu.desks.claims import filings
from kuaichu.desks.claims.ledger import checking
from kuaichu.desks.claims.models import Claim, Payout, Posting, PostingLine
from kuaichu.desks.liability import agreements, determinations, wishes
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Delivery, Entry
from kuaichu.people import roles, signin
from kuaichu.people.models import Account, Organisation, Qualification
from kuaichu.process import allotting
from kuaichu.queries import losses
from tests.people.acting import seated
from tests.stories.builders import CITY, SIGNATURE, Town, insurers, photograph

PLATES = itertools.count(10_000 + uuid.uuid4().int % 40_000)
REAR_END = {
    "A": statements.Statement(
        movement="STRAIGHT", zone="FRONT", other_movement="STOPPED_QUEUE", other_zone="REAR"
    ),
    "B": statements.Statement(movement="STOPPED_QUEUE", zone="REAR", answers={"B.rolled_back": False}),
}
CARD = "4111111111111111"
CARDS = {"A": CARD, "B": "5555555555554444"}


def fresh_plate() -> str:
    return f"苏J{next(PLATES):05d}"


def settle(seconds: float = 10) -> None:
    """Do everything that is due, also what waits for another try, until nothing is left."""
    end = time.monotonic() + seconds
    while True:
        drain()
        left = Delivery.objects.filter(held=False)
        if not left.exists() or time.monotonic() > end:
            return
        time.sleep(0.05)
        left.update(run_at=clock.now())


def officer(city: str = CITY, **changes: Any) -> Actor:
    """A qualified officer of the remote centre."""
    unit, _made = Organisation.objects.get_or_create(
        city=city, code="REMOTE", defaults={"kind": "police", "name": "远程处理中心"}
    )
    account = Account.objects.create(
        username=new_id().hex, organisation=unit, roles=["determination_officer"],
        display_name="王强", badge="320901",
        **changes,
    )  # fmt: skip
    Qualification.objects.create(
        account=account, kind="summary", number="1", valid_from=date(2020, 1, 1), valid_until=date(2035, 1, 1)
    )
    return signin.staff(account)


def drawn(actor: Actor) -> allotting.Work | None:
    """What the lot has for this officer, who sits down first and asks; None when there is nothing."""
    held = Account.objects.get(pk=actor.id).roles
    seats.sit(seated(actor), "determination", roles=held, session=seats.mark(actor.id))
    return allotting.next_for(actor, only=items.REQUESTS)


def insurer(code: str, city: str = CITY) -> Actor:
    """An insurer's system."""
    return Actor(kind="partner", id=code, city=city, grants=roles.ROLES["insurer_client"], insurer=code)


class Road:
    """One case on its way. Nothing runs in the background: `drain` or `settle` do what follows."""

    def __init__(self, town: Town) -> None:
        insurers()
        self.town = town
        self.case, self.a = intake.open_case(roles.visitor(CITY))
        self.numbers = {"A": town.number(), "B": town.number()}
        self.id = self.case.pk

    def actor(self, label: str) -> Actor:
        return phones.actor_of(self.party(label))

    def party(self, label: str) -> Party:
        return Party.objects.select_related("case").get(case_id=self.id, label=label)

    @property
    def status(self) -> str:
        return str(Case.objects.values_list("status", flat=True).get(pk=self.id))

    def kinds(self) -> Counter[str]:
        """How often each kind of fact stands in the journal of this case."""
        return Counter(Entry.objects.filter(stream=self.id).values_list("kind", flat=True))

    def describe(self, **changes: Any) -> None:
        told: dict[str, Any] = {
            "place": "人民南路与世纪大道路口", "lon": 120.15, "lat": 33.36, "weather": "1",
            "light": "day", "injury": "none", "triage": {"alcohol_suspected": False},
        }  # fmt: skip
        intake.describe(self.actor("A"), self.id, intake.Description(**(told | changes)))

    def prove(self, label: str) -> None:
        actor = self.actor(label)
        phones.ask_code(actor, self.id, self.numbers[label])
        drain()
        phones.prove(actor, self.id, self.town.code(self.numbers[label]))

    def drive(self, label: str, *, insurer: str, insured: bool = True, **record: Any) -> None:
        """`record` is what the register knows else of the vehicle."""
        plate = self.town.car(fresh_plate(), insurer=insurer, insured=insured)
        if record:
            register = self.town.running["register"]
            known = register.post("/vehicles/query", {"plate": plate, "kind": "02"}).json()
            register.put(f"/vehicles/{plate}", known | record)
        parties.identify(self.actor(label), self.id, parties.Identity(plate=plate, is_owner=True))
        drain()

    def photograph(self) -> None:
        for shot in ("front", "rear", "contact"):
            capture = evidence.Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
            evidence.photograph(self.actor("A"), self.id, capture, photograph(uuid.uuid4().int))

    def invite(self) -> None:
        invitations.invite_other(self.actor("A"), self.id, "B", self.numbers["B"])
        drain()

    def both_joined(self, *, record: dict[str, Any] | None = None, **described: Any) -> Road:
        """Both on board, nothing confirmed; `described` changes A's quick check, `record` A's register."""
        self.describe(**described)
        self.prove("A")
        self.drive("A", insurer="HUAIHAI", **(record or {}))
        self.photograph()
        self.invite()
        self.prove("B")
        self.drive("B", insurer="TAIHU")
        for label, told in REAR_END.items():
            statements.state(self.actor(label), self.id, told)
        return self

    def ready(self) -> Road:
        """Everybody has confirmed; the ways are open."""
        self.both_joined()
        for label in "AB":
            parties.confirm(self.actor(label), self.id)
        drain()
        assert self.status == "ready", self.case.screening
        return self

    def want(self, way: str) -> None:
        for label in "AB":
            wishes.choose(self.actor(label), self.id, way)
        drain()

    def agree(self) -> None:
        self.want("agree")
        for label in "AB":
            agreements.sign(self.actor(label), self.id, path=SIGNATURE, read=True)
        settle()

    def take(self, actor: Actor) -> None:
        got = drawn(actor)
        Seat.objects.update(ready=False)  # a pause after this one: what waits next is drawn for who asks
        assert got is not None
        assert got.case_id == self.id

    def determine(self, actor: Actor) -> None:
        ruling = Ruling(
            grades={"A": "FULL", "B": "NONE"}, facts_found="A车在人民南路追尾前方停车等候的B车。",
            reasons="A车未保持安全距离。", citations=["法43"], form="1",
        )  # fmt: skip
        determinations.determine(actor, self.id, ruling, factor_fresh=True)

    def assess(self, fen: int = 150_000) -> None:
        for claim in Claim.objects.filter(case_id=self.id):
            actor = insurer(claim.insurer)
            filings.acknowledge(actor, claim.pk, f"RPT{claim.pk.hex[-8:]}")
            for vehicle in losses.to_assess(self.id, claim.insurer):
                loss = filings.Loss([filings.Line("后保险杠", "part", fen)], fen, "李工")
                filings.assess(actor, claim.pk, vehicle.pk, loss, may={vehicle.pk})

    def name_payees(self) -> None:
        for label in "AB":
            payees.name_payee(self.actor(label), self.id, holder="胡婷", account=CARDS[label])

    def payouts(self) -> list[tuple[str, str, int, str]]:
        rows = Payout.objects.filter(case_id=self.id).order_by("insurer", "to_label")
        return [(p.insurer, p.to_label, p.fen, p.status) for p in rows]

    def vehicle(self, label: str) -> Vehicle:
        return Vehicle.objects.get(case_id=self.id, party__label=label)


def balanced() -> bool:
    """Whether something is booked, and the ledger is whole."""
    return Posting.objects.exists() and not list(checking.faults())


def received(case_id: uuid.UUID, label: str) -> list[int]:
    """What the books say a party was paid, payout by payout, in fen."""
    rows = PostingLine.objects.filter(case_id=case_id, account="bank", side=f"party:{label}")
    sums: Counter[Any] = Counter()
    for posting, fen in rows.order_by("at").values_list("posting_id", "fen"):
        sums[posting] -= fen
    return list(sums.values())
