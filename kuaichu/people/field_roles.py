"""Roles of those who come to the scene: their names, and what each may and may not do.

The lines are shown on the identity card. Those with a verb are enforced by its grant in `people/roles.py`: a
test holds every line of MAY against a grant and every line of MAY_NOT against its absence. Lines without a
verb are rules for people, which no program can enforce. Sources: D146 Art. 5, 20, 23, 24, 30; duty norms
Art. 5 (公安部令 ADM Art. 52 ¶2 for auxiliaries); the cities' agreements with insurers and villages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kuaichu.people.models import Organisation

FIELD_ROLES: Final = ("patrol_officer", "station_officer", "auxiliary", "specialist", "persuader")
"""In the order in which one is chosen for an account that has several."""
POLICE_ROLES: Final = frozenset({"patrol_officer", "station_officer"})
CERTIFIED: Final = frozenset({"specialist", "persuader"})
"""Roles outside the police: they need a field certificate valid today (training and exam)."""

NAMES: Final[dict[str, Promise]] = {
    "patrol_officer": _("Traffic police officer on patrol"),
    "station_officer": _("Police station officer"),
    "auxiliary": _("Auxiliary police"),
    "specialist": _("Insurers' road specialist"),
    "persuader": _("Village traffic persuader"),
}

_KINDS = Organisation.Kind
HOMES: Final[dict[str, frozenset[str]]] = {
    "patrol_officer": frozenset({_KINDS.POLICE.value}),
    "station_officer": frozenset({_KINDS.STATION.value}),
    "auxiliary": frozenset({_KINDS.POLICE.value, _KINDS.STATION.value}),
    "specialist": frozenset({_KINDS.INSURER.value}),
    "persuader": frozenset({_KINDS.VILLAGE.value}),
}
"""In which kind of organisation a role can be held."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card; `verb` is what the line means in the program, empty where it means conduct."""

    words: Promise
    verb: str = ""


_SECURE = Line(_("Secure the place, look after people, and take photographs"), "dispatch.note_scene")
_ENTER = Line(_("Enter for you what you say, if you want that"), "cases.help")
_NO_MONEY = Line(_("Take money from anybody, for any reason"))
_NO_PRESSURE = Line(_("Press you to sign. You need not sign anything"))
_NO_COPIES = Line(_("Keep pictures of your papers on their own phone"))
_NO_DECISION = Line(_("Decide who is liable"), "liability.determine")
_NO_GENERAL = Line(_("Hand a case to the general procedure"), "dispatch.hand_over")
_GUIDE = Line(_("Explain how you settle it yourselves, or how you ask for an officer online"), "cases.help")

MAY: Final[dict[str, tuple[Line, ...]]] = {
    "patrol_officer": (
        _SECURE,
        _ENTER,
        Line(_("Decide liability on the spot in the summary procedure"), "liability.take_on_site"),
        Line(_("Hand the case to the general procedure"), "dispatch.hand_over"),
    ),
    "station_officer": (
        _SECURE,
        _ENTER,
        _GUIDE,
        Line(_("Hand the case to the general procedure"), "dispatch.hand_over"),
    ),
    "auxiliary": (
        _SECURE,
        _GUIDE,
        _ENTER,
        Line(_("Witness the signature of somebody without a phone"), "dispatch.witness"),
    ),
    "specialist": (_SECURE, _GUIDE, _ENTER, Line(_("Look at the damage, whoever insures you"))),
    "persuader": (_SECURE, _GUIDE, _ENTER, Line(_("Call the police to the scene"), "dispatch.call_police")),
}

MAY_NOT: Final[dict[str, tuple[Line, ...]]] = {
    "patrol_officer": (
        Line(_("Investigate deaths or serious injuries alone")),
        _NO_MONEY,
        _NO_PRESSURE,
        _NO_COPIES,
    ),
    "station_officer": (_NO_DECISION, _NO_MONEY, _NO_PRESSURE, _NO_COPIES),
    "auxiliary": (
        _NO_DECISION,
        _NO_GENERAL,
        Line(_("Fine you, hold you, or question you alone")),
        _NO_MONEY,
        _NO_PRESSURE,
        _NO_COPIES,
    ),
    "specialist": (
        _NO_DECISION,
        _NO_GENERAL,
        Line(_("Assess the damage of an accident they attended"), "claims.assess"),
        _NO_MONEY,
        _NO_PRESSURE,
        _NO_COPIES,
    ),
    "persuader": (_NO_DECISION, _NO_GENERAL, _NO_MONEY, _NO_PRESSURE, _NO_COPIES),
}


def field_role(roles: list[str], kind: str) -> str:
    """The role in which somebody of these roles goes out for an organisation of this kind; else empty."""
    return next((role for role in FIELD_ROLES if role in roles and kind in HOMES[role]), "")
