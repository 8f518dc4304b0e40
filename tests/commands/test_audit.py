"""The public log proven from outside: anchored days, witnesses, and what an auditor finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client

from kuaichu.cases import intake
from kuaichu.cases.phones import actor_of
from kuaichu.commands.proving.audit import Audit, Site
from kuaichu.desks.documents import anchors
from kuaichu.desks.documents.models import Cosignature
from kuaichu.kernel import clock, journal, ports, publiclog
from kuaichu.kernel.ids import new_id
from kuaichu.kernel.models import Entry, LogLeaf, LogNode
from kuaichu.kernel.refusals import Upstream
from kuaichu.people.roles import system, visitor
from kuaichu.process import anchoring
from kuaichu.queries import public_log
from tests.standins.running import Running

CITY = "yancheng"
NAMES = ("police-supervision", "insurers-association", "court")
pytestmark = pytest.mark.django_db


class Inside(Site):
    """The public pages without a network between."""

    def __init__(self) -> None:
        self._client = Client()

    def text(self, path: str, **query: Any) -> str:
        cache.clear()
        answer = self._client.get(f"{path}?{urlencode(query)}")
        assert answer.status_code in (200, 404), (path, answer.content)
        return "" if answer.status_code == 404 else answer.content.decode()


@pytest.fixture
def yesterday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three cases of yesterday, anchored today."""
    real = clock.now
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: real() - timedelta(days=1))
        for _ in range(3):
            case, party = intake.open_case(visitor(CITY))
            intake.describe(actor_of(party), case.pk, intake.Description(weather="1", light="day"))
    anchoring.begin(CITY)


@pytest.fixture
def witnesses(tmp_path: Path, settings) -> Iterator[list[Running]]:
    """Three witnesses as processes of their own."""
    running = []
    for name in NAMES:
        folder = tmp_path / name
        folder.mkdir()
        running.append(Running("witness", folder, "--name", name))
    urls = " ".join(one.base for one in running)
    settings.CONNECTORS = {**settings.CONNECTORS, "witness": {"adapter": "http", "urls": urls}}
    ports.forget()
    yield running
    for one in running:
        one.close()
    ports.forget()


def cosign() -> None:
    entry = Entry.objects.filter(kind="documents.day_anchored").order_by("-seq").first()
    assert entry is not None
    anchoring.cosign(journal.event_of(entry))


def audited(kept: dict[str, Any] | None = None) -> Audit:
    found = Audit(Inside(), kept or {})
    found.run()
    return found


def test_a_day_is_anchored_once_and_brings_the_next(yesterday: None) -> None:
    leaf = LogLeaf.objects.get(kind="journal")
    assert leaf.content["entries"] == 6
    anchoring.begin(CITY)
    assert LogLeaf.objects.filter(kind="journal").count() == 1
    wait = anchoring.until_next_night(CITY)
    after = (clock.now() + wait).astimezone(clock.CHINA)
    assert (after.hour, after.minute) == (0, 10)
    entry = Entry.objects.get(kind="documents.day_anchored")
    with journal.caused_by(journal.event_of(entry)):
        anchoring.next_day(journal.event_of(entry))
        with journal.afresh():
            anchors.anchor(system(CITY), clock.today() - timedelta(days=9))
    assert set(Entry.objects.filter(kind="documents.day_anchored").values_list("generation", flat=True)) == {
        0
    }


def test_an_audit_finds_nothing_where_nothing_was_done(yesterday: None, witnesses: list[Running]) -> None:
    publiclog.append(CITY, "facts", new_id(), {"facts_sha256": "ab"})
    cosign()
    first = audited()
    assert (first.faults, first.leaves, first.days) == ([], 2, 1)
    assert sorted(first.witnesses) == sorted(NAMES)
    for n in range(700):
        publiclog.append(CITY, "facts", new_id(), {"facts_sha256": f"{n:x}"})
    cosign()
    again = audited(first.kept)
    assert (again.faults, again.leaves, len(again.witnesses)) == ([], 702, 3)
    assert again.kept["size"] == 702
    assert Cosignature.objects.count() == 6
    cosign()
    assert Cosignature.objects.count() == 6


def test_an_edited_row_is_found(yesterday: None) -> None:
    kept = audited().kept
    entry = Entry.objects.filter(kind="cases.described").order_by("at").first()
    assert entry is not None
    for change in ({"payload": {"party_id": "", "fields": ["place"]}}, {"actor_id": "somebody"}):
        before = {name: getattr(entry, name) for name in change}
        Entry.objects.filter(pk=entry.pk).update(**change)
        assert "a row was changed" in audited(kept).faults[0]
        assert anchors.faults(CITY)
        Entry.objects.filter(pk=entry.pk).update(**before)
    assert audited(kept).faults == []
    Entry.objects.filter(pk=entry.pk).delete()
    assert "a row was changed" in audited(kept).faults[0]


def test_a_rewritten_chain_is_found(yesterday: None) -> None:
    kept = audited().kept
    entry = Entry.objects.get(kind="cases.opened", stream=Entry.objects.filter(seq=2).first().stream)
    entry.at += timedelta(seconds=30)
    entry.hash = journal.chain_hash(entry)
    following = Entry.objects.get(stream=entry.stream, seq=2)
    following.previous = entry.hash
    following.hash = journal.chain_hash(following)
    Entry.objects.bulk_update([entry, following], ["at", "hash", "previous"])
    assert journal.check_stream(list(Entry.objects.filter(stream=entry.stream).order_by("seq"))) == []
    assert "a row was changed" in audited(kept).faults[0]


def test_a_dropped_or_changed_leaf_is_found(yesterday: None) -> None:
    for n in range(5):
        publiclog.append(CITY, "facts", new_id(), {"facts_sha256": f"{n:x}"})
    kept = audited().kept
    leaf = LogLeaf.objects.get(index=3)
    LogLeaf.objects.filter(pk=leaf.pk).update(content={"facts_sha256": "other"})
    assert any("dropped or changed" in fault for fault in audited(kept).faults)
    LogLeaf.objects.filter(pk=leaf.pk).update(content=leaf.content)
    assert audited(kept).faults == []
    LogLeaf.objects.filter(pk=leaf.pk).delete()
    assert any("dropped or changed" in fault for fault in audited(kept).faults)


def test_a_forked_log_is_found_by_the_last_audit_and_by_the_witnesses(
    yesterday: None, witnesses: list[Running]
) -> None:
    publiclog.append(CITY, "facts", new_id(), {"facts_sha256": "true"})
    cosign()
    kept = audited().kept
    # the operator begins the log anew, with another leaf in the place of the true one
    day = LogLeaf.objects.get(kind="journal")
    LogLeaf.objects.all().delete()
    LogNode.objects.all().delete()
    publiclog.append(CITY, "journal", day.subject, day.content)
    publiclog.append(CITY, "facts", new_id(), {"facts_sha256": "false"})
    publiclog.append(CITY, "facts", new_id(), {"facts_sha256": "more"})
    assert publiclog.check(CITY) == []
    faults = audited(kept).faults
    assert any("last audit: it was forked" in fault for fault in faults)
    assert any("witnesses signed another log" in fault for fault in faults)
    assert any("witnesses signed another log" in fault for fault in audited().faults), "also the first time"
    with pytest.raises(Upstream):
        cosign()
    shrunk = {**kept, "size": 99}
    assert any("at the last audit it had 99" in fault for fault in audited(shrunk).faults)
    assert audited({**kept, "key": "A" * 43 + "="}).faults == [
        "the checkpoint is not signed by the key of this log"
    ]


def test_a_witness_that_was_away_or_lost_its_memory(
    yesterday: None, witnesses: list[Running], tmp_path: Path
) -> None:
    away = witnesses[0]
    away.kill()
    with pytest.raises(Upstream):
        cosign()
    assert Cosignature.objects.count() == 2, "who is away keeps no other from signing"
    away.start()
    publiclog.append(CITY, "facts", new_id(), {"facts_sha256": "x"})
    cosign()
    assert set(Cosignature.objects.filter(size=2).values_list("witness", flat=True)) == set(NAMES)
    Cosignature.objects.all().delete()  # ours is lost: the witness says what it has signed
    publiclog.append(CITY, "facts", new_id(), {"facts_sha256": "y"})
    cosign()
    assert Cosignature.objects.filter(size=3).count() == 3


def test_a_witness_refuses_what_is_no_log_it_knows(witnesses: list[Running], yesterday: None) -> None:
    note = public_log.checkpoint(CITY)
    one = witnesses[0].http
    assert one.post("/add-checkpoint", content=f"old 0\n\n{note}").status_code == 403
    assert one.post("/add-checkpoint", content="rubbish").status_code == 400
    assert one.post("/add-checkpoint", content=b"\xff\xfe old").status_code == 400
    cosign()
    assert one.post("/add-checkpoint", content=f"old 0\n\n{note}").status_code == 409
    forged = note.replace("yancheng", "yancheng", 1).replace("\n1\n", "\n2\n", 1)
    assert one.post("/add-checkpoint", content=f"old 1\n\n{forged}").status_code == 403


def test_bad_questions_to_the_log(client: Client) -> None:
    for address, status in (
        ("/v/log/day?day=tomorrow", 422),
        (f"/v/log/day?day={clock.today()}", 404),
        ("/v/log/leaves?start=5&end=5", 422),
        ("/v/log/leaves?start=0&end=501", 422),
        ("/v/log/checkpoint?cosigned=1", 404),
        ("/v/log/witnesses?city=nowhere", 404),
    ):
        assert client.get(address).status_code == status, address
