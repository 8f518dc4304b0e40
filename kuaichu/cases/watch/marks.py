"""The mark on a case that somebody looks at it: no machine decides on it, and nothing more is paid meanwhile.

A desk sets and ends it inside an act of its own; screening and the claims desk read it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from kuaichu.cases.models import Case, Evidence
from kuaichu.kernel.prepared import Prepared

OPEN: Final = "open"
ENDED: Final = "ended"
"""Somebody has looked, or the time to look is over: what was noticed then hinders no more."""
_SEEN_BEFORE = Prepared(
    lambda case, opened_at, same: (
        Evidence.objects.filter(
            sha256__in=Evidence.objects.filter(case=case).values("sha256"), case__opened_at__lt=opened_at
        )
        .exclude(case=same)
        .exclude(case__status=Case.Status.WITHDRAWN)
        .values_list("pk")[:1]
    ),
    UUID,
    datetime,
    UUID,
)


def begin(case: Case) -> None:
    """From now on somebody looks at this case (inside an act that may do so)."""
    case.watched = OPEN
    case.save()


def end(case: Case) -> None:
    """Nobody looks at it any more (inside an act that may do so)."""
    case.watched = ENDED
    case.save()


def watched(case: Case) -> bool:
    """Whether somebody looks at this case now."""
    return bool(case.watched == OPEN)


def signable(case: Case) -> bool:
    """Whether parties may settle this case among themselves now."""
    return case.status == Case.Status.READY and not watched(case)


def fraud_hold(case: Case) -> bool:
    """Whether the gate FRAUD_FLAG holds the case: somebody looks at it, or should and has not yet."""
    return watched(case) or (case.watched != ENDED and photo_seen_before(case))


def photo_seen_before(case: Case) -> bool:
    """Whether the very same photograph lies in an earlier case."""
    return _SEEN_BEFORE.row(case.pk, case.opened_at, case.pk) is not None
