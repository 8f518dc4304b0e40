"""Every night: the day's journals into the public log, and its checkpoint to the witnesses."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from kuaichu.desks.documents import anchors
from kuaichu.desks.documents.anchors import SETTLED
from kuaichu.desks.documents.certificates import checkpoint_signer
from kuaichu.desks.documents.ports import Witness, WitnessBehind, WitnessIdentity
from kuaichu.kernel import checkpoints, clock, publiclog, translog
from kuaichu.kernel.city import CityInvalid, city
from kuaichu.kernel.journal import afresh
from kuaichu.kernel.ports import adapter
from kuaichu.kernel.refusals import Upstream
from kuaichu.kernel.wirings import Event
from kuaichu.people.roles import system
from kuaichu.process.calling import each
from kuaichu.queries import public_log


def begin(city_code: str) -> None:
    """Anchor every day that is over and has no leaf; from then on each day brings the next by itself."""
    for day in anchors.missing_days(city_code, clock.today()):
        anchors.anchor(system(city_code), day)


def until_next_night(_city: str) -> timedelta:
    """How long it is until the present day is over and settled."""
    now = clock.now().astimezone(clock.CHINA)
    midnight = datetime.combine(now.date() + timedelta(days=1), time.min, clock.CHINA)
    return midnight + SETTLED - now


def next_day(event: Event) -> None:
    """The day after the one that was anchored (and any that was missed) gets its leaf."""
    with afresh():
        begin(event.city)


def cosign(event: Event) -> None:
    """Every witness is shown the log as it is now, with the proof that it only grew."""
    each([partial(_ask, event.city, witness) for witness in witnesses(event.city)])


def witnesses(city_code: str) -> list[Witness]:
    """The city's witnesses; none where it has named none."""
    try:
        config = city(city_code).connector("witness")
    except CityInvalid:
        return []
    found: list[Witness] = adapter("witness", config)
    return found


def _ask(city_code: str, witness: Witness) -> None:
    who, key = witness.identity(), checkpoint_signer()
    note = public_log.checkpoint(city_code)
    size = checkpoints.Checkpoint.opened(note, public_log.origin(city_code), key.public).size
    old = anchors.signed_size(city_code, who.name)
    try:
        line = witness.add(old, _proof(city_code, old, size), note, key.public)
    except WitnessBehind as other:
        if other.size > size:
            text = "A witness has seen a longer log than there is: something was taken away."
            raise Upstream(text, code="log_shrank", retry=False) from other
        line = witness.add(other.size, _proof(city_code, other.size, size), note, key.public)
    _keep(city_code, who, size, note, line)


def _proof(city_code: str, old: int, size: int) -> list[bytes]:
    if not 0 < old < size:
        return []
    return list(translog.consistency(publiclog.TableStorage(city_code), old, size))


def _keep(city_code: str, who: WitnessIdentity, size: int, note: str, lines: str) -> None:
    for line in lines.splitlines():
        if checkpoints.cosigned_at(note, line, who.name, who.public) is not None:
            anchors.record_cosignature(system(city_code), who, size=size, note=note, line=line)
            return
    raise Upstream("A witness answered with a signature that does not hold.", code="witness_signature")
