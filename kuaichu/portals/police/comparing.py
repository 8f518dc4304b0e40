"""Side by side: what the parties say, and what the registers say; what does not fit comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.cases.models import Party, Vehicle
from kuaichu.cases.plates import display
from kuaichu.cases.register_gates import Licence, ctali_gate, inspection_gate, licence_gate
from kuaichu.cases.vehicle_kinds import name_of
from kuaichu.desks.liability.touching import denials
from kuaichu.portals.police import questioning

Pairs = list[tuple[Party, Vehicle]]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says; `state` is ok, bad, open (not known yet) or plain."""

    text: str
    state: str = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison."""

    label: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        """Whether an officer should look here."""
        return any(cell.state == "bad" for cell in self.cells)


def _ordered(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: not row.differs)


def statements(parties: list[Party]) -> list[Row]:
    """What each party says about each fact, contradictions first."""
    said = [_said(p, parties) for p in parties]
    refs = dict.fromkeys(ref for one in said for ref in one)
    rows = []
    for ref in refs:
        values = [one.get(ref) for one in said]
        known = {repr(v) for v in values if v is not None}
        state = "bad" if len(known) > 1 else "plain"
        words = [questioning.answer_words(ref, v) if v is not None else "—" for v in values]
        rows.append(Row(questioning.asked(ref), [Cell(text, state) for text in words]))
    return _ordered(rows + touched(parties))


def touched(parties: list[Party]) -> list[Row]:
    """Among three and more: who says it touched whom, and where; what one side denies stands out."""
    denied = {frozenset(pair) for pair in denials(parties)}
    rows = []
    for first, second in combinations(parties, 2):
        cells = [
            _contact(p, first, second, frozenset((first.label, second.label)) in denied) for p in parties
        ]
        if any(cell.text != "—" for cell in cells):
            asked = _("Did %(own)s and %(other)s touch?") % {"own": first.label, "other": second.label}
            rows.append(Row(asked, cells))
    return rows


def _contact(party: Party, first: Party, second: Party, denied: bool) -> Cell:
    told = party.statement.get("contacts") or {}
    other = second.label if party.pk == first.pk else first.label
    if party.label not in (first.label, second.label) or other not in told:
        return Cell("—")
    state = "bad" if denied else "plain"
    if told[other] is None:
        return Cell(_("No"), state)
    zones = ((party.label, told[other].get("zone")), (other, told[other].get("other_zone")))
    said = [f"{label}: {questioning.answer_words(f'{label}.zone', zone)}" for label, zone in zones if zone]
    return Cell(", ".join(said) or _("Yes"), state)


def _said(party: Party, parties: list[Party]) -> dict[str, Any]:
    told = party.statement
    others = [p.label for p in parties if p.pk != party.pk]
    said = {f"{party.label}.{key}": told[key] for key in ("movement", "zone") if told.get(key)}
    if len(others) == 1:
        said |= {
            f"{others[0]}.{k}": told[f"other_{k}"] for k in ("movement", "zone") if told.get(f"other_{k}")
        }
    answers = {ref: v for ref, v in told.get("answers", {}).items() if v is not None and "." in ref}
    return dict(sorted((said | answers).items()))


def registers(pairs: Pairs, day: date) -> list[Row]:
    """What was typed against what the registers know of vehicle, driver and insurance on that day."""
    checks = (
        (_("Plate"), _plate),
        (_("Vehicle"), _vehicle),
        (_("Driver and owner"), _owner),
        (_("Driver's name"), _name),
        (_("Driving licence"), _licence),
        (_("Inspection"), _inspection),
        (_("Compulsory insurance"), _ctali),
    )
    rows = [Row(label, [check(p, v, day) for p, v in pairs]) for label, check in checks]
    return _ordered([row for row in rows if any(cell.text != "—" for cell in row.cells)])


NOTHING = Cell("—")


def _plate(_party: Party, vehicle: Vehicle, _day: date) -> Cell:
    if not vehicle.plate:
        return NOTHING if vehicle.kind != "MV" else Cell(_("No plate"), "bad")
    shown = display(vehicle.plate)
    if vehicle.answered_at is None:
        return Cell(_("%(plate)s: the register has not answered yet") % {"plate": shown}, "open")
    if not vehicle.record:
        return Cell(_("%(plate)s: not in the register") % {"plate": shown}, "bad")
    known = str(vehicle.record.get("plate", vehicle.plate))
    if known != vehicle.plate:
        return Cell(
            _("typed %(plate)s, register %(known)s") % {"plate": shown, "known": display(known)}, "bad"
        )
    return Cell(_("%(plate)s, as in the register") % {"plate": shown}, "ok")


def _vehicle(_party: Party, vehicle: Vehicle, _day: date) -> Cell:
    record = vehicle.record
    if not record:
        return NOTHING
    kind = name_of(str(record.get("vehicle_type", ""))) or ""
    return Cell(" ".join(filter(None, [f"{record.get('brand', '')}{record.get('model', '')}", kind])) or "—")


def _owner(party: Party, vehicle: Vehicle, _day: date) -> Cell:
    owner = ((vehicle.record or {}).get("owner") or {}).get("name", "")
    if party.is_owner is None or vehicle.kind != "MV":
        return NOTHING
    if party.is_owner:
        return Cell(_("The owner drove"), "ok")
    return Cell(_("Not the owner; owner: %(name)s") % {"name": owner or _("unknown")})


def _name(party: Party, _vehicle: Vehicle, _day: date) -> Cell:
    known = (party.driver or {}).get("name", "")
    if not party.name:
        return Cell(_("Name not given"), "open")
    if not known:
        return Cell(_("%(name)s: no licence on record") % {"name": party.name}, "open")
    if known != party.name:
        return Cell(_("typed %(typed)s, register %(known)s") % {"typed": party.name, "known": known}, "bad")
    return Cell(_("%(name)s, as in the register") % {"name": party.name}, "ok")


def _licence(party: Party, vehicle: Vehicle, day: date) -> Cell:
    if vehicle.kind != "MV":
        return NOTHING
    record = vehicle.record or {}
    state = licence_gate(party.driver, record.get("vehicle_type"), day, use=record.get("use") or None)
    classes = (party.driver or {}).get("classes", "")
    if state is None:
        return Cell(_("Not known; look at the licence photograph"), "open")
    if state is Licence.VALID:
        return Cell(_("Class %(classes)s covers this vehicle, valid") % {"classes": classes}, "ok")
    return Cell(f"{_licence_words(state)} ({classes})" if classes else _licence_words(state), "bad")


def _licence_words(state: Licence) -> str:
    return {
        Licence.NEVER_HELD: _("No licence held on that day"),
        Licence.EXPIRED: _("Licence expired"),
        Licence.POINTS_FULL: _("12 points reached"),
        Licence.DETAINED: _("Licence held by the police"),
        Licence.SUSPENDED: _("Licence suspended"),
        Licence.WITHDRAWN: _("Licence withdrawn"),
        Licence.REVOKED: _("Licence revoked"),
        Licence.CANCELLED: _("Licence cancelled"),
        Licence.NOT_AUDITED: _("Licence audit overdue"),
        Licence.STOPPED: _("Licence out of use"),
        Licence.CLASS_MISMATCH: _("The class does not cover this vehicle"),
        Licence.VALID: _("Valid"),
    }[state]


def _inspection(_party: Party, vehicle: Vehicle, day: date) -> Cell:
    missing = inspection_gate(vehicle.record, day)
    until = str((vehicle.record or {}).get("inspection_until", ""))
    if missing is None:
        return NOTHING if vehicle.kind != "MV" else Cell(_("Not known"), "open")
    if missing:
        return Cell(_("Expired on %(until)s") % {"until": until}, "bad")
    return Cell(_("Valid until %(until)s") % {"until": until}, "ok")


def _ctali(_party: Party, vehicle: Vehicle, day: date) -> Cell:
    missing = ctali_gate(vehicle.policies, day)
    if missing is None:
        return NOTHING if vehicle.kind != "MV" else Cell(_("Insurers not asked yet"), "open")
    if missing:
        return Cell(_("No cover on that day"), "bad")
    own = next(p for p in vehicle.policies or [] if p["cover"] == "CTALI")
    return Cell(
        _("%(insurer)s, until %(until)s") % {"insurer": own.get("insurer_name", ""), "until": own["ends"]},
        "ok",
    )
