"""What the registers say that closes a gate: the driver's licence, the inspection, the compulsory cover.

Pure: no database, clock or settings. None means that an officer must look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from kuaichu.cases.vehicle_kinds import covers


class Licence(StrEnum):
    """What the register of drivers says about one driver, one vehicle and one day (条28, D146 13(1))."""

    VALID = "valid"
    NEVER_HELD = "never_held"
    EXPIRED = "expired"
    POINTS_FULL = "points_full"
    DETAINED = "detained"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    CANCELLED = "cancelled"
    NOT_AUDITED = "not_audited"
    STOPPED = "stopped"
    CLASS_MISMATCH = "class_mismatch"


_REGISTER_STATES = {
    "超分": Licence.POINTS_FULL,
    "扣留": Licence.DETAINED,
    "暂扣": Licence.SUSPENDED,
    "撤销": Licence.WITHDRAWN,
    "吊销": Licence.REVOKED,
    "注销": Licence.CANCELLED,
    "逾期未换证": Licence.EXPIRED,
    "逾期未审验": Licence.NOT_AUDITED,
    "停止使用": Licence.STOPPED,
}


def licence_gate(
    driver: Mapping[str, object] | None,
    vehicle_type: str | None,
    on: date,
    *,
    use: str | None = None,
    automatic: bool | None = None,
) -> Licence | None:
    """Judge the register's record of a driver (`status`, `classes`, `first_issued`, `valid_until`, `points`).

    `use` is the vehicle's use category (C makes a large bus a city bus, which A3 may drive); C2 drives only
    an `automatic` gearbox.
    None when there is no record, an unknown status or an unknown vehicle type: an officer must look.
    Raises ValueError for a date that is none.
    """
    if driver is None:
        return None
    if str(driver.get("first_issued") or on) > on.isoformat():
        return Licence.NEVER_HELD
    if str(driver.get("valid_until") or on) < on.isoformat():
        return Licence.EXPIRED
    if isinstance(points := driver.get("points"), int) and points >= 12:
        return Licence.POINTS_FULL
    status = str(driver.get("status") or "")
    if status != "正常":
        return _REGISTER_STATES.get(status)
    suits = covers(str(driver.get("classes") or ""), vehicle_type or "", use=use, automatic=automatic)
    return None if suits is None else Licence.VALID if suits else Licence.CLASS_MISMATCH


def inspection_gate(vehicle: Mapping[str, object] | None, on: date) -> bool | None:
    """Whether the vehicle has no valid inspection on that day (`inspection_until`, the last valid day)."""
    until = str((vehicle or {}).get("inspection_until") or "")
    return date.fromisoformat(until) < on if until else None


def ctali_gate(policies: Sequence[Mapping[str, object]] | None, on: date) -> bool | None:
    """Whether no CTALI policy is in force on that day (`cover`, `starts`, `ends`: first and last day).

    None when the insurers were not asked; an empty answer means not insured.
    """
    if policies is None:
        return None
    day = on.isoformat()
    return not any(
        policy.get("cover") == "CTALI" and str(policy["starts"]) <= day <= str(policy["ends"])
        for policy in policies
    )
