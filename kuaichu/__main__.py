"""The `kuaichu` command: `kuaichu --help` lists what it can do."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from types import ModuleType

COMMANDS = {
    "demo": "the whole product on this machine, with stand-ins and stories",
    "serve": "the web server (on SQLite with the worker inside)",
    "work": "worker processes beside the web server (PostgreSQL)",
    "prepare": "database, static files and keys made ready; cities checked",
    "seed": "a city's organisations and staff; with --stories, cases in every state",
    "replay": "real accidents drive the running system through its public interfaces",
    "verify": "prove that journal, evidence, papers, log and ledger are whole",
    "audit": "prove a city's public log from outside, by HTTP alone",
    "trace": "cause and effect of one case, and what is still due",
    "bench": "what a case costs: CPU, memory, bytes",
    "city": "check the files of cities",
    "check-liability": "the liability engine against cases and labels from outside",
    "check-likeness": "photographs that were used before, edited: how many are found again",
    "check-reading": "how well plates and papers in photographs are read",
    "staff": "accounts of staff: add, qualify",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kuaichu.settings")
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="kuaichu", description="Kuaichu 快处快赔")
    wanted = parser.add_subparsers(dest="command", required=True, metavar="command")
    named = next((word for word in given if not word.startswith("-")), "")
    for name, summary in COMMANDS.items():
        sub = wanted.add_parser(name, help=summary)
        if name == named:  # the others stay unloaded, so that every command starts at once
            _module(name).arguments(sub)
    options = parser.parse_args(given)
    try:
        return int(_module(options.command).run(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _module(command: str) -> ModuleType:
    return import_module(f"kuaichu.commands.{command.replace('-', '_')}")


if __name__ == "__main__":
    sys.exit(main())
