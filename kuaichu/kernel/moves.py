"""Status is written in one place: each row kind has a small table of moves beside its field."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kuaichu.kernel.refusals import WrongState


def move(row: Any, to: str) -> None:
    """Set `row.status` to `to` if its `MOVES` table allows that; raises WrongState otherwise.

    Only sets the attribute: the verb saves the row.
    """
    allowed: dict[str, tuple[str, ...]] = row.MOVES
    if to not in allowed.get(row.status, ()):
        raise WrongState(
            _("This cannot be done now: its state is “%(state)s”.") % {"state": row.get_status_display()},
            code="wrong_state",
        )
    row.status = to
