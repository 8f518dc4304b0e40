"""The live timeline: who did what when, as the same list for parties, officer and insurers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Party
from kuaichu.desks.documents.models import PARTIES
from kuaichu.kernel.models import Entry
from kuaichu.kernel.prepared import Prepared
from kuaichu.people.field_roles import field_role
from kuaichu.people.models import Account, Client, Organisation
from kuaichu.queries.fact_words import WORDS, shot_name
from kuaichu.queries.field.words import role_name

PHOTOGRAPH = "cases.photographed"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, who (as the reader may know them), what, an icon name; `shot` of a photograph."""

    at: datetime
    who: str
    what: str
    kind: str
    icon: str
    seq: int
    shot: str = ""


class _Told(NamedTuple):
    """What a line needs of an entry."""

    seq: int
    kind: str
    actor_kind: str
    actor_id: str
    at: datetime
    payload: dict[str, Any] | None


def timeline(
    case_id: UUID, *, newest_first: bool = False, parties: Sequence[Party] | None = None
) -> list[Line]:
    """The lines of a case (`parties`: its own, if read already); the caller has checked the viewer's right.

    Entries that mean nothing to people (bookkeeping between systems) are left out.
    """
    entries = [_Told(*row) for row in _ENTRIES.rows(case_id)]
    names = _Names(files.parties(case_id) if parties is None else parties, entries)
    lines = [_line(entry, names) for entry in entries if entry.kind in WORDS and _for_all(entry)]
    return lines[::-1] if newest_first else lines


def _for_all(entry: _Told) -> bool:
    """Not what was erased, and no paper that is for some of them only."""
    return entry.payload is not None and entry.payload.get("readers", PARTIES) == PARTIES


def collapsed(lines: list[Line]) -> list[Line]:
    """The lines, each run of the same by the same person once, at its newest time.

    A run of photographs is one line that names them; other lines are the same when they say the same.
    """
    runs = groupby(lines, key=lambda line: (line.kind, line.who, PHOTOGRAPH if line.shot else line.what))
    return [_one(list(run)) for _key, run in runs]


def _one(run: list[Line]) -> Line:
    newest = max(run, key=lambda line: line.seq)
    oldest_first = sorted(run, key=lambda line: line.seq)
    shots = list(dict.fromkeys(line.shot for line in oldest_first if line.shot))
    if len(shots) < 2:
        return newest
    comma = ", " if (get_language() or "").startswith("en") else "、"
    return replace(newest, what=_("Photographs kept: %(shots)s.") % {"shots": comma.join(shots)})


def newest_seq(case_id: UUID) -> int:
    """The number of the newest entry, for the live page to know what it shows."""
    return int((_NEWEST.row(case_id) or (0,))[0])


_NEWEST = Prepared(
    lambda stream: Entry.objects.filter(stream=stream).order_by("-seq").values_list("seq")[:1], UUID
)
_ACCOUNT = Prepared(lambda pk: Account.objects.select_related("organisation").filter(pk=pk), UUID)
_CLIENT = Prepared(lambda pk: Client.objects.filter(pk=pk).values_list("organisation__name"), UUID)
_INSURER = Prepared(lambda code: Organisation.objects.filter(code=code).values_list("name")[:1], str)
_ENTRIES = Prepared(
    lambda stream: Entry.objects.filter(stream=stream).order_by("seq").values_list(*_Told._fields), UUID
)


def _staff_name(account: Account) -> str:
    """An officer by badge; who goes to the scene by role and badge; others' staff by the organisation."""
    unit = account.organisation
    role = field_role(account.roles, unit.kind) if unit is not None else ""
    if role:
        return f"{role_name(role)} {account.badge}".strip()
    if unit is not None and unit.kind not in (Organisation.Kind.POLICE, Organisation.Kind.STATION):
        return unit.name
    return _("Officer %(badge)s") % {"badge": account.badge or account.display_name}


class _Names:
    """Names for actors and parties, looked up once for the whole list."""

    def __init__(self, parties: Sequence[Party], entries: list[_Told]) -> None:
        self.labels = {str(p.pk): p.label for p in parties}
        staff = {e.actor_id for e in entries if e.actor_kind == "staff"}
        partners = {e.actor_id for e in entries if e.actor_kind == "partner"}
        accounts = [row for one in staff for row in _ACCOUNT.all(UUID(one))]
        self.staff = {str(a.pk): _staff_name(a) for a in accounts}
        self.partners = {one: str(name) for one in partners for (name,) in _CLIENT.rows(UUID(one))}
        told = [(e.kind, e.payload or {}) for e in entries]  # an erased payload is None
        codes = {payload.get("insurer") for _kind, payload in told} | {
            code
            for kind, payload in told
            if kind == "claims.registered"
            for code in payload.get("claims", {})
        }
        self.insurers = {one: str(name) for one in codes if one for (name,) in _INSURER.rows(one)}

    def actor(self, entry: _Told) -> str:
        """Who acted, in the words of the page."""
        if entry.actor_kind == "party":
            return _("Party %(label)s") % {"label": self.labels.get(entry.actor_id, "?")}
        if entry.actor_kind == "staff":
            return self.staff.get(entry.actor_id, _("Partner"))
        if entry.actor_kind == "partner":
            return self.partners.get(entry.actor_id, _("Partner"))
        other = {"system": _("Kuaichu"), "shop": _("Repair shop")}
        return other.get(entry.actor_kind, _("Reporter"))

    def values(self, entry: _Told) -> dict[str, Any]:
        """What the sentence of a fact may name."""
        payload = entry.payload or {}
        insurers = [payload.get("insurer", ""), *payload.get("claims", {})]
        return {
            **{k: v for k, v in payload.items() if isinstance(v, str | int)},  # names below win over codes
            "label": self.labels.get(
                payload.get("party_id", ""), payload.get("to") or payload.get("label", "")
            ),
            "insurer": "、".join(self.insurers.get(i, i) for i in insurers if i),
            "fen": payload.get("fen") or payload.get("total_fen") or 0,
            "shares": payload.get("shares") or {},
            "clearing": payload.get("clearing_shares") or {},
            "candidates": len(payload.get("candidates") or ()),
        }


def _line(entry: _Told, names: _Names) -> Line:
    icon, words = WORDS[entry.kind]
    shot = shot_name(str((entry.payload or {})["shot"])) if entry.kind == PHOTOGRAPH else ""
    return Line(entry.at, names.actor(entry), words(names.values(entry)), entry.kind, icon, entry.seq, shot)
