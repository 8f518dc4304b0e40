"""What the roles are called on pages; `roles.py` says what they grant."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kuaichu.people.field_roles import NAMES as FIELD_NAMES

NAMES: Final[dict[str, str | Promise]] = {
    **FIELD_NAMES,
    "determination_officer": _("Determination officer"),
    "review_officer": _("Review officer"),
    "unit_head": _("Head of the unit"),
    "dispatcher": _("Dispatcher"),
    "hotline": _("Hotline"),
    "supervisor": _("Supervisor"),
    "video_officer": _("Video officer"),
    "mediator": _("Mediator"),
    "injury_clerk": _("Injury and fund clerk"),
    "rescue_clerk": _("Rescue and repair clerk"),
    "administrator": _("Administrator"),
    "adjuster": _("Adjuster"),
    "money_admin": _("Money administrator"),
}


def title(role: str) -> str:
    """The name of a role in the reader's language; a role without a name keeps its code."""
    return str(NAMES.get(role, role))
