"""What the phone is told of a photograph that arrived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kuaichu.cases.models import Evidence
from kuaichu.kernel import clock

_WARNINGS: Final[dict[str, Callable[[], str]]] = {
    "taken_before_accident": lambda: _(
        "Received. It seems to have been taken before the accident; please take a new one if you can."
    ),
    "taken_in_future": lambda: _("Received. The clock of your phone seems to be wrong."),
}


def state_of(kept: Evidence) -> str:
    """The state of its slot: `sent`, or `warn` when a better one would help."""
    return "warn" if _WARNINGS.keys() & set(kept.remarks) else "sent"


def message_of(kept: Evidence) -> str:
    """One sentence for its slot."""
    for code, words in _WARNINGS.items():
        if code in kept.remarks:
            return words()
    return _("Received at %(time)s") % {"time": f"{kept.received_at.astimezone(clock.CHINA):%H:%M:%S}"}


def thumb_of(kept: Evidence, party_id: UUID) -> str:
    """The address of its small copy."""
    return reverse("citizen:photo", args=[party_id, kept.pk, "small"])


def answer_of(kept: Evidence, party_id: UUID) -> dict[str, Any]:
    """The document that acknowledges it: above all the hashes the server computed."""
    return {
        "evidence_id": str(kept.pk),
        "sha256": kept.sha256,
        "sm3": kept.sm3,
        "shot": kept.shot,
        "received_at": kept.received_at.isoformat(),
        "state": state_of(kept),
        "message": message_of(kept),
        "thumb": thumb_of(kept, party_id),
    }
