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
    "sandbox": "a case of a named scenario arrives at an insurer's webhook",
    "conformance": "does an insurer's system work with the city: passes and failures in words",
    "verify": "prove that journal, evidence, papers, log and ledger are whole",
    "verify-document": "is this file genuine and in force: the same answer as the public page",
    "bundle": "everything of a case in one file, for a court or a complaint",
    "rerun-bundle": "check such a file and ask the engine again, on any machine",
    "keys": "the keys that sign papers: list, replace",
    "audit": "prove a city's public log from outside, by HTTP alone",
    "check-lot": "draw a day's lots again: who got which case, and whether it was chance",
    "simulate-centre": "ten thousand cases through the centre's queue: fairness and waits",
    "trace": "cause and effect of one case, and what is still due",
    "bench": "what a case costs: CPU, memory, bytes",
    "city": "check the files of cities",
    "check-liability": "the liability engine against cases and labels from outside",
    "check-likeness": "photographs that were used before, edited: how many are found again",
    "check-risk": "the signs of fraud tried on a city's years with planted rings",
    "check-reading": "how well plates and papers in photographs are read",
    "partners": "partners' systems: webhooks, certificates",
    "staff": "accounts of staff: add, qualify",
}

FOLDERS = {
    "checking": (
        "check-liability",
        "check-likeness",
        "check-lot",
        "check-reading",
        "check-risk",
        "simulate-centre",
    ),
    "proving": ("audit", "bundle", "rerun-bundle", "trace", "verify", "verify-document"),
}  # fmt: skip
"""Commands whose modules lie in a folder of `commands`."""


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
            module_of(name).arguments(sub)
    options = parser.parse_args(given)
    try:
        return int(module_of(options.command).run(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def module_of(command: str) -> ModuleType:
    """The module behind a command."""
    folder = next((f"{name}." for name, commands in FOLDERS.items() if command in commands), "")
    return import_module(f"kuaichu.commands.{folder}{command.replace('-', '_')}")


if __name__ == "__main__":
    sys.exit(main())
