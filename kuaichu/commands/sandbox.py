"""`kuaichu sandbox`: a case of a named scenario arrives at an insurer's webhook, on demand.

The city is the running demonstration (`kuaichu demo --own CODE=URL`) or any test installation with stand-ins.
The same scenario, seed and insurers are always the same case: the same plates, telephones and statements.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING
from uuid import UUID

from kuaichu.commands import set_up

if TYPE_CHECKING:
    from kuaichu.replaying.sandbox import Arrived, Places


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("scenario", nargs="?", help="its name; without one they are listed")
    parser.add_argument("--seed", default="1", help="another seed is another case (default 1)")
    parser.add_argument("--insurer", default="HUAIHAI", metavar="CODE", help="whose claim it shall be")
    parser.add_argument("--other", default="TAIHU", metavar="CODE", help="the other company, of two")
    addresses(parser)


def addresses(parser: argparse.ArgumentParser) -> None:
    """Where the sandbox city answers."""
    for name in ("base", "phones", "register", "policies"):
        parser.add_argument(f"--{name}", metavar="URL", help="default: that of the running demonstration")


def run(options: argparse.Namespace) -> int:
    """Make it arrive; 1 when it got stuck, 2 for an unknown scenario."""
    set_up()
    from kuaichu.replaying.sandbox import SCENARIOS, Stuck

    if options.scenario not in SCENARIOS:
        for name, scenario in SCENARIOS.items():
            print(f"{name:16} {scenario.words}")
        return 2 if options.scenario else 0
    try:
        arrived = make(places_of(options), options.scenario, options.seed, options.insurer, options.other)
    except Stuck as trouble:
        print(f"stuck: {trouble}", file=sys.stderr)
        return 1
    print(
        f"case {arrived.number}, cars {' and '.join(arrived.plates)}" + (" (known)" if arrived.known else "")
    )
    print(f"expect: {SCENARIOS[options.scenario].words}")
    return 0


def make(places: Places, name: str, seed: str, insurer: str, other: str) -> Arrived:
    """Make a case arrive, with what happens after its claim is there. Raises Stuck."""
    from kuaichu.replaying.sandbox import SCENARIOS, arrive

    scenario = SCENARIOS[name]
    arrived = asyncio.run(arrive(places, name, seed, (insurer, insurer if scenario.own else other)))
    if scenario.after == "late_injury":
        _hurt_after_all(UUID(arrived.case_id))
    return arrived


def _hurt_after_all(case_id: UUID) -> None:
    """B says later that somebody is hurt; said before, it changes nothing."""
    from kuaichu.cases import parties, phones, reopening

    actor = phones.actor_of(parties.find(case_id, "B"))
    reopening.report_injury(actor, case_id, reopening.Injury(who="me", words="颈部疼痛", treated=True))


def places_of(options: argparse.Namespace) -> Places:
    """The sandbox's places: those given, else those of the running demonstration."""
    from django.conf import settings

    from kuaichu.commands.replay import demo_addresses, demo_officers
    from kuaichu.commands.seeding import keeping
    from kuaichu.kernel.city import city
    from kuaichu.replaying.sandbox import Places

    here, known = city(settings.DEFAULT_CITY), demo_addresses()
    return Places(
        base=options.base or known.get("web") or settings.BASE_URL,
        phones=options.phones or known.get("phones") or str(here.connector("sms")["base_url"]),
        register=options.register or known.get("register") or str(here.connector("register")["base_url"]),
        policies=options.policies or known.get("policies") or str(here.connector("policies")["base_url"]),
        plate_prefix=here.profile.plate_prefix,
        lon=here.profile.centre_lon,
        lat=here.profile.centre_lat,
        officers=tuple(demo_officers(keeping.load())),
    )
