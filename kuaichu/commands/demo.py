"""`kuaichu demo`: the whole product on this machine, with registers, insurers, phones and a payout rail.

Everything is kept in KUAICHU_VAR (./var). Ctrl-C stops all of it; the next start goes on where it stopped.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kuaichu.commands import set_up
from kuaichu.commands.running.supervising import Child, Supervisor
from kuaichu.connectors import vision

if TYPE_CHECKING:
    from kuaichu.commands.seeding.keeping import Kept

BY_HAND = "LIXIAHE=里下河财产保险"  # insures plates that end in 8: its people work on pages
WITNESSES = ("police-supervision", "insurers-association", "court")
INSURERS = {"huaihai": ("HUAIHAI", "淮海财产保险"), "taihu": ("TAIHU", "太湖财产保险")}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="the address the web server listens on")
    parser.add_argument("--no-stories", action="store_true", help="start without cases")
    parser.add_argument(
        "--own",
        metavar="CODE=URL",
        help="this insurer is your own system: its webhook; no stand-in is started",
    )
    words = "start without the worker that reads photographs (it takes about 0.7 GB of memory)"
    parser.add_argument("--no-vision", action="store_true", help=words)


def run(options: argparse.Namespace) -> int:
    """Run until told to stop."""
    began = time.monotonic()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    ports = _ports()
    supervisor = Supervisor(lambda text: print(text, file=sys.stderr, flush=True))
    try:
        _start(supervisor, ports, options, stop, began)
        while not stop.wait(0.25):
            supervisor.look()
    finally:
        print("\nStopping … 正在停止", flush=True)
        supervisor.stop()
        print("Stopped; nothing is lost. Start again with: make demo 已停止，数据保留", flush=True)
    return 0


def _ports() -> dict[str, int]:
    os.environ["KUAICHU_DEMO"] = "1"
    os.environ["KUAICHU_LOG"] = "ERROR"
    from kuaichu.commands.running import places

    ports = places.choose()
    os.environ.setdefault("KUAICHU_BASE_URL", f"http://127.0.0.1:{ports['web']}")
    wanted = {"REGISTER": "register", "POLICIES": "policies", "SMS": "phones", "PAYOUT": "rail"}
    for port, name in wanted.items():
        os.environ[f"KUAICHU_{port}_URL"] = f"http://127.0.0.1:{ports[name]}"
    os.environ["KUAICHU_WITNESS_URLS"] = " ".join(f"http://127.0.0.1:{ports[name]}" for name in WITNESSES)
    return ports


def _start(
    supervisor: Supervisor,
    ports: dict[str, int],
    options: argparse.Namespace,
    stop: threading.Event,
    began: float,
) -> None:
    """Start in the order of need. What is there already is not made again, so a later start is quick."""
    from kuaichu.commands.running.waiting import answers
    from kuaichu.commands.seeding import keeping

    more = {"rail": ("--settle", "800"), "policies": ("--by-hand", BY_HAND)}
    for name in ("register", "policies", "phones", "rail"):
        supervisor.add(_stand_in(name, name, ports, *more.get(name, ())))
    for name in WITNESSES:
        supervisor.add(_stand_in(name, "witness", ports, "--name", name))
    kept = keeping.load()
    is_first = not (kept.clients and kept.links and (kept.stories or options.no_stories))
    if is_first:
        print("First start: a city is being set up … 首次启动，正在准备演示城市", flush=True)
        kept = _seed(ports, stories=not options.no_stories)
    web = supervisor.add(_web(ports, options.host))
    if not options.no_vision and not vision.missing():
        supervisor.add(_eyes())
    if kept.ports != ports:
        kept = _connect_again(ports)
    own, _equals, hook = (options.own or "").partition("=")
    if own:
        _hand_over(own, hook, kept)
    for name, (code, title) in INSURERS.items():
        if code == own:
            continue
        supervisor.add(_insurer(name, code, title, ports, kept))
    while not stop.is_set() and not answers(f"http://127.0.0.1:{ports['web']}/"):
        if not web.runs:
            raise SystemExit(f"The web server does not start:\n{web.tail(20)}")
        time.sleep(0.05)
    if not stop.is_set():
        from kuaichu.commands.running.welcome import show

        show(ports, kept, time.monotonic() - began)


def _hand_over(code: str, hook: str, kept: Kept) -> None:
    """One insurer is the user's own system: the city tells it there, and here are its credentials."""
    set_up()
    from django.conf import settings
    from django.db import connection

    from kuaichu.commands.seeding import keeping, roster

    client = kept.clients.get(code)
    if client is None:
        raise SystemExit(f"--own: {code} is no connected insurer ({', '.join(kept.clients)})")
    roster.point_webhooks(settings.DEFAULT_CITY, {code: hook})
    kept.ports = {}  # the next start without --own tells the stand-ins' addresses again
    keeping.save(kept)
    connection.close()
    print(
        f"{code} is yours:\n  API {os.environ['KUAICHU_BASE_URL']}\n  client id {client.client_id}\n"
        f"  client secret {client.client_secret}\n  webhook {hook}\n  webhook secret {client.webhook_secret}",
        flush=True,
    )


def _seed(ports: dict[str, int], *, stories: bool) -> Kept:
    """The first start: database, city, staff, stories."""
    set_up()
    from django.conf import settings
    from django.db import connection

    from kuaichu.commands.running.preparing import make_keys, prepare
    from kuaichu.commands.seeding import roster
    from kuaichu.commands.seeding import stories as told

    def say(text: str) -> None:
        print(f"  {text}", flush=True)

    say(", ".join(prepare()) or "prepared already")
    make_keys(settings.DEFAULT_CITY, say)
    kept = roster.seed(settings.DEFAULT_CITY)
    say(f"{len(kept.authenticators)} accounts 账号")
    _connect(ports, kept)
    if stories:
        for title in told.tell(settings.DEFAULT_CITY, kept):
            say(title)
    connection.close()
    return kept


def _connect_again(ports: dict[str, int]) -> Kept:
    """A later start at other ports: the city and the telephones are told."""
    set_up()
    from django.db import connection

    from kuaichu.commands.seeding import keeping

    kept = keeping.load()
    _connect(ports, kept)
    connection.close()
    return kept


def _connect(ports: dict[str, int], kept: Kept) -> None:
    from django.conf import settings

    from kuaichu.commands.running.waiting import until_answers
    from kuaichu.commands.seed import register_authenticators
    from kuaichu.commands.seeding import keeping, roster

    for name in ("register", "policies", "phones", "rail"):
        until_answers(f"http://127.0.0.1:{ports[name]}/")
    hooks = {code: f"http://127.0.0.1:{ports[name]}/hooks" for name, (code, _) in INSURERS.items()}
    roster.point_webhooks(settings.DEFAULT_CITY, hooks)
    register_authenticators(f"http://127.0.0.1:{ports['phones']}", kept.authenticators)
    kept.ports = ports
    keeping.save(kept)


def _var() -> Path:
    from django.conf import settings

    return Path(settings.VAR)


def _stand_in(name: str, module: str, ports: dict[str, int], *more: str) -> Child:
    store = _var() / "standins" / f"{name}.db"
    command = [
        sys.executable,
        "-m",
        f"kuaichu.standins.{module}",
        "--port",
        str(ports[name]),
        "--store",
        str(store),
    ]
    return Child(name, [*command, *more], _var() / "logs" / f"{name}.log")


def _insurer(name: str, code: str, title: str, ports: dict[str, int], kept: Kept) -> Child:
    client = kept.clients[code]
    child = _stand_in(
        name, "insurer", ports, "--code", code, "--name", title, "--client-id", client.client_id
    )
    child.command += ["--base", f"http://127.0.0.1:{ports['web']}"]
    child.environment = {
        "STANDIN_CLIENT_SECRET": client.client_secret,
        "STANDIN_HOOK_SECRET": client.webhook_secret,
    }
    return child


def _eyes() -> Child:
    """The worker that looks at photographs, a process of its own."""
    command = [sys.executable, "-m", "kuaichu", "work", "--lane", "vision"]
    return Child("vision", command, _var() / "logs" / "vision.log", {"KUAICHU_LOG": "WARNING"})


def _web(ports: dict[str, int], host: str) -> Child:
    command = [sys.executable, "-m", "kuaichu", "serve", "--host", host, "--port", str(ports["web"])]
    return Child("web", command, _var() / "logs" / "web.log", {"KUAICHU_LOG": "WARNING"})
