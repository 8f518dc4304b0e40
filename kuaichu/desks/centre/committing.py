"""The day's commitment to its lot, in the public log; and the seed, once the day is over."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from kuaichu.desks.centre import lots
from kuaichu.kernel import clock, publiclog
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act_on
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.models import LogLeaf

_LOTS = uuid.UUID("3b1d7c52-9a3e-4f0c-8f5b-0d6a1c9e7712")
KIND = "lot"
JOURNAL = "journal"


@dataclass(frozen=True)
class LotCommitted(Fact, name="centre.lot_committed"):
    """The seed of a day is bound by its hash in the public log."""

    day: str
    commitment: str
    leaf: int


def stream_of(city: str) -> UUID:
    """The stream of a city's drawings; its lock makes them one after the other."""
    return uuid.uuid5(_LOTS, city)


def seed(city: str, day: date) -> bytes:
    """The seed of a day; only `drawn.py` and whoever shows past days may use it."""
    return lots.seed_of(settings.SECRET_KEY, city, day)


def commit(actor: Actor, day: date) -> None:
    """Write the leaf of a day, once."""
    city = actor.city
    if committed(city, day):
        return
    with act_on(actor, "centre.commit_lot", stream_of(city)) as step:
        if committed(city, day):
            step.already()
            return
        bound = lots.commitment(seed(city, day))
        content = {"day": day.isoformat(), "commitment": bound}
        leaf = publiclog.append(city, KIND, subject(city, day), content)
        step.record(LotCommitted(day=day.isoformat(), commitment=bound, leaf=leaf))


def subject(city: str, day: date) -> UUID:
    """What the leaf of a day is about."""
    return uuid.uuid5(stream_of(city), day.isoformat())


def committed(city: str, day: date) -> str:
    """The commitment of a day as the log has it; empty before there is one."""
    leaf = LogLeaf.objects.filter(log=city, kind=KIND, subject=subject(city, day)).first()
    return str(leaf.content["commitment"]) if leaf else ""


def head_before(city: str, day: date) -> str:
    """The root of the newest day of journals anchored before `day`; empty while there is none."""
    leaves = LogLeaf.objects.filter(log=city, kind=JOURNAL).order_by("-index")[:5]
    return next((str(one.content["root"]) for one in leaves if one.content["day"] < day.isoformat()), "")


def revealed(city: str, day: date) -> str:
    """The seed of a day that is over, in hex; empty until then."""
    return seed(city, day).hex() if day < clock.today() else ""
