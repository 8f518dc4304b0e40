"""Helping: somebody enters for a party, and is named as having done so.

A relative, a persuader, an insurer's specialist or an officer may fill in a party's part. The party stays
the party: it still proves its own phone, and only it signs. Who has no phone signs nothing on somebody
else's: the way is then an officer's, or a signature that an officer or auxiliary witnesses on the spot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.collecting import insist_open
from kuaichu.cases.models import Party
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.moves import move
from kuaichu.kernel.refusals import Invalid, NotAllowed

PRIVATE: Final = ("relative", "friend", "other")
"""Kinds of helpers who are nobody's staff; they answer for it with their own phone."""
STAFF: Final = ("patrol_officer", "auxiliary", "station_officer", "specialist", "persuader")
"""Kinds of helpers who come on duty; they answer for it with their sign-in."""
WITNESSES: Final = frozenset({"patrol_officer", "auxiliary", "station_officer"})
"""Before whom a party without a phone may sign (D146 Art. 20 ¶2: they guide the self-negotiation)."""
ENTERING: Final = frozenset(
    {
        "cases.describe", "cases.identify", "cases.state", "cases.photograph", "cases.speak",
        "cases.unspeak", "cases.prove_phone", "cases.invite_other", "cases.refuse_part",
        "cases.confirm", "cases.help",
        "liability.choose", "liability.read_agreement", "liability.decline_agreement",
    }
)  # fmt: skip
"""What staff may do in the part of a party it helps. Signing is added by `acting_for` for a witness only."""


@dataclass(frozen=True)
class Helped(Fact, name="cases.helped"):
    """Somebody helps a party to enter its part; `kind` is empty when the help ended."""

    party_id: str
    kind: str
    own_phone: bool
    staff_id: str = ""


class Helper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who helps: `kind` one of PRIVATE or STAFF; `own_phone` says whether the helped person has a phone."""

    kind: str
    name: str
    organisation: str = ""
    staff_id: str = ""
    relation: str = ""
    own_phone: bool = True


def help_party(actor: Actor, case_id: UUID, party_id: UUID, helper: Helper) -> Party:
    """Name who enters for this party: the party's own browser, or staff (whose account is then kept).

    An invited party without a phone that staff helps has joined by that; one that a private person helps
    joins when the helper's own phone is proven (`phones.prove`). Raises Invalid at `kind` or `name`, NotFound
    for a part that is not the actor's, WrongState when the report is complete.
    """
    kept = _kept(actor, helper)
    with act(actor, "cases.help", case_id) as step:
        insist_open(step, files.case(case_id))
        party = _part(actor, case_id, party_id)
        before = party.helper
        if before is not None and all(before.get(k) == v for k, v in kept.items()):
            step.already()
            return party
        party.helper = {**kept, "since": clock.now().isoformat(), "phone": "", "phone_proven_at": ""}
        _reopen(party)
        if kept["staff_id"] and not helper.own_phone and party.status in (_INVITED, Party.Status.ABSENT):
            move(party, Party.Status.JOINED)
        party.save()
        step.record(
            Helped(
                party_id=str(party.pk),
                kind=helper.kind,
                own_phone=helper.own_phone,
                staff_id=str(kept["staff_id"]),
            )
        )
    return party


def end_help(actor: Actor, case_id: UUID, party_id: UUID) -> Party:
    """From now on the party enters for itself; raises WrongState when the report is complete."""
    with act(actor, "cases.help", case_id) as step:
        insist_open(step, files.case(case_id))
        party = _part(actor, case_id, party_id)
        if party.helper is None:
            step.already()
            return party
        party.helper = None
        _reopen(party)
        party.save()
        step.record(Helped(party_id=str(party.pk), kind="", own_phone=True))
    return party


_INVITED = Party.Status.INVITED


def _part(actor: Actor, case_id: UUID, party_id: UUID) -> Party:
    """The part to be helped: a party's browser sees only its own, staff of the city every one."""
    if actor.kind != "staff":
        return files.own_party(actor, case_id) if actor.party_id == party_id else files.party(case_id, None)
    found = files.party(case_id, party_id)
    return found if files.case(case_id).city == actor.city else files.party(case_id, None)


def _kept(actor: Actor, helper: Helper) -> dict[str, str | bool]:
    """The helper as it is kept; raises Invalid. Only staff can be named as staff."""
    kinds = STAFF if actor.kind == "staff" else PRIVATE
    if helper.kind not in kinds:
        text = _("Say who helps.")
        raise Invalid(text, fields={"kind": text})
    name = files.clean(helper.name)
    if not 2 <= len(name) <= 60:
        text = _("Enter the helper's name, 2 to 60 characters.")
        raise Invalid(text, fields={"name": text})
    return {
        "kind": helper.kind,
        "name": name,
        "organisation": files.clean(helper.organisation)[:120] if actor.kind == "staff" else "",
        "relation": files.clean(helper.relation)[:30],
        "staff_id": actor.id if actor.kind == "staff" else "",
        "own_phone": helper.own_phone,
    }


def _reopen(party: Party) -> None:
    """Who confirmed its part confirms it again when it becomes known that somebody helped."""
    if party.status == Party.Status.CONFIRMED:
        move(party, Party.Status.JOINED)


def has_own_phone(party: Party) -> bool:
    """Whether this party has (or may have) a phone of its own; only a helper can say that it has not."""
    return party.helper is None or bool(party.helper.get("own_phone", True))


def answered_for(party: Party) -> bool:
    """Whether somebody answers for this part: its own proven phone, or for a party without one its helper."""
    if party.phone_proven_at or has_own_phone(party):
        return bool(party.phone_proven_at)
    helper = party.helper or {}
    return bool(helper.get("staff_id") or helper.get("phone_proven_at"))


def reach(party: Party) -> str:
    """The number messages for this party go to: its own, else its helper's; empty when there is none."""
    return party.phone or str((party.helper or {}).get("phone") or "")


def witnessed(party: Party) -> bool:
    """Whether this party may sign before a witness instead of by its own phone."""
    helper = party.helper or {}
    return bool(helper.get("staff_id")) and helper.get("kind") in WITNESSES


def may_sign(party: Party) -> bool:
    """Whether this party can sign a self-negotiation at all: by its own phone, or before a witness."""
    return bool(party.phone_proven_at) or has_own_phone(party) or witnessed(party)


def acting_for(actor: Actor, party: Party) -> Actor:
    """Staff as it acts in the part of a party it helps: the journal names the member of staff.

    A witness may take the signature of a party without a phone; nobody else's. Raises NotAllowed when this
    member of staff is not named as the party's helper.
    """
    helper = party.helper or {}
    if actor.kind != "staff" or not actor.may("cases.help") or helper.get("staff_id") != actor.id:
        raise NotAllowed(_("First say that you help this party."), code="not_helping")
    signs = witnessed(party) and not has_own_phone(party)
    grants = ENTERING | {"liability.sign_agreement"} if signs else ENTERING
    return Actor(
        kind="staff",
        id=actor.id,
        city=actor.city,
        grants=grants,
        organisation_id=actor.organisation_id,
        case_id=party.case_id,
        party_id=party.pk,
    )
