"""Three and more: whom one's own vehicle touched, where, and which contact came first."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kuaichu.cases.plates import display
from kuaichu.cases.statements import Statement
from kuaichu.desks.liability.touching import chain_questions
from kuaichu.kernel.refusals import Invalid
from kuaichu.portals.citizen.holding import Held

MET, FIRST, OF = "met", "first", "met_"
Contacts = dict[str, dict[str, str] | None]


def among_many(held: Held) -> bool:
    """Whether this party is asked whom it touched: there are at least two others to choose from."""
    return len(held.parties) > 2


def base(held: Held) -> list[str]:
    """What this party is asked before anything that depends on rules."""
    told = told_of(held)
    touched = [label for label, one in told.items() if one is not None]
    refs = ["movement", MET, *(f"{OF}{label}" for label in touched)]
    if told and not touched:
        refs.append("zone")
    if len(touched) > 1:
        refs.append(FIRST)
    return [*refs, *chain_questions(told, held.party.label)]


def told_of(held: Held) -> Contacts:
    """The contacts this party has told, with those who are in the case, in the order of the labels."""
    kept: Contacts = held.party.statement.get("contacts") or {}
    return {p.label: kept[p.label] for p in held.others if p.label in kept}


def mine(ref: str) -> bool:
    """Whether a reference is one of these questions."""
    return ref in (MET, FIRST) or ref.startswith(OF)


def is_open(held: Held, ref: str) -> bool:
    """Whether one of these questions still waits for its answer."""
    told = told_of(held)
    if ref == MET:
        return set(told) != {p.label for p in held.others}
    if ref == FIRST:
        return held.party.statement.get(FIRST) not in [x for x, one in told.items() if one]
    label = ref.removeprefix(OF)
    one = told.get(label) or {}
    return not all(one.get(name) for name in wanted(held, label))


def wanted(held: Held, label: str) -> list[str]:
    """Which zones are asked of a contact: who is on foot has none."""
    kinds = {"zone": held.vehicle.kind, "other_zone": held.vehicles[label].kind}
    return [name for name, kind in kinds.items() if kind != "PEDESTRIAN"]


def title(ref: str) -> tuple[str, str]:
    """The question in words, and what helps to answer it."""
    if ref == MET:
        return _("Whom did your vehicle touch?"), _("Tick everyone it touched, and nobody else.")
    if ref == FIRST:
        return _("Which contact was the first?"), _("As you felt it. The others are asked as well.")
    label = ref.removeprefix(OF)
    text = _("Where did you and party %(label)s touch?") % {"label": label}
    return text, _("Tap the part of your vehicle, then the part of theirs.")


def options(held: Held, ref: str) -> list[dict[str, str]]:
    """The others to choose from."""
    told = told_of(held)
    shown = held.others if ref == MET else [p for p in held.others if told.get(p.label)]
    return [{"value": p.label, "label": _named(held, p.label)} for p in shown]


def _named(held: Held, label: str) -> str:
    plate = held.vehicles[label].plate
    text = _("Party %(label)s") % {"label": label}
    return f"{text} {display(plate)}" if plate else text


def value(held: Held, ref: str) -> Any:
    """What was answered before: labels, a label, or both zones."""
    told = told_of(held)
    if ref == MET:
        return [label for label, one in told.items() if one is not None]
    if ref == FIRST:
        return str(held.party.statement.get(FIRST, ""))
    return told.get(ref.removeprefix(OF)) or {}


def answer(held: Held, ref: str, sent: QueryDict) -> Statement:
    """The answer as a statement; raises Invalid at `answer` for one that cannot be."""
    told = told_of(held)
    if ref == MET:
        ticked = set(sent.getlist("answer"))
        labels = [p.label for p in held.others]
        if not ticked <= {*labels, "none"} or not ticked:
            raise _wrong(_("Tick whom your vehicle touched, or “Nobody”."))
        return Statement(contacts={x: (told.get(x) or {}) if x in ticked else None for x in labels})
    if ref == FIRST:
        label = str(sent.get("answer", ""))
        if not told.get(label):
            raise _wrong(_("Choose what fits best."))
        return Statement(first=label, zone=(told[label] or {}).get("zone"))
    label = ref.removeprefix(OF)
    zones = {name: sent.get(name, "") for name in wanted(held, label)} if label in told else {"zone": ""}
    if not all(zones.values()):
        raise _wrong(_("Tap a part of both vehicles."))
    first = held.party.statement.get(FIRST, "")
    alone = sum(1 for one in told.values() if one is not None) == 1
    own = zones.get("zone") if alone or first in ("", label) else None
    return Statement(contacts={**told, label: zones}, zone=own)


def _wrong(text: str) -> Invalid:
    return Invalid(text, fields={"answer": text})
