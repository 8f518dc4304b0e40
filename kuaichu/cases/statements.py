"""Statements: what each party says happened, in its own part only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from kuaichu.cases import files
from kuaichu.cases.collecting import insist_open
from kuaichu.cases.models import Case, Party
from kuaichu.cases.parties import reopen
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid


@dataclass(frozen=True)
class Stated(Fact, name="cases.stated"):
    """A party said what happened; `reopened` when it had confirmed its part before."""

    party_id: str
    reopened: bool = False


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one party says happened, at the moment of impact.

    `contacts` are for accidents of three and more: by the label of another party the `zone` of one's own
    vehicle and the `other_zone` of theirs, or None where they did not touch; `first` is who came first.
    """

    movement: str | None = None
    zone: str | None = None
    other_movement: str | None = None
    other_zone: str | None = None
    answers: dict[str, Any] = {}
    words: str = ""
    contacts: dict[str, dict[str, str] | None] = {}
    first: str = ""


def state(actor: Actor, case_id: UUID, statement: Statement) -> Party:
    """Say what happened, in one's own part. Nobody can say it for another party."""
    with act(actor, "cases.state", case_id) as step:
        case = files.case(case_id)
        insist_open(step, case)
        party = files.own_party(actor, case_id)
        told = {
            **party.statement,
            **{k: v for k, v in msgspec.to_builtins(statement).items() if v not in (None, {}, "")},
        }
        told["answers"] = {**party.statement.get("answers", {}), **statement.answers}
        if statement.contacts or statement.first:
            _check_contacts(case, party, statement)
        _check_statement(told)
        if told == party.statement:
            step.already()
            return party
        party.statement = told
        reopened = reopen(party)
        party.save()
        step.record(Stated(party_id=str(party.pk), reopened=reopened))
    return party


def _check_contacts(case: Case, party: Party, statement: Statement) -> None:
    """Refuse contacts with nobody of this case, and parts of a vehicle that are none."""
    others, told = {p.label for p in files.parties(case.pk)} - {party.label}, statement.contacts
    shapes = all(one is None or set(one) <= {"zone", "other_zone"} for one in told.values())
    codes = all(_CODE.fullmatch(zone) for one in told.values() if one for zone in one.values())
    if not {*told, *filter(None, [statement.first])} <= others or not shapes or not codes:
        text = _("Choose one of the others.")
        raise Invalid(text, fields={"contacts": text})


_CODE = re.compile(r"[A-Za-z0-9_.]{1,60}")
MOST_ANSWERS = 80


def _check_statement(told: dict[str, Any]) -> None:
    """Refuse what only a forged form can send: choices are codes, answers codes, numbers or yes and no."""
    wrong: dict[str, Any] = {}
    told["words"] = files.clean(told.get("words", ""))
    if not told["words"]:
        del told["words"]
    elif len(told["words"]) > 500:
        wrong["words"] = _("Please use at most 500 characters.")
    for field in ("movement", "zone", "other_movement", "other_zone"):
        if field in told and not _CODE.fullmatch(str(told[field])):
            wrong[field] = _("Choose one of the pictures.")
    answers = told["answers"]
    if len(answers) > MOST_ANSWERS or not all(_CODE.fullmatch(k) and _plain(v) for k, v in answers.items()):
        wrong["answers"] = _("There is an unknown answer.")
    if wrong:
        raise Invalid(_("Please correct the marked fields."), fields=wrong)


def _plain(value: Any) -> bool:
    if isinstance(value, str):
        return _CODE.fullmatch(value) is not None
    return value is None or isinstance(value, bool) or (isinstance(value, int | float) and abs(value) < 1e9)
