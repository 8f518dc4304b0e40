"""That a dispute bundle left the house: for whom, for what, and its hash, in journal and public log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from kuaichu.cases import custody
from kuaichu.cases.models import Evidence
from kuaichu.kernel import publiclog
from kuaichu.kernel.actors import Actor
from kuaichu.kernel.acts import act
from kuaichu.kernel.facts import Fact
from kuaichu.kernel.refusals import Invalid

PURPOSES: Final = ("own", "court", "review", "complaint", "insurer_dispute")


@dataclass(frozen=True)
class Bundled(Fact, name="documents.bundled"):
    """A dispute bundle was given out: whose view it is, for what, its hash and its leaf."""

    view: str
    purpose: str
    sha256: str
    leaf: int


def record(actor: Actor, case_id: UUID, *, view: str, purpose: str, sha256: str) -> None:
    """Note the bundle before it leaves; a party's is always its own. Raises Invalid at `purpose`."""
    if purpose not in PURPOSES or (actor.kind == "party") != (purpose == "own"):
        text = _("Say what the bundle is for.")
        raise Invalid(text, fields={"purpose": text})
    verb = "documents.take_bundle" if actor.kind == "party" else "documents.bundle"
    with act(actor, verb, case_id) as step:
        content = {"sha256": sha256}
        leaf = publiclog.append(actor.city, "bundle", uuid5(case_id, sha256), content)
        evidence = list(Evidence.objects.filter(case_id=case_id))
        custody.note_all(actor, evidence, custody.EXPORTED, purpose=purpose)
        step.record(Bundled(view=view, purpose=purpose, sha256=sha256, leaf=leaf))
