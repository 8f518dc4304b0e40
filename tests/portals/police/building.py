"""Cases that wait for an officer, made as people make them: by the parties' verbs, against the real stand-ins."""

from __future__ import annotations

import io
import itertools
import random
import re
import uuid
from dataclasses import dataclass

import httpx
from PIL import Image

from kuaichu.cases import evidence, intake, parties, phones
from kuaichu.cases.models import Case, Party
from kuaichu.desks.liability import wishes
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.city import city
from kuaichu.kernel.deliveries import drain
from kuaichu.people.models import Account, Organisation, Qualification
from kuaichu.people.roles import visitor

CITY = "yancheng"
REAR_END = (
    {"movement": "STRAIGHT", "zone": "FRONT", "other_movement": "STOPPED_QUEUE", "other_zone": "REAR"},
    {"movement": "STOPPED_QUEUE", "zone": "REAR"},
)
_serial = itertools.count(random.randrange(10_000))


def base_url(port: str) -> str:
    """Where the stand-in of this port listens."""
    return str(city(CITY).connector(port)["base_url"])


def unit(code: str = "YC-REMOTE", city_code: str = CITY, kind: str = "police") -> Organisation:
    """A police unit of a city."""
    return Organisation.objects.get_or_create(city=city_code, code=code, defaults={"kind": kind, "name": code})[0]


def account(username: str, role: str = "determination_officer", *, qualified: bool = True, **more: object) -> Account:
    """A member of staff; officers with a qualification that is valid unless told otherwise."""
    organisation = more.pop("organisation", None) or unit()
    made = Account.objects.create_user(
        username, password="a long password of one's own", organisation=organisation, roles=[role],
        display_name=username, badge=f"0{next(_serial):05d}", **more,
    )  # fmt: skip
    if qualified and role == "determination_officer":
        Qualification.objects.create(
            account=made, kind="summary", number=f"Q{username}", valid_from="2020-01-01", valid_until="2099-12-31"
        )
    return made


def picture(seed: int) -> bytes:
    """A photograph of its own: two colours, never the same file twice."""
    rng, out = random.Random(seed), io.BytesIO()
    image = Image.new("RGB", (640, 480), tuple(rng.randrange(256) for _ in range(3)))
    image.paste(tuple(rng.randrange(256) for _ in range(3)), (rng.randrange(300), rng.randrange(200), 520, 440))
    image.save(out, "JPEG")
    return out.getvalue()


def insured_plate(insurer: str = "HUAIHAI", name: str = "淮海财产保险") -> str:
    """A plate nobody had before, with compulsory insurance."""
    plate = f"苏J{next(_serial) % 100_000:05d}"
    policy = {
        "cover": "CTALI", "insurer": insurer, "insurer_name": name, "number": f"PD{next(_serial):012d}",
        "starts": "2020-01-01", "ends": "2099-12-31", "limit_fen": 20_000_000, "deductible_fen": None,
    }  # fmt: skip
    answer = httpx.put(f"{base_url('policies')}/policies/{plate}", json={"policies": [policy]}, trust_env=False)
    answer.raise_for_status()
    return plate


def read_code(phone: str) -> str:
    """The newest code sent to this phone."""
    answer = httpx.post(f"{base_url('sms')}/api/messages/query", json={"to": phone}, trust_env=False).json()
    found = answer if isinstance(answer, list) else answer["messages"]
    return re.search(r"\d{6}", found[0]["text"]).group()  # type: ignore[union-attr]


@dataclass
class Waiting:
    """A case in the queue and its two parties' actors."""

    case: Case
    a: Actor
    b: Actor


def waiting_case(told: tuple[dict[str, object], dict[str, object]] = REAR_END, place: str = "人民南路与世纪大道路口") -> Waiting:
    """Two drivers report, photograph, state, confirm and ask for an officer together."""
    case, first = intake.open_case(visitor(CITY))
    a = phones.actor_of(first)
    intake.describe(
        a, case.pk,
        intake.Description(
            place=place, lon=120.1573, lat=33.3776, weather="1", light="day", injury="none", triage={"alcohol_suspected": False}
        ),
    )  # fmt: skip
    _prove(a, case)
    _drive(a, case, insured_plate())
    for number, shot in enumerate(("front", "rear", "contact")):
        capture = evidence.Capture(
            client_id=uuid.uuid4(), shot=shot, source="in_app" if number else "gallery", lon=120.1574, lat=33.3777
        )
        evidence.photograph(a, case.pk, capture, picture(next(_serial)))
    parties.state(a, case.pk, parties.Statement(**told[0]))  # type: ignore[arg-type]
    b = phones.actor_of(parties.invite_other(a, case.pk, "B", f"139{next(_serial):08d}"))
    drain()
    _prove(b, case, ask="")
    _drive(b, case, insured_plate("TAIHU", "太湖财产保险"))
    parties.state(b, case.pk, parties.Statement(**told[1]))  # type: ignore[arg-type]
    for actor in (a, b):
        parties.confirm(actor, case.pk)
    drain()
    for actor in (a, b):
        wishes.choose(actor, case.pk, "officer")
    drain()
    case.refresh_from_db()
    return Waiting(case, a, b)


def _prove(actor: Actor, case: Case, ask: str | None = None) -> None:
    phones.ask_code(actor, case.pk, f"138{next(_serial):08d}" if ask is None else ask)
    drain()
    phone = Party.objects.get(pk=actor.party_id).phone or phones.PhoneCode.objects.latest("asked_at").phone
    phones.prove(actor, case.pk, read_code(phone))


def _drive(actor: Actor, case: Case, plate: str) -> None:
    parties.identify(actor, case.pk, parties.Identity(plate=plate, is_owner=True))
    drain()
