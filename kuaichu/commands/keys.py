"""`kuaichu keys`: which keys sign, and replacing one. Papers of before stay valid."""

from __future__ import annotations

import argparse
import sys

from kuaichu.commands import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("list", help="the published keys of QR codes and their days")
    rotate = steps.add_parser("rotate", help="put a new key in use from today on")
    rotate.add_argument("what", choices=("qr", "seal"))
    rotate.add_argument("--city", default="", help="the city; default: the installation's own")


def run(options: argparse.Namespace) -> int:
    """List or replace; 1 when it is refused."""
    set_up()
    return _list() if options.step == "list" else _rotate(options)


def _list() -> int:
    from kuaichu.desks.documents.certificates import keyset

    for key in keyset().keys:
        print(f"{key.key_id.hex()}  {key.valid_from} – {key.valid_until or ''}")
    return 0


def _rotate(options: argparse.Namespace) -> int:
    from django.conf import settings

    from kuaichu.desks.documents.keys.rotations import Kind, rotate
    from kuaichu.kernel.city import cities
    from kuaichu.kernel.refusals import Refusal
    from kuaichu.people.roles import system

    city = options.city or settings.DEFAULT_CITY
    if city not in cities():
        print(f"there is no city {city}", file=sys.stderr)
        return 1
    try:
        print(rotate(system(city), Kind(options.what)))
    except Refusal as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    return 0
