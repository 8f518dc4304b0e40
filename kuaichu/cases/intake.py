"""Opening a case and describing it: the first minutes after the crash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import collecting, files
from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.cases.places.sites import clean_struck, wrong_site, wrong_struck
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.city import city
from kuaichu.kernel.counters import following_number
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find_one
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState
from kuaichu.people.identifiers import Unusable
from kuaichu.people.phone_numbers import parse_mobile

INJURIES = ("none", "slight", "serious", "death")
WEATHERS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
LIGHTS = ("day", "twilight", "night_lit", "night_unlit")
TRIAGE = (
    "alcohol_suspected", "party_left", "immovable", "facility_hit", "hazmat", "intent_suspected",
    "police_requested", "no_plate", "bus_overload_or_speeding", "foreign", "diplomatic", "military",
    "tractor", "very_large_loss", "off_road", "slight_injury_consent", "single_vehicle", "many_parties",
    "owner_absent", "party_fled", "number_left", "waited_in_vain",
)  # fmt: skip


@dataclass(frozen=True)
class Opened(Fact, name="cases.opened"):
    """A case was opened by a report."""

    source: str
    number: str
    party_id: str


@dataclass(frozen=True)
class Described(Fact, name="cases.described"):
    """Place, time or circumstances were told or corrected; `after_confirmation` of another party."""

    party_id: str
    fields: tuple[str, ...]
    after_confirmation: bool = False


@dataclass(frozen=True)
class Withdrawn(Fact, name="cases.withdrawn"):
    """The only party who had reported took the report back."""

    party_id: str


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What can be told about the accident itself; None means nothing new is said."""

    place: str | None = None
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    happened_at: datetime | None = None
    weather: str | None = None
    light: str | None = None
    injury: str | None = None
    triage: dict[str, bool] | None = None
    site: str | None = None
    struck: dict[str, str] | None = None


def open_case(
    actor: Actor,
    *,
    source: str = "web",
    phone: str = "",
    place: str = "",
    client_id: UUID | None = None,
    party_id: UUID | None = None,
    tapped_at: datetime | None = None,
) -> tuple[Case, Party]:
    """Open a case with its first party. The same `client_id` opens it once.

    `place` is what a caller told 110; `party_id` the first party's id where the phone has chosen it;
    `tapped_at` when the report was begun on the phone, maybe long ago without network. Raises Invalid for a
    phone number that cannot be one.
    """
    case_id = client_id or new_id()
    verb = "cases.invite" if source == "call" else "cases.open"
    with act(actor, verb, case_id) as step:
        known = find_one(Case, pk=case_id)
        if known is not None:
            step.insist(
                known.city == actor.city, _("There is no such case, or it is not yours."), otherwise=NotFound
            )
            step.already()
            return known, Party.objects.get(case=known, label="A")
        now = clock.now()
        begun = collecting.first_tap(tapped_at, now)
        case = Case.objects.create(
            id=case_id,
            city=actor.city,
            number=_number(actor.city),
            source=source[:16],
            opened_at=now,
            tapped_at=begun,
            happened_at=begun,
            place=files.clean(place)[:200],
        )
        status = Party.Status.INVITED if source == "call" else Party.Status.JOINED
        party = add_party(case, "A", status=status, phone=mobile(phone) if phone else "", party_id=party_id)
        step.record(Opened(source=case.source, number=case.number, party_id=str(party.pk)))
    return case, party


def _number(city_code: str) -> str:
    day = clock.today()
    count = following_number(f"case/{city_code}/{day:%Y%m%d}")
    return f"{city(city_code).profile.division}{day:%Y%m%d}{count:05d}"


def add_party(case: Case, label: str, *, status: str, phone: str = "", party_id: UUID | None = None) -> Party:
    """A new party with its vehicle row (inside an act)."""
    party = Party.objects.create(id=party_id or new_id(), case=case, label=label, status=status, phone=phone)
    Vehicle.objects.create(case=case, party=party)
    return party


def mobile(text: str) -> str:
    """The number as eleven digits; raises Invalid at field `phone`."""
    try:
        return parse_mobile(text).number
    except Unusable as wrong:
        raise Invalid(wrong.message, fields={"phone": wrong.message}) from wrong


def describe(actor: Actor, case_id: UUID, description: Description) -> Case:
    """Tell or correct place, time and circumstances.

    Raises Invalid naming each field, WrongState once the evidence is complete.
    """
    with act(actor, "cases.describe", case_id) as step:
        case = files.case(case_id)
        step.insist(
            case.city == actor.city, _("There is no such case, or it is not yours."), otherwise=NotFound
        )
        collecting.insist_open(step, case)
        day = case.happened_at.astimezone(clock.CHINA).date()
        changed = _apply(case, description)
        if not changed:
            step.already()
            return case
        case.save()
        if case.happened_at.astimezone(clock.CHINA).date() != day:
            # which policies and licences were valid was asked for another day
            Vehicle.objects.filter(case=case).update(policies=None, answered_at=None)
        read = any(
            p.status == Party.Status.CONFIRMED and p.pk != actor.party_id for p in files.parties(case_id)
        )
        told = str(actor.party_id or "")
        step.record(Described(party_id=told, fields=tuple(changed), after_confirmation=read))
    return case


def _apply(case: Case, told: Description) -> list[str]:
    wrong = _wrong_fields(case, told)
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=wrong)
    changed: list[str] = []
    for field in ("place", "lon", "lat", "accuracy_m", "happened_at", "weather", "light", "injury", "site"):
        value = getattr(told, field)
        if value is not None and value != getattr(case, field):
            setattr(case, field, files.clean(value) if isinstance(value, str) else value)
            changed.append(field)
    if told.triage is not None and {**case.triage, **told.triage} != case.triage:
        case.triage = {**case.triage, **told.triage}
        changed.append("triage")
    if told.struck is not None and clean_struck(told.struck) != case.struck:
        case.struck = clean_struck(told.struck)
        changed.append("struck")
    return changed


def _wrong_fields(case: Case, told: Description) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if told.place is not None and not 2 <= len(files.clean(told.place)) <= 200:
        wrong["place"] = _("Describe the place in 2 to 200 characters, e.g. road, junction, direction.")
    if told.lon is not None and not (-180 <= told.lon <= 180):
        wrong["lon"] = _("This is no longitude.")
    if told.lat is not None and not (-90 <= told.lat <= 90):
        wrong["lat"] = _("This is no latitude.")
    if told.accuracy_m is not None and not 0 <= told.accuracy_m <= 1e7:
        wrong["accuracy_m"] = _("This is no accuracy in metres.")
    if told.happened_at is not None and (text := _wrong_time(case, told.happened_at)):
        wrong["happened_at"] = text
    if told.light is not None and told.light not in LIGHTS:
        wrong["light"] = _("Choose one of the pictures.")
    if told.weather is not None and told.weather not in WEATHERS:
        wrong["weather"] = _("Choose one of the pictures.")
    if told.injury is not None and told.injury not in INJURIES:
        wrong["injury"] = _("Say whether anybody is hurt.")
    if told.triage is not None and set(told.triage) - set(TRIAGE):
        wrong["triage"] = _("There is an unknown answer.")
    told_apart = {"site": wrong_site(told.site), "struck": wrong_struck(told.struck)}
    return wrong | {field: text for field, text in told_apart.items() if text}


def _wrong_time(case: Case, moment: datetime) -> str:
    if moment.tzinfo is None:
        return _("This time has no time zone.")
    if moment > clock.now():
        return _("This time is in the future.")
    if (case.opened_at - moment).days > 60:
        return _("The accident was more than 60 days ago. Please go to the traffic police.")
    return ""


def withdraw(actor: Actor, case_id: UUID) -> None:
    """Take the report back while nobody else has joined; raises WrongState afterwards."""
    with act(actor, "cases.withdraw", case_id) as step:
        case = files.case(case_id)
        files.own_party(actor, case_id)
        others = [p for p in files.parties(case_id) if p.pk != actor.party_id]
        step.insist(
            all(p.status == Party.Status.INVITED for p in others),
            _("The other party has joined. Only both of you together can end this now: call an officer."),
            otherwise=WrongState,
        )
        if case.status == Case.Status.WITHDRAWN:
            step.already()
            return
        move(case, Case.Status.WITHDRAWN)
        case.save()
        step.record(Withdrawn(party_id=str(actor.party_id or "")))
