"""`kuaichu conformance`: does an insurer's system work with the city? Passes and failures in words.

The kit stands between the two: give your system the address printed first as the city's, with the credentials
of the sandbox. Messages come from there too. Nothing but the sandbox city may be tested like this.
"""

from __future__ import annotations

import argparse
import secrets
import sys
from typing import TYPE_CHECKING

from kuaichu.commands import sandbox, set_up

if TYPE_CHECKING:
    from kuaichu.conformance.checks import Trial


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--insurer", default="HUAIHAI", metavar="CODE", help="whose system it is")
    parser.add_argument("--endpoint", required=True, metavar="URL", help="its webhook")
    parser.add_argument("--listen", type=int, default=8120, metavar="PORT", help="where the kit stands")
    parser.add_argument("--patience", type=float, default=60, help="seconds for the steps of one claim")
    parser.add_argument("--run", default="", help="a name: the same name brings the same cases")
    sandbox.addresses(parser)


def run(options: argparse.Namespace) -> int:
    """Run all checks; 0 when all pass, 1 when not, 2 when the sandbox itself does not work."""
    set_up()
    from kuaichu.conformance.checks import run as checked
    from kuaichu.conformance.relay import Relay
    from kuaichu.people.models import Organisation
    from kuaichu.replaying.sandbox import Stuck

    home = Organisation.objects.filter(code=options.insurer, kind=Organisation.Kind.INSURER).first()
    if home is None or not home.webhook_secret:
        print(f"{options.insurer} is no connected insurer of this city", file=sys.stderr)
        return 2
    relay = Relay(sandbox.places_of(options).base, options.endpoint)
    print(f"the city's address for your system: {relay.start(options.listen)}", flush=True)
    before, failed = home.webhook_url, 0
    _point(options.insurer, f"http://127.0.0.1:{options.listen}/hooks")
    try:
        for result in checked(_trial(options, relay, home.webhook_secret)):
            failed += bool(result.wrong)
            print(f"{'✗' if result.wrong else '✓'} {result.wanted}", flush=True)
            if result.wrong:
                print(f"    {result.wrong}", flush=True)
    except Stuck as trouble:
        print(f"the sandbox does not work: {trouble}", file=sys.stderr)
        return 2
    finally:
        _point(options.insurer, before)
        relay.close()
    print("conforms" if not failed else f"does not conform: {failed} checks failed")
    return 1 if failed else 0


def _trial(options: argparse.Namespace, relay: object, secret: str) -> Trial:
    from kuaichu.conformance.checks import Trial
    from kuaichu.conformance.relay import Relay

    assert isinstance(relay, Relay)
    name, places = options.run or secrets.token_hex(4), sandbox.places_of(options)

    def arrive(seed: str) -> str:
        made = sandbox.make(places, "rear_end", f"{name}/{seed}", options.insurer, "")
        return made.case_id

    return Trial(relay, options.insurer, secret, arrive, options.patience)


def _point(code: str, url: str) -> None:
    from django.conf import settings

    from kuaichu.commands.seeding.roster import point_webhooks

    point_webhooks(settings.DEFAULT_CITY, {code: url})
