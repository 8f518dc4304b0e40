"""Choices of the officer's forms, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

Choices = list[tuple[str, str]]


def forms() -> Choices:
    """The forms of collision between vehicles (national accident form), in the reader's language."""
    return [
        ("1", _("rear-end collision")),
        ("2", _("head-on collision")),
        ("3", _("side collision, same direction")),
        ("4", _("side collision, opposite directions")),
        ("5", _("side collision, right angle")),
        ("6", _("side collision, angle uncertain")),
        ("7", _("scrape, same direction")),
        ("8", _("scrape, opposite directions")),
        ("9", _("collision at another angle")),
    ]


def give_back() -> Choices:
    """Why an officer may give a case back."""
    return [
        ("conflict", _("I know a party or have an interest in it (recusal)")),
        ("end_of_shift", _("My shift ends")),
        ("other", _("Another reason")),
    ]


def receivers() -> Choices:
    """To whom a case may be handed over."""
    return [
        ("police_on_site", _("an officer on site")),
        ("general", _("the general procedure")),
        ("criminal", _("the criminal police")),
    ]


def hand_over() -> Choices:
    """What may come to light that ends the online procedure (D146 Art. 13, 24)."""
    return [
        ("injury", _("Somebody is hurt after all")),
        ("alcohol", _("Drink or drugs suspected")),
        ("licence", _("Licence or plates doubtful")),
        ("flight", _("A party left the scene")),
        ("forged", _("Evidence looks staged or forged")),
        ("facts_unclear", _("The facts cannot be established from this file")),
        ("party_request", _("A party asks for an officer on site")),
    ]


def conclusions() -> Choices:
    """How a review may end (D146 Art. 76, 77)."""
    return [
        ("upheld", _("The determination stands")),
        ("upheld_corrected", _("It stands after a harmless flaw was put right")),
        ("redetermine", _("It is to be investigated and determined anew")),
    ]
