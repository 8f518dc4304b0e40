"""What the facts of sending people are called in the timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _

from kuaichu.people.field_roles import NAMES

Words = Callable[[dict[str, Any]], str]


def role_name(role: str) -> str:
    """The name of a role that goes to the scene; empty for any other."""
    return str(NAMES.get(role, ""))


FIELD_WORDS: Final[dict[str, tuple[str, Words]]] = {
    "dispatch.tasked": ("search", lambda _v: _("Somebody is looked for who can come.")),
    "dispatch.offered": ("bell", lambda _v: _("Somebody nearby was asked to come.")),
    "dispatch.declined": ("bell", lambda _v: _("Who was asked cannot come; the next one is asked.")),
    "dispatch.lapsed": ("bell", lambda _v: _("No answer in time; the next one is asked.")),
    "dispatch.accepted": (
        "route",
        lambda v: _("On the way: %(role)s.") % {"role": role_name(str(v["role"]))},
    ),
    "dispatch.stopped": (
        "role-helper",
        lambda v: _("Stopped to help: %(role)s.") % {"role": role_name(str(v["role"]))},
    ),
    "dispatch.arrived": (
        "role-helper",
        lambda v: _("At the scene: %(role)s.") % {"role": role_name(str(v["role"]))},
    ),
    "dispatch.given_back": (
        "bell",
        lambda v: (
            _("Did not arrive in time; the next one is asked.")
            if v["why"] == "late"
            else _("Gave the task back; the next one is asked.")
        ),
    ),
    "dispatch.finished": ("check", lambda _v: _("The work at the scene is done.")),
    "dispatch.cancelled": ("stop", lambda _v: _("Nobody needs to come any more.")),
    "dispatch.scene_handed_over": (
        "document",
        lambda _v: _("The scene was handed over, with a record of what was done."),
    ),
}
