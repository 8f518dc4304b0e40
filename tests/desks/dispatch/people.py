"""People who go to the scene, on duty, as tests need them; cases that need somebody."""

from __future__ import annotations

import itertools
import random
import uuid

from kuaichu.cases import intake
from kuaichu.cases.models import Case
from kuaichu.cases.phones import actor_of
from kuaichu.desks.dispatch import duties
from kuaichu.desks.dispatch.duties import Point
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.people import signin
from kuaichu.people.models import Account, Organisation, Qualification
from kuaichu.people.roles import system, visitor

CITY = "yancheng"
SYSTEM = system(CITY)
HERE = (33.3776, 120.1573)
HOMES = {
    "patrol_officer": ("YC-BRIGADE", "police"), "station_officer": ("YC-STATION", "station"),
    "auxiliary": ("YC-BRIGADE", "police"), "specialist": ("HUAIHAI", "insurer"),
    "persuader": ("YC-VILLAGE", "village"), "dispatcher": ("YC-REMOTE", "police"),
    "determination_officer": ("YC-REMOTE", "police"), "adjuster": ("HUAIHAI", "insurer"),
}  # fmt: skip
_serial = itertools.count(random.randrange(10_000))


def account(role: str, *more_roles: str, organisation: str = "", certified: bool = True) -> Account:
    """Somebody of this role in an organisation of its kind, qualified or certified unless told otherwise."""
    code, kind = HOMES[role]
    unit, _made = Organisation.objects.get_or_create(
        city=CITY, code=organisation or code, defaults={"kind": kind, "name": organisation or code}
    )
    number = next(_serial)
    made = Account.objects.create_user(
        f"{role}{number}", password="a long password of one's own", organisation=unit,
        roles=[role, *more_roles], display_name="韩志军", badge=f"{number:06d}",
    )  # fmt: skip
    if certified:
        kind = "field" if role in ("specialist", "persuader") else "summary"
        Qualification.objects.create(
            account=made, kind=kind, number=f"Q{number}", valid_from="2020-01-01", valid_until="2099-12-31"
        )
    return made


def actor(role: str, *more_roles: str, **given: str) -> Actor:
    """The same as an actor."""
    return signin.staff(account(role, *more_roles, **given))


def on_duty(who: Actor, *, north_m: float | None = 0, phone: str = "") -> Actor:
    """On duty, so many metres north of HERE; None tells no position."""
    point = None
    if north_m is not None:
        point = Point(HERE[0] + north_m / 111_195, HERE[1], clock.now(), 10.0)
    duties.start_duty(who, consent=True, phone=phone, point=point)
    return who


def reported(*, placed: bool = True) -> Case:
    """A case just reported at HERE."""
    case, party = intake.open_case(visitor(CITY), client_id=uuid.uuid4())
    if placed:
        told = intake.Description(place="人民南路与世纪大道路口", lat=HERE[0], lon=HERE[1], injury="none")
        intake.describe(actor_of(party), case.pk, told)
    case.refresh_from_db()
    return case
