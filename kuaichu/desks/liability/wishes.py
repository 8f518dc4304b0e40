"""Agree, or ask jointly for an officer (D146 Art. 19, 20): each party says its own wish."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from kuaichu.cases import files, outcome
from kuaichu.cases.helping import may_sign
from kuaichu.cases.models import Case
from kuaichu.desks.liability.models import Agreement, Determination, Wish
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.prepared import find, find_one
from kuaichu.kernel.refusals import Invalid, WrongState

NEEDS = {Wish.Way.AGREE: "SELF", Wish.Way.OFFICER: "ONLINE"}


@dataclass(frozen=True)
class Wished(Fact, name="liability.wished"):
    """A party said which way it wants to go."""

    party_id: str
    way: str


def choose(actor: Actor, case_id: UUID, way: str) -> Wish:
    """Say which way this party wants. It may change its mind until something was signed or taken.

    Raises NotAllowed when screening has closed this way, Invalid for an unknown one.
    """
    if way not in Wish.Way.values:
        raise Invalid(_("Choose one of the ways."), fields={"way": _("Choose one of the ways.")})
    with act(actor, "liability.choose", case_id) as step:
        case = files.case(case_id)
        step.insist(
            case.status == Case.Status.READY,
            _("First all parties must have confirmed what they entered."),
            otherwise=WrongState,
        )
        step.insist(
            case.procedure != outcome.FAST,
            _("You have applied for fast handling. An officer decides."),
            otherwise=WrongState,
        )
        _insist_allowed(step, case, way)
        _insist_changeable(step, case_id)
        party = files.own_party(actor, case_id)
        before = find_one(Wish, party_id=party.pk)
        if before is not None and before.way == way:
            step.already()
            return before
        wish = before or Wish(party=party)
        wish.case, wish.way, wish.at = case, way, clock.now()
        wish.save()
        step.record(Wished(party_id=str(party.pk), way=way))
    return wish


def _insist_allowed(step: object, case: Case, way: str) -> None:
    needs = NEEDS.get(Wish.Way(way))
    allowed = (case.screening or {}).get("allowed", [])
    step.insist(  # type: ignore[attr-defined]
        needs is None or needs in allowed,
        _("This way is not open for this accident. See the reasons shown above."),
        code="way_closed",
    )
    step.insist(  # type: ignore[attr-defined]
        way != Wish.Way.AGREE or all(map(may_sign, files.parties(case.pk))),
        _("One of you has no phone to sign with. An officer decides, or takes your signatures at the scene."),
        code="no_own_phone",
    )


def _insist_changeable(step: object, case_id: UUID) -> None:
    signed = Agreement.Status.SIGNED in {one.status for one in find(Agreement, case_id=case_id)}
    decided = {one.status for one in find(Determination, case_id=case_id)}
    step.insist(  # type: ignore[attr-defined]
        not signed and not decided & {Determination.Status.TAKEN, Determination.Status.SIGNED},
        _("This has already been decided or is being decided."),
        otherwise=WrongState,
    )


def joint_way(case_id: UUID, parties: int) -> str:
    """The way all parties go together, or an empty string while they differ or are silent.

    An officer online needs a *joint* application (D146 Art. 20); police on site needs only one party.
    """
    ways = [wish.way for wish in find(Wish, case_id=case_id)]
    if Wish.Way.POLICE in ways:
        return Wish.Way.POLICE.value
    if len(ways) == parties and len(set(ways)) == 1:
        return str(ways[0])
    return ""
