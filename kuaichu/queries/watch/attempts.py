"""Refused attempts as the supervisor sees them: who by badge or label, which door, why; newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases.models import Party
from kuaichu.desks.oversight.attempts import Attempted
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.models import Entry
from kuaichu.kernel.refusals import NotAllowed
from kuaichu.people.models import Account, Client

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt. `who` is unit and badge, case number and label of a party, or a partner's organisation."""

    at: datetime
    kind: str
    who: str
    door: str
    why: str


def attempts(viewer: Actor) -> list[Row]:
    """The newest attempts in the viewer's city; raises NotAllowed for who does not watch over the work."""
    if not viewer.may("oversight.answer"):
        raise NotAllowed(_("You are not allowed to see this."), code="not_granted")
    entries = Entry.objects.filter(city=viewer.city, kind=Attempted.name).order_by("-at")[:SHOWN]
    told: list[tuple[datetime, dict[str, Any]]] = [(one.at, one.payload or {}) for one in entries]
    names = _names([payload for _at, payload in told])
    return [
        Row(
            at=at,
            kind=str(payload.get("kind", "")),
            who=names.get((payload.get("kind", ""), payload.get("id", "")), "—"),
            door=str(payload.get("door", "")),
            why=why(str(payload.get("code", ""))),
        )
        for at, payload in told
    ]


def why(code: str) -> str:
    """What a code means, in words."""
    known = {
        "foreign": _("somebody else's case, part or task"),
        "other_case": _("bound to another case"),
        "other_city": _("another city"),
        "other_unit": _("another unit"),
        "other_role": _("not for this role"),
        "not_police": _("a page of the police"),
        "not_field": _("a page of those who go to the scene"),
        "recused": _("a party of the case"),
        "attended": _("attended the scene of this case"),
        "not_helping": _("not named as this party's helper"),
        "not_qualified": _("without a valid qualification"),
    }
    return known.get(code, _("not granted to this role"))


def _names(told: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    ids = {kind: {str(one["id"]) for one in told if one.get("kind") == kind} for kind in _KINDS}
    accounts = Account.objects.select_related("organisation").filter(pk__in=ids["staff"])
    parties = Party.objects.select_related("case").filter(pk__in=[UUID(one) for one in ids["party"]])
    clients = Client.objects.select_related("organisation").filter(pk__in=ids["partner"])
    return {
        **{("staff", str(one.pk)): _badge(one) for one in accounts},
        **{("party", str(one.pk)): f"{one.case.number} {one.label}" for one in parties},
        **{("partner", str(one.pk)): one.organisation.name for one in clients},
    }


_KINDS = ("staff", "party", "partner")


def _badge(account: Account) -> str:
    unit = account.organisation.name if account.organisation else ""
    return f"{unit} {account.badge or account.username}".strip()
