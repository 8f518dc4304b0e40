"""Where a step leads while no server can say so: the plan that each page carries for its script.

With network the server decides what comes next (`steps/plan.py`). Without, the script follows this table and
asks only what can be answered on the spot; what it could not know then the server asks later, and nothing
twice. `tests/portals/citizen/offline` walks both and compares.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest

if TYPE_CHECKING:
    from kuaichu.portals.citizen.holding import Held

PAGES: Final = (
    "safety", "consent", "place", "checks", "vehicle", "owner", "driver", "phone", "photos",
    "happened/movement", "happened/zone", "happened/other_movement", "happened/other_zone", "happened/words",
)  # fmt: skip
"""The pages a phone keeps blank; any other one needs the network."""
ALIASES: Final = {"happened": "happened/movement"}
"""Addresses that only send on: which page stands there without network."""

Rule = dict[str, str]
FORKS: Final[dict[str, tuple[Rule, ...]]] = {
    "safety": (
        {"field": "injury", "is": "slight", "to": "consent"},
        {"field": "injury", "is": "serious", "to": ""},
        {"field": "injury", "is": "death", "to": ""},
    ),
    "vehicle": ({"field": "vehicle_kind", "is": "MV", "to": "owner"}, {"to": "driver"}),
    "owner": ({"field": "owner", "is": "no", "to": "driver"},),
    "happened/movement": (
        {"page": "checks", "field": "checks", "is": "many_parties", "to": "happened/words"},
        {"page": "vehicle", "field": "vehicle_kind", "is": "PEDESTRIAN", "to": "happened/other_movement"},
        {"to": "happened/zone"},
    ),
    "happened/zone": (
        {"page": "checks", "field": "checks", "is": "single_vehicle", "to": "happened/words"},
        {"to": "happened/other_movement"},
    ),
    "happened/other_movement": ({"to": "happened/other_zone"},),
    "happened/other_zone": ({"to": "happened/words"},),
    "happened/words": ({"to": "happened/more"},),
}
"""Page → rules tried in order: `field` of this page (or of `page`) `is` that value, or no condition; `to` an
address of the part, "" its home. Without a rule that fits: the next step of the plan that is not done."""


def kept_by_phone(
    request: HttpRequest, held: Held, key: str, plan: Sequence[str], done: Sequence[str]
) -> dict[str, Any]:
    """What the script of a step's page must know; `key` is the step, the address names the page."""
    page = request.path.removeprefix(held.url("home")).strip("/")
    return {
        "party": str(held.party.pk),
        "page": page,
        "step": key,
        "blank": held.blank,
        "offline": page in PAGES,
        "plan": list(plan),
        "ends": [one for one in plan if one not in PAGES and one not in ALIASES],
        "done": list(done),
        "forks": list(FORKS.get(page, ())),
    }
