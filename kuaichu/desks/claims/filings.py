"""Claims: each insurer concerned gets one, accepts it, assesses the loss."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases.models import Vehicle
from kuaichu.desks.claims.models import Assessment, Claim
from kuaichu.desks.claims.rules import rules
from kuaichu.desks.claims.zones import lines_mismatch
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.models import Entry
from kuaichu.kernel.money import MOST_FEN
from kuaichu.kernel.moves import move
from kuaichu.kernel.prepared import find, find_one, find_sure, insert
from kuaichu.kernel.refusals import Invalid, NotFound, WrongState

MOST_WORDS = 300
KINDS = ("part", "labour", "material", "salvage", "tow", "value")
BESIDE_VALUE = ("salvage", "tow")


@dataclass(frozen=True)
class Registered(Fact, name="claims.registered"):
    """The insurers concerned each have a claim."""

    claims: dict[str, str]


@dataclass(frozen=True)
class Acknowledged(Fact, name="claims.acknowledged"):
    """An insurer accepted the claim under its own number."""

    claim_id: str
    insurer: str


@dataclass(frozen=True)
class Assessed(Fact, name="claims.assessed"):
    """The loss of one vehicle was assessed."""

    claim_id: str
    insurer: str
    vehicle_id: str
    version: int
    total_fen: int
    supplement: bool = False


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of an assessment; amounts in fen, salvage is deducted.

    `value` is the vehicle's actual value: a total loss, in place of what the repair would cost.
    """

    part: str
    kind: str
    amount_fen: int


class Loss(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An assessment as an insurer enters it.

    `repair_fen`: what the repair of a total loss would cost. `supplement`: what was found after a payout was
    approved, when the vehicle was taken apart.
    """

    lines: list[Line]
    total_fen: int
    assessor: str
    assessed_at: str = ""
    repair_fen: int = 0
    supplement: str = ""


def register(actor: Actor, case_id: UUID, insurers: list[str]) -> dict[str, Claim]:
    """Give each of these insurers a claim on the case; those who have one keep it."""
    with act(actor, "claims.register", case_id) as step:
        claims = {c.insurer: c for c in find(Claim, case_id=case_id)}
        fresh = [code for code in sorted(set(insurers)) if code not in claims]
        if not fresh:
            step.already()
            return claims
        now = clock.now()
        for code in fresh:
            claims[code] = Claim.objects.create(
                case_id=case_id,
                city=actor.city,
                insurer=code,
                registered_at=now,
                due_at=now + timedelta(minutes=rules(actor.city).acknowledge_minutes),
            )
        step.record(Registered(claims={code: str(claims[code].pk) for code in fresh}))
    return claims


def own_claim(actor: Actor, claim_id: UUID) -> Claim:
    """The claim, if it is this insurer's; raises NotFound otherwise."""
    claim = find_one(Claim, pk=claim_id, insurer=actor.insurer, city=actor.city)
    if claim is None or not actor.insurer:
        raise NotFound(_("There is no such claim of your company."))
    return claim


def acknowledge(actor: Actor, claim_id: UUID, report_number: str) -> Claim:
    """Accept the claim under the insurer's own report number (报案号); repeating it changes nothing."""
    number = report_number.strip()
    if not 4 <= len(number) <= 64:
        text = _("Give your report number, 4 to 64 characters.")
        raise Invalid(text, fields={"report_number": text})
    known = own_claim(actor, claim_id)
    with act(actor, "claims.acknowledge", known.case_id) as step:
        claim = find_sure(Claim, pk=claim_id)
        if claim.report_number:
            step.insist(
                claim.report_number == number,
                _("This claim was already accepted under another number."),
                otherwise=WrongState,
                code="other_number",
            )
            step.already()
            return claim
        claim.report_number, claim.acknowledged_at = number, clock.now()
        if claim.status == Claim.Status.REGISTERED:
            move(claim, Claim.Status.ACKNOWLEDGED)
        claim.save()
        step.record(Acknowledged(claim_id=str(claim.pk), insurer=claim.insurer))
    return claim


def _attended(actor: Actor, case_id: UUID) -> bool:
    """Whether this person was at the scene of the case: the journal knows (conflict of interest)."""
    there = ("dispatch.arrived", "dispatch.stopped")
    return Entry.objects.filter(stream=case_id, kind__in=there, actor_id=actor.id).exists()


def assess(actor: Actor, claim_id: UUID, vehicle_id: UUID, loss: Loss, *, may: set[UUID]) -> Assessment:
    """Enter the loss of a vehicle (`may`: the vehicles this insurer assesses).

    The same figures again change nothing; other figures become a new version until the claim is approved,
    then only with what was found (`supplement`), and only more: what is paid already stays paid.
    Raises Invalid naming the field, NotFound for a vehicle that is not this insurer's to assess, NotAllowed
    for who attended the scene.
    """
    known = own_claim(actor, claim_id)
    if vehicle_id not in may:
        raise NotFound(_("Your company does not assess this vehicle."))
    check(actor.city, loss)
    with act(actor, "claims.assess", known.case_id) as step:
        claim = find_sure(Claim, pk=claim_id)
        step.insist(
            actor.kind != "staff" or not _attended(actor, claim.case_id),
            _("You attended this accident. A colleague assesses the damage."),
            code="attended",
        )
        before = find_one(Assessment, "-version", vehicle_id=vehicle_id)
        lines = msgspec.to_builtins(loss.lines)
        if before is not None and before.lines == lines and before.total_fen == loss.total_fen:
            step.already()
            return before
        stand = {one.status for one in find(Claim, case_id=claim.case_id)}
        late = bool(stand & {Claim.Status.APPROVED, Claim.Status.PAID})
        more = before is None or loss.total_fen > before.total_fen
        step.insist(
            not late or (loss.supplement.strip() and more),
            _("A payout was approved on the earlier assessment: say what else was found and what it adds."),
            otherwise=WrongState,
            code="already_approved",
        )
        row = Assessment(
            case_id=claim.case_id,
            claim=claim,
            vehicle_id=vehicle_id,
            version=before.version + 1 if before else 1,
            lines=lines,
            total_fen=loss.total_fen,
            repair_fen=loss.repair_fen,
            supplement=loss.supplement.strip() if late else "",
            assessor=loss.assessor[:60],
            remarks=lines_mismatch(_zone(vehicle_id), [line.part for line in loss.lines]),
            at=clock.now(),
        )
        insert(row)
        step.record(
            Assessed(
                claim_id=str(claim.pk),
                insurer=claim.insurer,
                vehicle_id=str(vehicle_id),
                version=row.version,
                total_fen=row.total_fen,
                supplement=late,
            )
        )
    return row


def _zone(vehicle_id: UUID) -> str:
    vehicle = find_one(Vehicle, related="party", pk=vehicle_id)
    return str(vehicle.party.statement.get("zone", "")) if vehicle else ""


def check(city: str, loss: Loss) -> None:
    """Raise Invalid naming the field for a loss that cannot be."""
    wrong: dict[str, Any] = _value_wrong(loss)
    if not 1 <= len(loss.lines) <= 80:
        wrong["lines"] = _("Give 1 to 80 lines.")
    if any(line.kind not in KINDS or not _named(line.part) or line.amount_fen < 0 for line in loss.lines):
        wrong["lines"] = _("Each line needs a part, a known kind and an amount of zero or more.")
    total = sum(-line.amount_fen if line.kind == "salvage" else line.amount_fen for line in loss.lines)
    if total != loss.total_fen:
        wrong["total_fen"] = _("The total does not equal the sum of the lines.")
    if not 0 <= loss.total_fen < rules(city).most_fen:
        wrong["total_fen"] = _("This amount is too large for the quick procedure. Tell the police officer.")
    if not _named(loss.assessor):
        wrong["assessor"] = _("Name the assessor.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=wrong)


def _value_wrong(loss: Loss) -> dict[str, Any]:
    """A total loss is one value, less salvage, when the repair costs as much or more [S:W28]."""
    values = [line.amount_fen for line in loss.lines if line.kind == "value"]
    beside = all(line.kind in BESIDE_VALUE for line in loss.lines if line.kind != "value")
    if values and (len(values) > 1 or not beside):
        return {"lines": _("A total loss is the value of the vehicle, less salvage, with towing; no repair.")}
    if values and loss.repair_fen < values[0]:
        return {"repair_fen": _("It is a total loss when the repair costs as much as the vehicle is worth.")}
    if not 0 <= loss.repair_fen <= MOST_FEN or len(loss.supplement) > MOST_WORDS or "\0" in loss.supplement:
        return {"supplement": _("Write at most 300 characters.")}
    return {}


def _named(text: str) -> bool:
    """Whether this is a name that can be kept and printed."""
    return bool(text.strip()) and text.isprintable()


def newest_assessments(case_id: UUID) -> dict[UUID, Assessment]:
    """The newest assessment of each vehicle."""
    return {row.vehicle_id: row for row in find(Assessment, "version", case_id=case_id)}
