"""Traces: keyed hashes of what accidents may have in common. The values themselves are never kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import NAMESPACE_OID, UUID, uuid5

from kuaichu.desks.risk.models import Inquiry, SmallPayout, Trace
from kuaichu.desks.risk.rules import rules
from kuaichu.desks.risk.signals import WHO, Mark, Seen
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act, act_on
from kuaichu.kernel.clock import CHINA
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.prepared import find, find_one, insert
from kuaichu.people.signin import identity_hash

KINDS: Final = (*WHO, "account", "place", "helper", "shop")
CELL: Final = 0.0005
"""Degrees: about 50 m from north to south."""
BAND_HOURS: Final = 3


@dataclass(frozen=True)
class Traced(Fact, name="risk.traced"):
    """Traces of an accident were left: how many of each kind."""

    kinds: dict[str, int]


@dataclass(frozen=True)
class Forgotten(Fact, name="risk.forgotten"):
    """Traces whose time was over were deleted."""

    traces: int


@dataclass(frozen=True)
class SmallCounted(Fact, name="risk.small_counted"):
    """A claim that the machine approved as small counts for the limit."""

    claim_id: str


def mark(kind: str, value: str, label: str = "") -> Mark:
    """The mark of a value: its hash under the installation's key, apart for each kind."""
    if kind not in KINDS:
        raise ValueError(f"no kind of trace: {kind}")
    return Mark(kind, identity_hash(f"risk:{kind}:{value.strip().upper()}"), label)


def place_value(lon: float, lat: float, at: datetime) -> str:
    """The cell of about 50 m and the band of three hours (in China) of an accident."""
    return f"{round(lon / CELL)}:{round(lat / CELL)}:{at.astimezone(CHINA).hour // BAND_HOURS}"


def leave(
    actor: Actor, case_id: UUID, marks: Iterable[Mark], *, at: datetime, insurers: Sequence[str]
) -> int:
    """Keep the marks of an accident that are not kept yet; how many are new."""
    with act(actor, "risk.trace", case_id) as step:
        known = {(row.label, row.kind, row.hash) for row in find(Trace, case_id=case_id)}
        fresh = [m for m in dict.fromkeys(marks) if (m.label, m.kind, m.hash) not in known]
        if not fresh:
            step.already()
            return 0
        until = at + timedelta(days=rules(actor.city).keep_days)
        insert(
            *(
                Trace(
                    id=new_id(), case_id=case_id, city=actor.city, label=m.label, kind=m.kind, hash=m.hash,
                    insurers=list(insurers), at=at, expires_at=until,
                )
                for m in fresh
            )
        )  # fmt: skip
        counts = {kind: sum(m.kind == kind for m in fresh) for kind in KINDS}
        step.record(Traced(kinds={kind: count for kind, count in counts.items() if count}))
    return len(fresh)


def earlier(city: str, case_id: UUID, marks: Iterable[Mark], since: datetime) -> list[Seen]:
    """Where these marks stood before, in other accidents of the city since then."""
    kinds = {(m.kind, m.hash) for m in marks}
    rows = Trace.objects.filter(city=city, hash__in={one for _kind, one in kinds}, at__gte=since)
    return [
        Seen(Mark(row.kind, row.hash, row.label), str(row.case_id), row.at, tuple(row.insurers))
        for row in rows.exclude(case_id=case_id).order_by("at")
        if (row.kind, row.hash) in kinds
    ]


def count_small(actor: Actor, case_id: UUID, claim_id: UUID) -> None:
    """Count a claim that the machine approved; once."""
    with act(actor, "risk.count_small", case_id) as step:
        if find_one(SmallPayout, claim_id=claim_id) is not None:
            step.already()
            return
        insert(SmallPayout(id=new_id(), case_id=case_id, city=actor.city, claim_id=claim_id, at=clock.now()))
        step.record(SmallCounted(claim_id=str(claim_id)))


def too_many_small(city: str, case_id: UUID) -> bool:
    """Whether a person, plate, phone or account of this accident had its number of small payouts.

    Counted are earlier accidents of the last `long_days` in which the machine approved anything.
    """
    since = clock.now() - timedelta(days=rules(city).long_days)
    own = [row for row in find(Trace, case_id=case_id) if row.kind in (*WHO, "account")]
    seen = Trace.objects.filter(city=city, hash__in={row.hash for row in own}).exclude(case_id=case_id)
    by_hash: dict[str, set[UUID]] = {}
    for one, case in seen.values_list("hash", "case_id"):
        by_hash.setdefault(one, set()).add(case)
    cases = set().union(*by_hash.values()) if by_hash else set()
    if not cases:
        return False
    paid = set(SmallPayout.objects.filter(case_id__in=cases, at__gt=since).values_list("case_id", flat=True))
    return any(len(found & paid) >= rules(city).small_payouts for found in by_hash.values())


def forget(actor: Actor, now: datetime) -> int:
    """Delete the traces whose time is over, except of accidents somebody still looks at."""
    with act_on(actor, "risk.forget", uuid5(NAMESPACE_OID, f"risk.traces {actor.city}")) as step:
        going = (Inquiry.Status.OPEN, Inquiry.Status.REFERRED)
        busy = Inquiry.objects.filter(city=actor.city, status__in=going).values("case_id")
        over = Trace.objects.filter(city=actor.city, expires_at__lte=now).exclude(case_id__in=busy)
        gone, _each = over.delete()
        if not gone:
            step.already()
            return 0
        step.record(Forgotten(traces=gone))
    return gone
