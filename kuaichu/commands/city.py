"""`kuaichu city check [CODE …]`: whether the files of cities can be used, with what is wrong."""

from __future__ import annotations

import argparse
import sys

from kuaichu.commands import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("what", choices=["check"])
    parser.add_argument("codes", nargs="*", help="cities (default: all)")


def run(options: argparse.Namespace) -> int:
    """Check each city; 1 if one cannot be used."""
    set_up()
    from kuaichu.kernel.city import CityInvalid, cities, city

    wrong = 0
    for code in options.codes or cities():
        try:
            found = city(code)
            found.check()
            _check_patterns(code)
            print(f"{code:12} {found.profile.name} {found.profile.name_en}: ok 正常")
        except (CityInvalid, ValueError) as fault:
            wrong += 1
            print(f"{code:12} {fault}", file=sys.stderr)
    return 1 if wrong else 0


def _check_patterns(code: str) -> None:
    """What types alone do not show: number patterns and the options of the liability engine."""
    from kuaichu.desks.documents.numbering import NumberPattern
    from kuaichu.desks.documents.rules import rules
    from kuaichu.desks.liability.packs import pack_of

    own = rules(code)
    NumberPattern(own.certificate_number)
    NumberPattern(own.agreement_number)
    pack_of(code)
