"""Who touched whom in an accident of three and more, from what each party says of its own contacts.

Two parties need none of this: they touched each other. Among more, a contact is known when one of the two
says so and the other does not deny it; where one denies it, nothing is known and the officer looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from kuaichu.cases.models import Party
from kuaichu.desks.liability.facts import Contact
from kuaichu.desks.liability.scenarios._pair import FRONTS, REARS
from kuaichu.desks.liability.vocabulary import Zone

Told = Mapping[str, Mapping[str, str] | None]


def contacts_of(parties: Sequence[Party]) -> tuple[Contact, ...]:
    """All contacts; empty for two parties, and while any contact is denied by one of its two sides."""
    if len(parties) < 3:
        return ()
    found = []
    for first, second in combinations([p.label for p in parties], 2):
        own, theirs = _told(parties, first), _told(parties, second)
        said = [one for one in (own.get(second), theirs.get(first)) if one is not None]
        denied = own.get(second, said) is None or theirs.get(first, said) is None
        if said and denied:
            return ()
        if said:
            found.append(_contact(first, second, own.get(second), theirs.get(first)))
    return tuple(found)


def denials(parties: Sequence[Party]) -> list[tuple[str, str]]:
    """Contacts that one side tells and the other denies: who tells it, who denies it."""
    pairs = [(a.label, b.label) for a in parties for b in parties if a.pk != b.pk]
    return [
        (teller, denier)
        for teller, denier in pairs
        if _told(parties, teller).get(denier) and _told(parties, denier).get(teller, "silent") is None
    ]


def chain_questions(told: Told, label: str) -> list[str]:
    """What only this party can know of a chain: whether it was pushed, or how many impacts it felt.

    References of facts to be asked, from the contacts this party told.
    """
    met = [one for one in told.values() if one]
    behind = any(one.get("zone") in REARS and one.get("other_zone") in FRONTS for one in met)
    ahead = any(one.get("zone") in FRONTS and one.get("other_zone") in REARS for one in met)
    if not behind:
        return []
    return [f"{label}.pushed"] if ahead else [f"{label}.impacts_felt"]


def _told(parties: Sequence[Party], label: str) -> dict[str, Any]:
    statement = next(p.statement for p in parties if p.label == label)
    contacts: dict[str, Any] = statement.get("contacts") or {}
    return contacts


def _contact(
    first: str, second: str, own: Mapping[str, str] | None, theirs: Mapping[str, str] | None
) -> Contact:
    return Contact(
        first,
        second,
        _zone((own or {}).get("zone"), (theirs or {}).get("other_zone")),
        _zone((theirs or {}).get("zone"), (own or {}).get("other_zone")),
    )


def _zone(own: str | None, by_other: str | None) -> Zone | None:
    """Where one was touched: as it says itself; nothing where the other tells quite another part."""
    known = [Zone(one) for one in (own, by_other) if one in set(Zone)]
    if len(known) == 2 and not set(known[0].split("_")) & set(known[1].split("_")):
        return None
    return known[0] if known else None
