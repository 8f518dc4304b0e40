"""What has to be there before the server can start; each part is skipped when its stamp says that it is.

Stamps are kept in VAR/prepared.json: of the migrations and of the static files.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from kuaichu.kernel.city import cities, city


def prepare(*, database: bool = True) -> list[str]:
    """Make database (unless told not to) and static files ready; what was done, for people to read.

    Raises CityInvalid when a city's file cannot be used.
    """
    done = []
    for code in cities():
        city(code).check()
    with _alone():
        stamps = _read()
        if database and (_is_new() or stamps.get("database") != _migrations_stamp()):
            _quietly("migrate", "--no-input")
            _quietly("createcachetable")
            done.append("database 数据库")
            _write("database", _migrations_stamp())
        if database:
            _begin_anchoring()
        if stamps.get("static") != (stamp := _static_stamp()) or not Path(settings.STATIC_ROOT).is_dir():
            _quietly("collectstatic", "--no-input")
            done.append("static files 静态文件")
            _write("static", stamp)
    return done


def _begin_anchoring() -> None:
    """Every city with a journal gets the leaves of the days that are over; then each brings the next."""
    from kuaichu.kernel.models import Entry
    from kuaichu.process import anchoring

    known = set(Entry.objects.values_list("city", flat=True).distinct()) | {settings.DEFAULT_CITY}
    for code in sorted(known & set(cities())):
        anchoring.begin(code)


@contextmanager
def _alone() -> Iterator[None]:
    """One process prepares at a time."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _quietly(command: str, *arguments: str) -> None:
    call_command(command, *arguments, verbosity=0, stdout=io.StringIO())


def _is_new() -> bool:
    """Whether the database has not been prepared before (its stamp may be another database's)."""
    with connection.cursor() as cursor:
        return "django_migrations" not in connection.introspection.table_names(cursor)


def _migrations_stamp() -> str:
    folders = (Path(config.path) / "migrations" for config in apps.get_app_configs())
    names = sorted(str(path.relative_to(f.parent.parent)) for f in folders for path in f.glob("0*.py"))
    database = connection.settings_dict
    return _digest([version("django"), str(database["NAME"]), str(database["HOST"]), *names])


def _static_stamp() -> str:
    found = [version("whitenoise")]
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            found.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    return _digest(sorted(found))


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _path() -> Path:
    return Path(settings.VAR) / "prepared.json"


def _read() -> dict[str, str]:
    try:
        stamps: dict[str, str] = json.loads(_path().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return stamps


def _write(name: str, stamp: str) -> None:
    partial = _path().with_suffix(".part")
    partial.write_text(json.dumps({**_read(), name: stamp}), encoding="utf-8")
    partial.replace(_path())


def make_keys(city_code: str, say: Callable[[str], None]) -> None:
    """Make the seal and the local time stamp of a city on first use, so that no citizen waits for them."""
    from kuaichu.desks.documents import certificates, rules

    unit = rules.rules(city_code).unit
    certificates.seals(city_code).identity(city_code, unit)
    certificates.timestamps(city_code)
    certificates.keyset()
    say(f"keys of {city_code} are ready 印章与签名密钥已就绪")
