"""What is done to protect a scene until the general procedure takes it: the list, with its law.

Road traffic safety law Art. 70; D146 Art. 7, 15, 24, 30-34, 37. Marks and property are the officers' to
collect; whoever is first at the place keeps them from being lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list: what, how, by which law, and whether a photograph belongs to it."""

    code: str
    title: Promise
    how: Promise
    law: str
    photo: bool = False


ITEMS: Final = (
    Item(
        "zone",
        _("The place is closed off"),
        _("Cones and warning signs at a safe distance: 50 to 100 m behind, 150 m on an expressway."),
        "D146 30(1)",
        photo=True,
    ),
    Item(
        "people",
        _("Everybody is off the road"),
        _("People wait outside the carriageway, on expressways behind the guardrail."),
        "法68",
    ),
    Item(
        "injured",
        _("The injured are looked after"),
        _("120 is called. Before anybody is moved, mark where they lay. Note the hospital."),
        "法70",
    ),
    Item(
        "danger",
        _("Fire, leaks and loads are checked"),
        _("Dangerous goods, fuel, high voltage: keep away and call 119."),
        "D146 15",
    ),
    Item(
        "traffic",
        _("Traffic is led past"),
        _("One person does only this. Note who."),
        "D146 30(1)",
    ),
    Item(
        "positions",
        _("Positions are marked and photographed"),
        _("Wheels, vehicles and people, before anything is moved."),
        "法70",
        photo=True,
    ),
    Item(
        "traces",
        _("Marks and parts are kept"),
        _("Skid marks, debris, fluids, paint: cover them from rain, photograph them with a scale."),
        "D146 34",
        photo=True,
    ),
    Item(
        "road",
        _("Road, signs, light and weather are recorded"),
        _("Signs, signals, markings, surface and sight, from each vehicle's direction."),
        "D146 32",
        photo=True,
    ),
    Item(
        "persons",
        _("Parties and witnesses are found"),
        _("Nobody leaves without name and telephone. Note who saw it."),
        "D146 30(4)",
    ),
    Item(
        "recordings",
        _("Recordings are secured"),
        _("Dashboard cameras and cameras nearby are noted with their owners; your own recorder runs."),
        "D146 37",
    ),
    Item(
        "alcohol",
        _("Signs of drink or drugs are noted"),
        _("Note what you see and when. Tests and samples are taken by officers only."),
        "D146 34",
    ),
    Item(
        "told",
        _("The accident squad is told"),
        _("Note whom you told, when, and when they will be here."),
        "D146 17",
    ),
)
"""In the order in which they are done."""

CODES: Final = tuple(item.code for item in ITEMS)
