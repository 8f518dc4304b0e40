"""An injury that shows only later opens the case again: it is no small accident any more.

D146 Art. 13 takes injuries that are not slight out of the summary procedure; an agreement on property does
not bar what follows from the injury. The money stops until a person has looked.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.models import Case
from kuaichu.kernel import clock
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid, WrongState

WHO = ("me", "passenger", "other")
MOST = 500


@dataclass(frozen=True)
class InjuryReported(Fact, name="cases.injury_reported"):
    """A party said after its confirmation that somebody is hurt; what exactly stands in the file."""

    party_id: str
    who: str
    treated: bool


class Injury(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is hurt (`me`, `passenger`, `other`), where it hurts in own words, and whether a doctor saw it."""

    who: str
    words: str
    treated: bool = False


def report_injury(actor: Actor, case_id: UUID, injury: Injury) -> None:
    """Say that somebody is hurt after all. The case leaves the quick procedures with its whole file.

    Raises Invalid naming the field, WrongState while the report itself is still open (say it there) or
    when it was taken back.
    """
    _check(injury)
    with act(actor, "cases.report_injury", case_id) as step:
        case, party = files.case(case_id), files.own_party(actor, case_id)
        step.insist(
            case.status not in (Case.Status.REPORTING, Case.Status.WITHDRAWN),
            _("Say it in the report itself: who is hurt is its first question."),
            otherwise=WrongState,
        )
        told = {"who": injury.who, "words": files.clean(injury.words), "treated": injury.treated}
        known = party.injury or {}
        if {k: known.get(k) for k in told} == told:
            step.already()
            return
        party.injury = {**told, "at": clock.now().isoformat()}  # medical: the police's and the party's alone
        party.save()
        if case.injury in ("", "none"):
            case.injury = "slight"
            case.save()
        step.record(InjuryReported(party_id=str(party.pk), who=injury.who, treated=injury.treated))


def _check(injury: Injury) -> None:
    wrong: dict[str, str] = {}
    if injury.who not in WHO:
        wrong["who"] = _("Say who is hurt.")
    if not 2 <= len(files.clean(injury.words)) <= MOST:
        wrong["words"] = _("Say in 2 to 500 characters what hurts.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=dict(wrong))
