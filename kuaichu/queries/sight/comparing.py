"""What was read in the photographs against what was typed, the register and the policies: outcomes. Pure.

A checksum or a likely confusion never changes anything; it only decides how a difference is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from kuaichu.cases.register_gates import Licence, licence_gate
from kuaichu.cases.sight import Found

ALIKE = ("0ODQ", "1ILJ", "2Z", "5S", "8B", "6G", "4A", "7T", "UV")
"""Signs that cameras and people take for one another."""
_FOLD = {sign: group[0] for group in ALIKE for sign in group}


class Outcome(StrEnum):
    """How a reading compares."""

    MATCH = "match"
    CONFUSABLE = "confusable"
    MISMATCH = "mismatch"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of one party: what was read, and what is known by `source` (typed, register, policy …)."""

    label: str
    field: str
    read: str
    known: str
    source: str
    outcome: Outcome
    evidence_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One party as it is known without photographs; empty where unknown."""

    label: str
    motor: bool
    plate: str = ""
    name: str = ""
    licence_no: str = ""
    record: Mapping[str, Any] | None = None
    driver: Mapping[str, Any] | None = None
    policy_plates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One reading: of which party's photograph, as what, and its fields.

    `spelled` is the likeliest spelling of each plate in it, `likely` those and the next likely ones.
    """

    evidence_id: UUID
    label: str
    kind: str
    fields: Mapping[str, Found]
    spelled: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()


def folded(text: str) -> str:
    """The text with signs that look alike made the same."""
    return "".join(_FOLD.get(sign, sign) for sign in text.upper())


def judged(found: Found | None, known: str) -> Outcome:
    """How one field of signs (plate, VIN, engine or licence number) compares with what is known."""
    if found is None or not (found.value or found.candidates):
        return Outcome.UNREAD
    read = found.value or found.candidates[0]
    if read == known:
        return Outcome.MATCH
    if folded(read) == folded(known) or known in found.candidates:
        return Outcome.CONFUSABLE
    return Outcome.MISMATCH if found.value else Outcome.UNREAD


def judged_name(found: Found | None, known: str) -> Outcome:
    """How a name compares: one character that differs may be one that looks alike."""
    if found is None or not found.value:
        return Outcome.UNREAD
    if found.value == known:
        return Outcome.MATCH
    differing = sum(a != b for a, b in zip(found.value, known, strict=False))
    alike = len(found.value) == len(known) >= 2 and differing == 1
    return Outcome.CONFUSABLE if alike else Outcome.MISMATCH


def compare(sides: Sequence[Side], seen: Sequence[Seen], on: date) -> list[Compared]:
    """Everything that can be compared on the day of the accident, differences first."""
    found: list[Compared] = []
    for side in sides:
        own = [one for one in seen if one.label == side.label]
        if side.motor:
            found += _plate(side, seen, sides)
        for one in own:
            found += _papers(side, one, on)
    order = {Outcome.MISMATCH: 0, Outcome.CONFUSABLE: 1, Outcome.MATCH: 2, Outcome.UNREAD: 3}
    return sorted(found, key=lambda one: order[one.outcome])


def _plate(side: Side, seen: Sequence[Seen], sides: Sequence[Side]) -> Iterable[Compared]:
    """The plate that was typed against every photograph of the case; then the policies' plate."""
    if not side.plate:
        return
    best = _best_plate(side, seen, {one.plate for one in sides if one.plate})
    yield Compared(side.label, "plate", best[1], side.plate, "typed", best[0], best[2])
    for plate in side.policy_plates:
        if plate != side.plate:
            yield Compared(side.label, "plate", plate, side.plate, "policy", Outcome.MISMATCH)


def _best_plate(side: Side, seen: Sequence[Seen], plates: set[str]) -> tuple[Outcome, str, UUID | None]:
    """Seen anywhere is a match; only the party's own close-up of a plate of nobody here is a mismatch."""
    unlike: tuple[Outcome, str, UUID | None] = (Outcome.UNREAD, "", None)
    for one in seen:
        if side.plate in one.spelled:
            return Outcome.MATCH, side.plate, one.evidence_id
    for one in seen:
        field = one.fields.get("plate")
        if any(folded(plate) == folded(side.plate) for plate in one.likely):
            near = next((p for p in one.spelled if folded(p) == folded(side.plate)), one.spelled[0])
            return Outcome.CONFUSABLE, near, one.evidence_id
        closely = one.label == side.label and one.kind != "scene"
        if closely and field is not None and field.value and field.value not in plates:
            unlike = Outcome.MISMATCH, field.value, one.evidence_id
    return unlike


def _papers(side: Side, one: Seen, on: date) -> Iterable[Compared]:
    record, fields = side.record or {}, one.fields
    for name in ("vin", "engine_no"):
        if name in fields and record.get(name):
            known = str(record[name])
            outcome = judged(fields[name], known)
            yield Compared(
                side.label, name, _shown(fields[name]), known, "register", outcome, one.evidence_id
            )
    owner = str((record.get("owner") or {}).get("name", ""))
    for name, known, source in (
        ("owner", owner, "register"),
        ("insured", owner, "register"),
        ("name", side.name, "typed"),
    ):
        if name in fields and known:
            outcome = judged_name(fields[name], known)
            if name == "insured" and outcome is Outcome.MISMATCH:
                continue  # who insures need not be who owns
            yield Compared(side.label, name, fields[name].value, known, source, outcome, one.evidence_id)
    if "licence_no" in fields and side.licence_no:
        outcome = judged(fields["licence_no"], side.licence_no)
        yield Compared(
            side.label,
            "licence_no",
            _shown(fields["licence_no"]),
            side.licence_no,
            "typed",
            outcome,
            one.evidence_id,
        )
    yield from _printed(side, one)
    yield from _valid(side, one, on)


def _printed(side: Side, one: Seen) -> Iterable[Compared]:
    """What does not go together on one paper: it was changed, or misread."""
    number = one.fields.get("licence_no")
    for check, field in (("birth_differs", "born"), ("sex_differs", "sex")):
        if number is not None and check in number.checks:
            yield Compared(
                side.label,
                field,
                one.fields[field].value,
                _shown(number),
                "number",
                Outcome.MISMATCH,
                one.evidence_id,
            )


def _valid(side: Side, one: Seen, on: date) -> Iterable[Compared]:
    """Terms that are printed, against the day of the accident, and the class against the vehicle."""
    day = on.isoformat()
    for name in ("valid_until", "inspection_until", "ends"):
        value = one.fields[name].value if name in one.fields else ""
        if value:
            good = value == "长期" or day <= value
            outcome = Outcome.MATCH if good else Outcome.MISMATCH
            yield Compared(side.label, name, value, day, "day", outcome, one.evidence_id)
    start = one.fields.get("starts")
    if start is not None and start.value > day:
        yield Compared(side.label, "starts", start.value, day, "day", Outcome.MISMATCH, one.evidence_id)
    held, kind = one.fields.get("classes"), str((side.record or {}).get("vehicle_type") or "")
    if held is not None and held.value and kind and side.driver is None:
        gate = licence_gate(
            {"classes": held.value, "status": "正常"},
            kind,
            on,
            use=str((side.record or {}).get("use") or "") or None,
        )
        if gate is not None:
            outcome = Outcome.MATCH if gate is Licence.VALID else Outcome.MISMATCH
            yield Compared(side.label, "classes", held.value, kind, "vehicle", outcome, one.evidence_id)


def _shown(found: Found) -> str:
    return found.value or (found.candidates[0] if found.candidates else "")
