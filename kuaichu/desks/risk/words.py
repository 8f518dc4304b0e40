"""What signs say: to who looks (officer, insurer), and to the party in plain words without blame.

Filled in are figures of the sign alone: how often, since when, how far. Never anything about another person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STAFF: Final[Mapping[str, Promise]] = {
    "AGAIN": _(
        "The same person, phone, plate or vehicle was in another accident lately: %(times)s in"
        " all since %(since)s, %(insurers)s insurers."
    ),
    "OFTEN": _(
        "The same person, phone, plate or vehicle was in %(times)s accidents since %(since)s,"
        " %(insurers)s insurers."
    ),
    "VERY_OFTEN": _(
        "The same person, phone, plate or vehicle was in %(times)s accidents since %(since)s,"
        " %(insurers)s insurers: far more than drivers have."
    ),
    "PAIR": _("Both sides met in an accident before: %(times)s with this one since %(since)s."),
    "ACCOUNT_SHARED": _(
        "The bank account was named in accidents of other people: %(times)s with this one since %(since)s."
    ),
    "ACCOUNT_BOTH_SIDES": _("Both sides named the same bank account."),
    "PHONE_BOTH_SIDES": _("Both sides use the same telephone."),
    "PLACE_AGAIN": _(
        "One of the sides had accidents at this very place and time of day before: %(times)s"
        " with this one since %(since)s."
    ),
    "HELPER_AGAIN": _(
        "The same helper or surveyor was there at accidents of the same side: %(times)s with"
        " this one since %(since)s."
    ),
    "SHOP_AGAIN": _(
        "The same repair shop was chosen after accidents of the same side: %(times)s with this"
        " one since %(since)s."
    ),
    "PHOTO_SAME": _("The very same photographs lie in an earlier accident: %(photos)s."),
    "PHOTO_ALIKE": _("Photographs look like those of an earlier accident: %(photos)s."),
    "PHOTO_FAR": _("A photograph says it was taken %(km)s km from the place that was reported."),
    "PHOTO_OTHER_TIME": _("A photograph says it was taken %(hours)s hours from the time that was reported."),
    "POLICY_NEW": _("The insurance began %(days)s days before the accident."),
    "NIGHT": _("It happened at night, about %(hour)s o'clock."),
    "LOSS_ELSEWHERE": _("The loss that was assessed lies elsewhere than where the vehicle was hit."),
}
PARTY: Final[Mapping[str, Promise]] = {
    "AGAIN": _("You, your phone or your vehicle appear in another accident not long ago."),
    "OFTEN": _("You, your phone or your vehicle appear in %(times)s accidents since %(since)s."),
    "VERY_OFTEN": _("You, your phone or your vehicle appear in %(times)s accidents since %(since)s."),
    "PAIR": _("Both sides of this accident met in an accident before."),
    "ACCOUNT_SHARED": _("The bank account you named was also named in another accident."),
    "ACCOUNT_BOTH_SIDES": _("The same bank account was named for both sides."),
    "PHONE_BOTH_SIDES": _("The same telephone is used for both sides."),
    "PLACE_AGAIN": _("There was an accident at this place and time of day before, with one of the sides."),
    "HELPER_AGAIN": _("The same helper or surveyor was there at an earlier accident of one of the sides."),
    "SHOP_AGAIN": _("The same repair shop was chosen after an earlier accident of one of the sides."),
    "PHOTO_SAME": _("A photograph was also used for an earlier accident."),
    "PHOTO_ALIKE": _("A photograph looks like one of an earlier accident."),
    "PHOTO_FAR": _("A photograph says it was taken %(km)s km away from the place you reported."),
    "PHOTO_OTHER_TIME": _("A photograph says it was taken %(hours)s hours from the time you reported."),
    "POLICY_NEW": _("The insurance began only %(days)s days before the accident."),
    "NIGHT": _("The accident happened at night."),
    "LOSS_ELSEWHERE": _("Damage was assessed at a part of the vehicle that was not hit."),
}


def for_staff(sign: Mapping[str, Any]) -> str:
    """The sign in words for who looks at it."""
    return str(STAFF[sign["code"]] % sign["inputs"])


def for_party(sign: Mapping[str, Any]) -> str:
    """The sign in words for a party; who asks takes care that it is this party's own or nobody's."""
    return str(PARTY[sign["code"]] % sign["inputs"])


def shown_to(signs: list[dict[str, Any]], label: str) -> list[str]:
    """What is said to this party: the signs about itself and about the accident, none about others."""
    return list(dict.fromkeys(for_party(one) for one in signs if one["label"] in ("", label)))
