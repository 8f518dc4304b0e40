"""Reading personal data is logged by the query itself, so that a citizen can be shown who looked."""

from __future__ import annotations

from uuid import UUID

from kuaichu.cases.models import Look
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.prepared import find_one, insert


def note(viewer: Actor, case_id: UUID, purpose: str) -> None:
    """Note that `viewer` looked at this case's personal data (not a party's own)."""
    if viewer.kind in ("party", "system"):
        return
    newest = find_one(Look, "-at", case_id=case_id, actor_id=viewer.id, purpose=purpose)
    if newest is None or (clock.now() - newest.at).total_seconds() > 300:
        insert(
            Look(case_id=case_id, actor_kind=viewer.kind, actor_id=viewer.id, purpose=purpose, at=clock.now())
        )
