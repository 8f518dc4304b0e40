"""From the file to the engine's facts: who said what, about which vehicle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from kuaichu.cases.models import Case, Party, Vehicle
from kuaichu.desks.liability.facts import AccidentFacts
from kuaichu.desks.liability.settling import Statement, gather
from kuaichu.desks.liability.touching import contacts_of
from kuaichu.desks.liability.vocabulary import PLACE, Answer, Movement, UserKind, Zone
from kuaichu.kernel.clock import CHINA


def facts_of(
    case: Case,
    parties: list[Party],
    vehicles: dict[str, Vehicle],
    officer: dict[str, Any] | None = None,
) -> AccidentFacts:
    """The accident as far as the parties (and `officer`, whose answers outrank them) have told it.

    A party that tells the other's contact zone one corner off is not contradicting it; a real difference
    makes the fact disputed, and the engine then says so instead of believing one side.
    """
    kinds = {p.label: UserKind(vehicles[p.label].kind) for p in parties}
    said = said_by_parties(parties)
    own = {s.subject: s.value for s in said if s.key == "zone" and s.source == f"party:{s.subject}"}
    kept = [s for s in said if s.source == f"party:{s.subject}" or not _neighbouring(s, own)]
    kept += [Statement(PLACE, "light", case.light, "register")] if case.light else []
    alone = len(parties) == 1 and bool(case.triage.get("single_vehicle"))
    kept += [Statement(PLACE, "single_vehicle", True, "register")] if alone else []
    kept += list(_officer(officer or {}))
    day = case.happened_at.astimezone(CHINA).date()
    return gather(day, kinds, kept, contacts_of(parties))


def said_by_parties(parties: list[Party]) -> list[Statement]:
    """What each party has answered, about itself, the other and the place."""
    return [said for party in parties for said in _said_by(party, parties)]


def _neighbouring(statement: Statement, own: dict[str, Answer]) -> bool:
    """Whether somebody else's zone is the own one or the one beside it (REAR and REAR_LEFT)."""
    mine = own.get(statement.subject)
    if statement.key != "zone" or mine is None:
        return False
    return bool(set(str(mine).split("_")) & set(str(statement.value).split("_")))


def _said_by(party: Party, parties: list[Party]) -> Iterator[Statement]:
    told = party.statement
    source = f"party:{party.label}"
    others = [p.label for p in parties if p.pk != party.pk]
    for key, kind in (("movement", Movement), ("zone", Zone)):
        if told.get(key) in set(kind):
            yield Statement(party.label, key, told[key], source)
        if len(others) == 1 and told.get(f"other_{key}") in set(kind):
            yield Statement(others[0], key, told[f"other_{key}"], source)
    for ref, value in told.get("answers", {}).items():
        subject, _, key = ref.partition(".")
        if key and (subject == PLACE or subject in {p.label for p in parties}):
            yield Statement(subject, key, cast(Answer, value), source)


def _officer(found: dict[str, Any]) -> Iterator[Statement]:
    for ref, value in found.items():
        subject, _, key = ref.partition(".")
        if key and value is not None:
            yield Statement(subject, key, cast(Answer, value), "officer")


def contradictions(parties: list[Party]) -> list[dict[str, str]]:
    """Where a party's account of the other differs from that one's own: subject, key and both answers."""
    found = []
    by_label = {p.label: p.statement for p in parties}
    for party in parties:
        others = [p.label for p in parties if p.pk != party.pk]
        if len(others) != 1:
            continue
        own = by_label[others[0]]
        for key in ("movement", "zone"):
            theirs = party.statement.get(f"other_{key}")
            if theirs and own.get(key) and theirs != own[key]:
                found.append(
                    {"subject": others[0], "key": key, "own": own[key], "other": theirs, "by": party.label}
                )
    return found
