"""Prepared by a police station: its officer at the scene writes the ruling, the accident section issues it.

Two levels: whoever prepared does not issue; nothing goes out before an officer of the section has read it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kuaichu.cases import files
from kuaichu.desks.liability.bench.issuing import fill, submit
from kuaichu.desks.liability.determinations import held_by
from kuaichu.desks.liability.models import Determination, Recheck
from kuaichu.desks.liability.on_site import take_here
from kuaichu.desks.liability.rulings import Ruling
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act


def take_to_prepare(actor: Actor, case_id: UUID, proposal: dict[str, Any]) -> Determination:
    """Take the case one stands at, to prepare its ruling; the same again finds it taken.

    Refusals as `on_site.take_on_site`, but for the qualification: the accident section issues it.
    """
    return take_here(actor, "liability.prepare", case_id, proposal, prepares=True)


def submit_prepared(actor: Actor, case_id: UUID, ruling: Ruling) -> Determination:
    """Put the prepared ruling before the accident section; the same again changes nothing.

    Raises Invalid naming each field that is not sound, NotFound for what one does not hold.
    """
    with act(actor, "liability.prepare", case_id) as step:
        row = held_by(actor, case_id)
        if row.status != Determination.Status.TAKEN:
            step.already()
            return row
        fill(files.case(case_id), row, ruling)
        submit(step, row, Recheck.Kind.STATION, ("station",))
    return row
