"""Cases that wait for an officer, made by the parties' verbs against the real stand-ins; staff; browsers."""

from __future__ import annotations

import io
import itertools
import random
import re
import time
import uuid
from dataclasses import dataclass

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from PIL import Image

from kuaichu.cases import evidence, intake, invitations, parties, phones, statements
from kuaichu.cases.models import Case
from kuaichu.desks.liability import wishes
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.deliveries import drain
from kuaichu.people import factors
from kuaichu.people.models import Account, Organisation, Qualification
from kuaichu.people.roles import visitor
from tests.stories.builders import Town

CITY = "yancheng"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REAR_END = (
    {"movement": "STRAIGHT", "zone": "FRONT", "other_movement": "STOPPED_QUEUE", "other_zone": "REAR"},
    {"movement": "STOPPED_QUEUE", "zone": "REAR"},
)
_serial = itertools.count(random.randrange(10_000))


def unit(code: str = "YC-REMOTE", city_code: str = CITY, kind: str = "police") -> Organisation:
    """A police unit of a city."""
    return Organisation.objects.get_or_create(
        city=city_code, code=code, defaults={"kind": kind, "name": code}
    )[0]


def account(
    username: str, role: str = "determination_officer", *, qualified: bool = True, **more: object
) -> Account:
    """A member of staff; officers with a qualification that is valid unless told otherwise."""
    organisation = more.pop("organisation", None) or unit()
    made = Account.objects.create_user(
        username, password="a long password of one's own", organisation=organisation, roles=[role],
        display_name=username, badge=f"0{next(_serial):05d}", **more,
    )  # fmt: skip
    if qualified and role == "determination_officer":
        Qualification.objects.create(
            account=made,
            kind="summary",
            number=f"Q{username}",
            valid_from="2020-01-01",
            valid_until="2099-12-31",
        )
    return made


def picture(seed: int) -> bytes:
    """A photograph of its own: two colours, never the same file twice."""
    rng, out = random.Random(seed), io.BytesIO()
    image = Image.new("RGB", (640, 480), tuple(rng.randrange(256) for _ in range(3)))
    image.paste(
        tuple(rng.randrange(256) for _ in range(3)), (rng.randrange(300), rng.randrange(200), 520, 440)
    )
    image.save(out, "JPEG")
    return out.getvalue()


@dataclass
class Waiting:
    """A case in the queue and its two parties' actors."""

    case: Case
    a: Actor
    b: Actor


def waiting_case(
    town: Town,
    told: tuple[dict[str, object], dict[str, object]] = REAR_END,
    place: str = "人民南路与世纪大道路口",
) -> Waiting:
    """Two drivers report, photograph, state, confirm and ask for an officer together."""
    for insurer in ("HUAIHAI", "TAIHU"):
        unit(insurer, kind="insurer")
    case, first = intake.open_case(visitor(CITY))
    a = phones.actor_of(first)
    told_first = intake.Description(
        place=place, lon=120.1573, lat=33.3776, weather="1", light="day", injury="none",
        triage={"alcohol_suspected": False},
    )  # fmt: skip
    intake.describe(a, case.pk, told_first)
    _prove(town, a, case, town.number())
    _drive(town, a, case, "HUAIHAI")
    for number, shot in enumerate(("front", "rear", "contact")):
        capture = evidence.Capture(
            client_id=uuid.uuid4(),
            shot=shot,
            source="in_app" if number else "gallery",
            lon=120.1574,
            lat=33.3777,
        )
        evidence.photograph(a, case.pk, capture, picture(next(_serial)))
    statements.state(a, case.pk, statements.Statement(**told[0]))  # type: ignore[arg-type]
    second = invitations.invite_other(a, case.pk, "B", town.number())
    b = phones.actor_of(second)
    drain()
    _prove(town, b, case, second.phone)
    _drive(town, b, case, "TAIHU")
    statements.state(b, case.pk, statements.Statement(**told[1]))  # type: ignore[arg-type]
    for actor in (a, b):
        parties.confirm(actor, case.pk)
    drain()
    for actor in (a, b):
        wishes.choose(actor, case.pk, "officer")
    drain()
    case.refresh_from_db()
    assert case.status == Case.Status.READY, case.screening
    return Waiting(case, a, b)


def _prove(town: Town, actor: Actor, case: Case, phone: str) -> None:
    phones.ask_code(actor, case.pk, phone)
    drain()
    newest = town.messages(phone)[0]
    phones.prove(actor, case.pk, re.findall(r"\d{6}", newest)[0])


def _drive(town: Town, actor: Actor, case: Case, insurer: str) -> None:
    plate = town.car(f"苏J{next(_serial) % 100_000:05d}", insurer=insurer)
    parties.identify(actor, case.pk, parties.Identity(plate=plate, is_owner=True))
    drain()


def totp(account_: Account) -> None:
    """Give the account an authenticator with the known secret."""
    TOTP.activate(account_, SECRET)


def code(steps: int = 0) -> str:
    """What the authenticator shows now, or `steps` of 30 seconds later."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def signed_in(account_: Account, *, fresh: bool = True) -> Client:
    """A browser of this account, which has a second factor; `fresh`: it was proven just now."""
    client = Client()
    if not factors.enrolled(account_.pk):
        totp(account_)
    client.force_login(account_)
    if fresh:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time()}]
        session["account_authentication_methods_user"] = user_id_to_str(account_)
        session.save()
    return client


def filled(**changed: object) -> dict[str, object]:
    """A ruling as the form posts it; `changed` with `__` for dots (`grade__A`)."""
    form: dict[str, object] = {
        "grade.A": "FULL", "grade.B": "NONE", "form": "1", "citations": ["法43", "D146 60¶1(1)"],
        "facts_found": "当日在路口，甲车追尾乙车。", "reasons": "甲车未保持安全距离。",
    }  # fmt: skip
    return form | {name.replace("__", "."): value for name, value in changed.items()}
