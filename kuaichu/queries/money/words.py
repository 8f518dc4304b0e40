"""The timeline's words for money besides the payout: icon and sentence by the kind of fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _

Words = Callable[[dict[str, Any]], str]

MONEY_WORDS: Final[dict[str, tuple[str, Words]]] = {
    "claims.refused": ("stop", lambda v: _("%(insurer)s refused in writing.") % v),
    "claims.step_in_asked": ("bank", lambda v: _("Party %(label)s asked its own insurer to pay first.") % v),
    "claims.stepped_in": ("bank", lambda v: _("%(insurer)s pays its insured first.") % v),
    "claims.shop_chosen": ("wrench", lambda v: _("Party %(label)s chose a repair shop.") % v),
    "claims.estimate_drafted": (
        "wrench",
        lambda v: _("The repair shop drafted %(days)s days for party %(label)s.") % v,
    ),
    "claims.estimate_answered": (
        "wrench",
        lambda v: (
            _("%(insurer)s approved the draft of the repair shop.") % v
            if v["approved"]
            else _("%(insurer)s asked the repair shop back.") % v
        ),
    ),
}
