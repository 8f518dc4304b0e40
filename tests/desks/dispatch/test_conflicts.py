"""Who attended a scene does not assess its damage; others of the same company do."""

from __future__ import annotations

import pytest

from kuaichu.desks.claims import filings
from kuaichu.desks.claims.filings import Line, Loss
from kuaichu.desks.dispatch import orders
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.queries import losses
from tests.desks.dispatch.people import actor, on_duty
from tests.portals.api import casework

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_specialist_who_was_there_never_assesses() -> None:
    casework.insurer("HUAIHAI", "淮海财产保险")
    casework.insurer("TAIHU", "太湖财产保险")
    made = casework.settled()
    there, colleague = actor("specialist", "adjuster"), actor("adjuster")
    orders.stop(on_duty(there), made.case.pk)

    def assess(who: Actor) -> None:
        claim = made.claims["HUAIHAI"]
        filings.acknowledge(who, claim.pk, "HH-0001")
        vehicles = losses.to_assess(made.case.pk, "HUAIHAI")
        may = {one.pk for one in vehicles}
        loss = Loss(lines=[Line("前保险杠", "part", 50_000)], total_fen=50_000, assessor="葛晨")
        filings.assess(who, claim.pk, next(iter(may)), loss, may=may)

    with pytest.raises(NotAllowed) as refused:
        assess(there)
    assert refused.value.code == "attended"
    assess(colleague)
