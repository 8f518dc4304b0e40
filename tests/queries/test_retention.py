"""How long a file is kept, and what holds it beyond its time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kuaichu.cases.models import Case
from kuaichu.desks.liability.models import Recheck
from kuaichu.desks.liability.rechecks import objections
from kuaichu.kernel import clock
from kuaichu.queries.retention import kept
from tests.process.test_rechecks import OBJECTION, signed
from tests.standin_servers import standins as _standins
from tests.standin_servers import town as _town
from tests.stories.builders import Town

standins, town = _standins, _town
pytestmark = pytest.mark.django_db


def test_an_open_objection_holds_a_file_whose_time_is_over(town: Town) -> None:
    road, _officer = signed(town)
    objections.object_to(road.actor("A"), road.id, OBJECTION)
    long_ago = clock.now() - timedelta(days=366 * 8)
    Case.objects.filter(pk=road.id).update(closed_at=long_ago, status=Case.Status.CLOSED)
    case = Case.objects.get(pk=road.id)
    held = kept(case)
    assert held.until == clock.today()
    Recheck.objects.filter(case=case).update(status=Recheck.Status.DONE)
    assert kept(case).until is None
