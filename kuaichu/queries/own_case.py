"""What a party sees of its case: its own part, the others' parts masked, papers, money, and who looked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kuaichu.cases.models import Look, Party, Vehicle
from kuaichu.desks.claims.filings import newest_assessments
from kuaichu.desks.claims.models import Claim, Payout
from kuaichu.desks.documents.models import Paper
from kuaichu.desks.liability.questions import QUESTIONS, key_of
from kuaichu.kernel.actors import Actor
from kuaichu.people.field_roles import field_role
from kuaichu.people.masks import mask_id_tail, mask_name, mask_phone
from kuaichu.people.models import Account, Client, Organisation
from kuaichu.queries.fact_words import helper_kind
from kuaichu.queries.field.words import role_name


@dataclass(frozen=True, slots=True)
class Told:
    """A party's part as `viewer` may read it (domain: masking on screen)."""

    label: str
    own: bool
    name: str
    id_number: str
    phone: str
    vehicle: Vehicle
    brand: str
    statements: tuple[tuple[str, str], ...]
    words: str
    status: str
    helper: str = ""


def told_by(viewer: Party, party: Party, vehicle: Vehicle, parties: Sequence[Party]) -> Told:
    """What `party` entered, for the eyes of `viewer`, another party of the same case or itself."""
    record = vehicle.record or {}
    return Told(
        label=party.label,
        own=viewer.pk == party.pk,
        name=mask_name(party.name),
        id_number=mask_id_tail(party.id_number) if party.id_number else "",
        phone=mask_phone(party.phone) if party.phone else "",
        vehicle=vehicle,
        brand=" ".join(str(record[k]) for k in ("brand", "model", "colour_name") if record.get(k)),
        statements=tuple(_statements(viewer, party, parties)),
        words=str(party.statement.get("words", "")),
        status=party.status,
        helper=_helper(viewer, party),
    )


def _helper(viewer: Party, party: Party) -> str:
    """Who enters for this party, with the name masked for others; empty for nobody."""
    helper = party.helper or {}
    if not helper:
        return ""
    name = str(helper.get("name", ""))
    kind = helper_kind(str(helper.get("kind", "")))
    return f"{name if viewer.pk == party.pk else mask_name(name)} ({kind})"


def _statements(viewer: Party, party: Party, parties: Sequence[Party]) -> list[tuple[str, str]]:
    other = next((p.label for p in parties if p.pk != party.pk), "B")
    told, rows = party.statement, []
    for key, subject in (
        ("movement", party.label),
        ("zone", party.label),
        ("other_movement", other),
        ("other_zone", other),
    ):
        if told.get(key):
            rows.append(fact_words(f"{subject}.{key.removeprefix('other_')}", told[key], viewer.label))
    rows += _contacts(party)
    rows += [fact_words(ref, value, viewer.label) for ref, value in told.get("answers", {}).items()]
    return rows


def _contacts(party: Party) -> list[tuple[str, str]]:
    """Whom this party touched and where, in an accident of three and more."""
    texts = {str(choice): text for choice, text in QUESTIONS["zone"].choices}
    rows = []
    for label, met in (party.statement.get("contacts") or {}).items():
        asked = _("Did %(own)s and %(other)s touch?") % {"own": party.label, "other": label}
        zones = {party.label: (met or {}).get("zone"), label: (met or {}).get("other_zone")}
        said = ", ".join(f"{one}: {_(texts[zone])}" for one, zone in zones.items() if zone in texts)
        rows.append((asked, (said or _("Yes")) if met is not None else _("No")))
    return rows


def subject_words(ref: str, viewer_label: str) -> str:
    """The vehicle a fact is about, as the viewer knows it: `A (yours)`."""
    label = ref.split(".", 1)[0]
    return _("%(label)s (yours)") % {"label": label} if label == viewer_label else label


def fact_words(ref: str, value: Any, viewer_label: str) -> tuple[str, str]:
    """A fact as question and answer in words."""
    if key_of(ref) not in QUESTIONS:
        return ref, str(value)
    question = QUESTIONS[key_of(ref)]
    texts = {str(choice): text for choice, text in question.choices}
    said = _(texts[str(value)]) if str(value) in texts else _("don't know")
    return _(question.text) % {"label": subject_words(ref, viewer_label)}, said


@dataclass(frozen=True, slots=True)
class Money:
    """What concerns a party in the claims: insurers' progress, its own loss and its own payouts, in fen."""

    claims: tuple[tuple[str, Claim], ...]
    loss_fen: int | None
    payouts: tuple[tuple[str, Payout], ...]


def money_of(viewer: Party, vehicle: Vehicle) -> Money:
    """The claims of the case as this party may see them: nobody else's amounts."""
    claims = list(Claim.objects.filter(case_id=viewer.case_id).order_by("registered_at"))
    if not claims:
        return Money((), None, ())
    payouts = list(
        Payout.objects.filter(case_id=viewer.case_id, to_label=viewer.label).order_by("ordered_at")
    )
    codes = {c.insurer for c in claims}
    names = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    assessed = newest_assessments(viewer.case_id).get(vehicle.pk)
    return Money(
        tuple((names.get(c.insurer, c.insurer), c) for c in claims),
        assessed.total_fen if assessed else None,
        tuple((names.get(p.insurer, p.insurer), p) for p in payouts),
    )


def papers_of(viewer: Party) -> list[Paper]:
    """The issued papers of its case that are for this party, newest first, without their frozen facts."""
    issued = Paper.objects.filter(case_id=viewer.case_id).exclude(status=Paper.Status.NUMBERED)
    return [row for row in issued.defer("facts").order_by("-numbered_at") if row.read_by(viewer.label)]


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at the personal data of a case: role and unit, never a person's name."""

    at: Any
    role: str
    unit: str
    purpose: str


def looks_at(viewer: Actor) -> list[Looked]:
    """Who looked at the viewer's own case (PIPL Art. 45), newest first."""
    assert viewer.case_id is not None
    rows = list(Look.objects.filter(case_id=viewer.case_id).order_by("-at")[:200])
    staff = {r.actor_id for r in rows if r.actor_kind == "staff"}
    partners = {r.actor_id for r in rows if r.actor_kind == "partner"}
    units = {str(a.pk): a for a in Account.objects.select_related("organisation").filter(pk__in=staff)}
    clients = {
        str(c.pk): c.organisation.name
        for c in Client.objects.select_related("organisation").filter(pk__in=partners)
    }
    return [_looked(row, units.get(row.actor_id), clients.get(row.actor_id, "")) for row in rows]


def _looked(row: Look, account: Account | None, partner: str) -> Looked:
    if account is None:
        return Looked(
            row.at, _("Insurer's system") if partner else _("Authorised system"), partner, row.purpose
        )
    unit = account.organisation
    insurer = unit is not None and unit.kind == Organisation.Kind.INSURER
    role = _("Insurer's adjuster") if insurer else _("Police officer")
    if row.purpose in ("scene", "call") and unit is not None:
        role = role_name(field_role(account.roles, unit.kind)) or role
    return Looked(row.at, role, unit.name if unit else "", row.purpose)
