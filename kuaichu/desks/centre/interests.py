"""Declared interests, and a case checked against them: who may not touch which case (D146 Art. 105, R24)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.desks.centre.models import Interest
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.refusals import Invalid, NotFound
from kuaichu.people.models import Account
from kuaichu.people.signin import identity_hash

Kind = Interest.Kind


def declare(actor: Actor, kind: str, value: str) -> Interest:
    """Declare somebody or something one must have nothing to do with; twice is once.

    Only a keyed hash and a mask of the value are kept. Raises Invalid for an unknown kind or an empty value.
    """
    clean = normal(kind, value)
    if kind not in Kind.values or len(clean) < 2:
        text = _("Say what it is, in full.")
        raise Invalid(text, fields={"value": text})
    hint = clean if kind == Kind.INSURER else f"{clean[:1]}…{clean[-2:]}"
    row, _made = Interest.objects.get_or_create(
        account_id=UUID(actor.id), kind=kind, value_hash=identity_hash(clean),
        defaults={"hint": hint[:24], "declared_at": clock.now()},
    )  # fmt: skip
    return row


def retract(actor: Actor, interest_id: UUID) -> None:
    """Take back what one has declared oneself. Raises NotFound for anything else."""
    if not Interest.objects.filter(pk=interest_id, account_id=UUID(actor.id)).delete()[0]:
        raise NotFound(_("There is no such declaration, or it is not yours."))


def normal(kind: str, value: str) -> str:
    """A value as it is compared: without blanks and dashes, in capitals; a mainland number without +86."""
    text = re.sub(r"[\s\-·]", "", value).upper()
    return text.removeprefix("+86") if kind in (Kind.PHONE, Kind.QUARREL) else text


def conflicts(accounts: Collection[UUID], case_id: UUID) -> dict[UUID, str]:
    """Which of these accounts must not touch the case, each with the kind of the reason.

    `self` is a party of the case by the own ID number; the others are kinds of declared interests.
    """
    known = _of_case(case_id)
    numbers = known.get(Kind.PERSON, set())
    own = Account.objects.filter(pk__in=accounts, id_number_hash__in=numbers)
    found: dict[UUID, str] = dict.fromkeys(own.values_list("pk", flat=True), "self") if numbers else {}
    declared = Interest.objects.filter(account_id__in=accounts)
    for account, kind, value in declared.values_list("account_id", "kind", "value_hash"):
        if value in known.get(kind, ()):
            found.setdefault(account, kind)
    return found


def _of_case(case_id: UUID) -> dict[str, set[str]]:
    """Everything in the case by which a conflict is found, as hashes by kind of interest."""
    parties, vehicles = files.parties(case_id), files.vehicles(case_id).values()
    owners = [(v.record or {}).get("owner", {}) for v in vehicles]
    people = [p.id_number for p in parties] + [str(o.get("id_no", "")) for o in owners]
    phones = [p.phone for p in parties]
    homes = [str(d.get("address", "")) for d in [*owners, *(p.driver or {} for p in parties)]]
    insurers = [str(one.get("insurer", "")) for v in vehicles for one in v.policies or []]
    return {
        Kind.PERSON: _hashes(Kind.PERSON, people),
        Kind.PHONE: _hashes(Kind.PHONE, phones),
        Kind.PLATE: _hashes(Kind.PLATE, (v.plate for v in vehicles)),
        Kind.ADDRESS: _hashes(Kind.ADDRESS, homes),
        Kind.INSURER: _hashes(Kind.INSURER, insurers),
        Kind.QUARREL: _hashes(Kind.QUARREL, [*people, *phones]),
    }


def _hashes(kind: str, values: Iterable[str]) -> set[str]:
    return {identity_hash(normal(kind, value)) for value in values if value}
