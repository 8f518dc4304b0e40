"""`kuaichu prepare`: migrations, cache table, static files, keys; the files of all cities are checked."""

from __future__ import annotations

import argparse

from kuaichu.commands import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--no-database", action="store_true", help="leave the database alone")


def run(options: argparse.Namespace) -> int:
    """Prepare what is missing."""
    set_up()
    from django.conf import settings

    from kuaichu.commands.running import preparing

    done = preparing.prepare(database=not options.no_database)
    if not options.no_database:
        preparing.make_keys(settings.DEFAULT_CITY, print)
    print(f"prepared 已就绪: {', '.join(done) or 'nothing was missing 无需变更'}")
    return 0
