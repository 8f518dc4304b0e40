"""The owner chooses where the vehicle is repaired; nobody steers (R23)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from math import cos, hypot, radians
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.desks.claims.repair.rows import RepairChoice
from kuaichu.desks.claims.repair.rules import Shop, rules
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people.roles import ROLES

SALT = "kuaichu.repair"
KM_A_DEGREE = 111.32
LEAST, MOST = 2, 80


@dataclass(frozen=True)
class ShopChosen(Fact, name="claims.shop_chosen"):
    """The owner of a vehicle chose where it is repaired; `listed`: the code of a shop of the city's list."""

    vehicle_id: str
    label: str
    listed: str
    version: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A shop as the owner sees it; `km` from the accident, None where its place is not known."""

    shop: Shop
    km: float | None


def listed(case: Case) -> list[Listed]:
    """The city's shops in an order that favours nobody: by distance, or by a lot drawn for this case."""
    own = rules(case.city)
    shops = [Listed(shop, _km(case, shop)) for shop in own.shops]
    if own.order == "distance" and case.lat is not None:
        return sorted(shops, key=lambda one: (one.km or 0.0, one.shop.code))
    return sorted(shops, key=lambda one: hashlib.sha256(f"{case.pk}{one.shop.code}".encode()).digest())


def _km(case: Case, shop: Shop) -> float | None:
    if case.lat is None or case.lon is None:
        return None
    east = (float(case.lon) - shop.lon) * cos(radians(shop.lat))
    return round(hypot(east, float(case.lat) - shop.lat) * KM_A_DEGREE, 1)


def choose(actor: Actor, case_id: UUID, *, code: str = "", name: str = "") -> RepairChoice:
    """The acting party chooses a shop of the list by `code` or any other by `name`; the last choice counts.

    Raises Invalid at `code` or `name`, NotFound for who has no vehicle here.
    """
    with act(actor, "claims.choose_shop", case_id) as step:
        party = files.own_party(actor, case_id)
        vehicle = files.vehicle_of(party)
        title = _title(actor.city, code, name)
        known = find_one(RepairChoice, vehicle_id=vehicle.pk)
        if known is not None and (known.code, known.name) == (code, title):
            step.already()
            return known
        row = known or RepairChoice(case_id=case_id, city=actor.city, vehicle=vehicle, version=0)
        row.code, row.name, row.at = code, title, clock.now()
        row.version += 1
        row.save()
        step.record(
            ShopChosen(vehicle_id=str(vehicle.pk), label=party.label, listed=code, version=row.version)
        )
    return row


def _title(city: str, code: str, name: str) -> str:
    if code:
        found = next((shop for shop in rules(city).shops if shop.code == code), None)
        if found is None:
            text = _("This shop is not on the list.")
            raise Invalid(text, fields={"code": text})
        return found.name
    told = files.clean(name)
    if not LEAST <= len(told) <= MOST:
        text = _("Name the shop, 2 to 80 characters.")
        raise Invalid(text, fields={"name": text})
    return told


def token_of(choice: RepairChoice) -> str:
    """What the shop's link carries; another choice makes it void."""
    return signing.dumps([str(choice.pk), choice.version], salt=SALT)


def choice_of(token: str) -> RepairChoice:
    """The choice a link stands for; raises NotFound for one that is false, too old or void."""
    try:
        key, version = signing.loads(token, salt=SALT, max_age=180 * 24 * 3600)
        found = find_one(RepairChoice, related="vehicle__party", pk=UUID(key))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        found = None
    if found is None or found.version != version:
        raise NotFound(_("This link is no longer valid. Ask the owner of the vehicle for a new one."))
    return found


def actor_of(choice: RepairChoice) -> Actor:
    """The shop that holds the link: it may draft for this vehicle and nothing else."""
    return Actor(
        kind="shop", id=str(choice.pk), city=choice.city, case_id=choice.case_id,
        grants=ROLES["shop"],
    )  # fmt: skip
