"""Cases made by the verbs themselves, up to the point at which the insurers have their claims."""

from __future__ import annotations

import io
import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP
from oauth2_provider.models import Application
from PIL import Image

from kuaichu.cases import (
    evidence,
    intake,
    invitations,
    outcome,
    parties,
    phones,
    registers,
    screening,
    statements,
)
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.desks.claims import filings
from kuaichu.desks.claims.models import Claim
from kuaichu.desks.documents import certificates
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability import agreements, wishes
from kuaichu.kernel.actors import Actor
from kuaichu.people.models import Account, Client, Organisation
from kuaichu.people.roles import system, visitor
from kuaichu.queries import losses, paper_facts
from kuaichu.queries.proposals import proposal_for
from kuaichu.standins import invented

CITY = "yancheng"
SECRET = "a client secret for tests"
PATH = "M10 10 L100 100 L50 60"


def card(seed: int) -> str:
    """A bank card number with a right check digit."""
    body = f"622202{seed:012d}"
    for digit in "0123456789":
        total = 0
        for place, ch in enumerate(reversed(body + digit)):
            value = int(ch) * (2 if place % 2 else 1)
            total += value - 9 if value > 9 else value
        if total % 10 == 0:
            return body + digit
    raise AssertionError("one of ten digits fits")


def photograph(seed: int, size: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG unlike any other seed's."""
    roll = random.Random(seed)
    image = Image.new("RGB", size, tuple(roll.randrange(256) for _ in range(3)))
    for _ in range(40):
        spot = (roll.randrange(size[0] - 60), roll.randrange(size[1] - 60))
        image.paste(tuple(roll.randrange(256) for _ in range(3)), (*spot, spot[0] + 60, spot[1] + 60))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def policies(insurer: str, covers: tuple[str, ...] = ("CTALI", "TPL", "MOD")) -> list[dict[str, Any]]:
    """Policies of one company, in force today."""
    today = date.today()
    limits = {"CTALI": 20_000_000, "TPL": 100_000_000, "MOD": None}
    return [
        {
            "cover": cover,
            "insurer": insurer,
            "insurer_name": insurer,
            "number": f"PD{cover}{insurer[:4]}0001",
            "starts": (today - timedelta(days=100)).isoformat(),
            "ends": (today + timedelta(days=200)).isoformat(),
            "limit_fen": limits[cover],
            "deductible_fen": None,
        }
        for cover in covers
    ]


def insurer(code: str, name: str = "") -> Organisation:
    made, _ = Organisation.objects.get_or_create(
        city=CITY, code=code, defaults={"kind": "insurer", "name": name or code}
    )
    return made


def client_of(organisation: Organisation) -> Application:
    """The OAuth client of a partner's system; its id is its code in small letters."""
    application = Application.objects.create(
        client_id=organisation.code.lower(),
        client_secret=SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        name=organisation.code,
    )
    Client.objects.create(application=application, organisation=organisation)
    return application


def adjuster(organisation: Organisation, name: str = "") -> Account:
    username = name or f"adjuster-{organisation.code.lower()}"
    account = Account.objects.create_user(username, password="correct horse battery")
    account.organisation, account.roles, account.display_name = organisation, ["adjuster"], "周敏"
    account.save()
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    return account


def actor_of_insurer(code: str) -> Actor:
    return Actor(
        kind="partner", id=f"test-{code}", city=CITY, insurer=code,
        grants=frozenset({"claims.acknowledge", "claims.assess", "claims.approve"}),
    )  # fmt: skip


@dataclass
class Settled:
    """A case both parties have settled by agreement, with papers and claims."""

    case: Case
    a: Party
    b: Party
    claims: dict[str, Claim]

    def vehicle(self, label: str) -> Vehicle:
        return Vehicle.objects.get(case=self.case, party__label=label)


def _party(party: Party, plate: str, phone: str, covered_by: list[dict[str, Any]]) -> Actor:
    actor = phones.actor_of(party)
    code = phones.ask_code(actor, party.case_id, phone)
    phones.prove(actor, party.case_id, phones.mint_code(code.pk)[1])
    parties.identify(actor, party.case_id, parties.Identity(plate=plate, is_owner=True))
    record = sound_vehicle(plate)
    number = record["owner"]["id_no"]
    found = registers.Found(plate, number, record, sound_driver(number), covered_by)
    registers.record(system(CITY), party.case_id, party.pk, found)
    return actor


def sound_vehicle(plate: str) -> dict[str, Any]:
    """The stand-in register's record with a valid inspection."""
    later = (date.today() + timedelta(days=300)).isoformat()
    return {**invented.vehicle(plate, None, date.today()), "inspection_until": later, "status": "正常"}


def sound_driver(number: str) -> dict[str, Any]:
    later = (date.today() + timedelta(days=900)).isoformat()
    found = invented.driver(number, date.today()) or {}
    return {**found, "classes": "C1", "valid_until": later, "status": "正常", "points": 0}


def reported(
    *, insurers: tuple[str, str] = ("HUAIHAI", "TAIHU"), number: int = 1
) -> tuple[Case, Actor, Actor]:
    """Both parties have told everything and confirmed: A ran into the back of B, who stood in a queue."""
    case, a = intake.open_case(visitor(CITY), source="app")
    actor_a = phones.actor_of(a)
    told = intake.Description(
        place="人民南路与世纪大道路口", lon=120.15, lat=33.36, weather="1", light="day", injury="none",
        triage={"alcohol_suspected": False},
    )  # fmt: skip
    intake.describe(actor_a, case.pk, told)
    _party(a, f"苏J1{number:04d}", f"138{number:08d}", policies(insurers[0]))
    for at, shot in enumerate(("front", "rear", "contact")):
        capture = evidence.Capture(client_id=uuid.uuid4(), shot=shot, source="in_app")
        evidence.photograph(actor_a, case.pk, capture, photograph(number * 10 + at))
    statements.state(
        actor_a, case.pk,
        statements.Statement(
            movement="STRAIGHT", zone="FRONT", other_movement="STOPPED_QUEUE", other_zone="REAR"
        ),
    )  # fmt: skip
    b = invitations.invite_other(actor_a, case.pk, "B", f"139{number:08d}")
    actor_b = _party(b, f"苏J2{number:04d}", f"139{number:08d}", policies(insurers[1]))
    statements.state(
        actor_b,
        case.pk,
        statements.Statement(movement="STOPPED_QUEUE", zone="REAR", answers={"B.rolled_back": False}),
    )
    for actor in (actor_a, actor_b):
        parties.confirm(actor, case.pk)
    screening.screen(system(CITY), case.pk)
    case.refresh_from_db()
    assert case.status == Case.Status.READY, case.screening
    return case, actor_a, actor_b


def settled(*, insurers: tuple[str, str] = ("HUAIHAI", "TAIHU"), number: int = 1) -> Settled:
    """A reported case, agreed, with its sealed agreement and a claim for each insurer."""
    case, actor_a, actor_b = reported(insurers=insurers, number=number)
    robot = system(CITY)
    for actor in (actor_a, actor_b):
        wishes.choose(actor, case.pk, "agree")
    row = agreements.propose(robot, case.pk, proposal_for(case.pk))
    for actor in (actor_a, actor_b):
        agreements.sign(actor, case.pk, path=PATH, read=True)
    outcome.decide(robot, case.pk, procedure="SELF", basis_id=row.pk)
    kind = Paper.Kind.AGREEMENT
    paper = certificates.number(
        robot, case.pk, kind=kind, basis_id=row.pk,
        build=lambda head: paper_facts.facts_of(case.pk, kind, row.pk, head),
    )  # fmt: skip
    drawings = paper_facts.drawings_of(case.pk, kind, row.pk)
    with ThreadPoolExecutor(1) as pool:  # sealing runs an event loop, and a browser test has one already
        made = pool.submit(certificates.make, paper, drawings=drawings).result()
    certificates.issue(robot, paper.pk, made)
    claims = filings.register(robot, case.pk, losses.insurers_concerned(case.pk))
    case.refresh_from_db()
    return Settled(case, parties.find(case.pk, "A"), parties.find(case.pk, "B"), claims)
