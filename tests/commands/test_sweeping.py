"""What was begun and never finished is removed while the server runs."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from kuaichu.cases import intake, uploads
from kuaichu.cases.evidence import Capture
from kuaichu.cases.models import Upload
from kuaichu.cases.phones import actor_of
from kuaichu.commands.running.sweeping import Sweeper
from kuaichu.kernel import clock
from kuaichu.kernel.ids import new_id
from kuaichu.people.roles import visitor


@pytest.mark.django_db(transaction=True)
def test_it_sweeps_and_stops(settings: Settings, tmp_path: Path) -> None:
    settings.UPLOADS_DIR = tmp_path
    case, part = intake.open_case(visitor("yancheng"))
    with clock.at(clock.now() - uploads.KEPT - timedelta(minutes=1)):
        old = uploads.announce(actor_of(part), case.pk, Capture(client_id=new_id(), shot="front"), 10)
    young = uploads.announce(actor_of(part), case.pk, Capture(client_id=new_id(), shot="rear"), 10)
    uploads.receive(actor_of(part), case.pk, young.upload.pk, offset=0, size=3, chunks=[b"abc"])
    (tmp_path / str(old.upload.pk)).write_bytes(b"abc")
    sweeper = Sweeper(first=0.01, every=0.05)
    sweeper.start()
    end = time.monotonic() + 20
    while Upload.objects.count() > 1 and time.monotonic() < end:
        time.sleep(0.02)
    sweeper.stop()
    sweeper.join(10)
    assert not sweeper.is_alive()
    assert [row.pk for row in Upload.objects.all()] == [young.upload.pk]
    assert [path.name for path in tmp_path.iterdir()] == [str(young.upload.pk)]
