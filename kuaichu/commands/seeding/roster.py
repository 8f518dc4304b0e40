"""A city's organisations, staff and insurers' clients, from `commands/data/<city>.toml`; never made twice."""

from __future__ import annotations

import base64
import secrets
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from oauth2_provider.models import get_application_model

from kuaichu.commands import accounts
from kuaichu.commands.seeding import keeping
from kuaichu.kernel import clock
from kuaichu.kernel.locks import writing
from kuaichu.people.field_roles import CERTIFIED
from kuaichu.people.models import Account, Client, Organisation

DATA = Path(__file__).resolve().parent.parent / "data"


class OrganisationRow(msgspec.Struct, forbid_unknown_fields=True):
    """One organisation."""

    code: str
    kind: str
    name: str
    name_en: str = ""
    parent: str = ""
    phone: str = ""


class StaffRow(msgspec.Struct, forbid_unknown_fields=True):
    """One member of staff; `demo` is the place of the account in the table of sign-in links."""

    username: str
    name: str
    roles: list[str]
    organisation: str
    badge: str = ""
    qualification: str = ""
    demo: str = ""


class Roster(msgspec.Struct, forbid_unknown_fields=True):
    """The whole file; `connected` are the insurers with a webhook and a client of the API."""

    connected: list[str]
    organisation: list[OrganisationRow]
    staff: list[StaffRow]


def read(city: str) -> Roster:
    """The roster of a city. Raises FileNotFoundError where the project has none."""
    raw = tomllib.loads((DATA / f"{city}.toml").read_text(encoding="utf-8"))
    return msgspec.convert(raw, Roster)


def seed(city: str) -> keeping.Kept:
    """Make what is missing; returns the secrets, which are kept for the demonstration."""
    roster, kept = read(city), keeping.load()
    kept.password = kept.password or secrets.token_hex(8)
    keeping.save(kept)  # before any account has the password, so that it is never lost
    with writing():
        for row in roster.organisation:
            _organisation(city, row)
    for staff in roster.staff:
        _account(city, staff, kept)
    for code in roster.connected:
        _client(city, code, kept)
    homes = {row.code: row.name for row in roster.organisation}
    shown = [row for row in roster.staff if row.demo]
    kept.links = {row.demo: row.username for row in shown}
    kept.names = {row.demo: homes[row.organisation] if "adjuster" in row.roles else row.name for row in shown}
    keeping.save(kept)
    return kept


def _organisation(city: str, row: OrganisationRow) -> None:
    parent = Organisation.objects.get(city=city, code=row.parent) if row.parent else None
    values = {
        "kind": row.kind,
        "name": row.name,
        "name_en": row.name_en,
        "phone": row.phone,
        "parent": parent,
    }
    Organisation.objects.get_or_create(city=city, code=row.code, defaults=values)


def _account(city: str, row: StaffRow, kept: keeping.Kept) -> None:
    account = Account.objects.filter(username=row.username).first()
    with writing():
        if account is None:
            account = accounts.add(
                city=city,
                username=row.username,
                password=kept.password,
                organisation_code=row.organisation,
                roles=row.roles,
                name=row.name,
                badge=row.badge,
            )
        if row.qualification:
            _qualify(account, row)
        if row.username not in kept.authenticators:
            kept.authenticators[row.username] = accounts.bind_second_factor(account)
            keeping.save(kept)


def _qualify(account: Account, row: StaffRow) -> None:
    today = clock.today()
    ends = today + timedelta(days=2 * 365 if row.qualification == "valid" else -20)
    kind = "field" if CERTIFIED & {*row.roles} else "summary"
    accounts.qualify(account, kind, f"JS-{row.badge}", ends - timedelta(days=3 * 365), ends)


def _client(city: str, code: str, kept: keeping.Kept) -> None:
    known = kept.clients.get(code)
    applications = get_application_model().objects
    if known is not None and applications.filter(client_id=known.client_id).exists():
        return
    made = keeping.Client(
        client_id=f"{city}-{code.lower()}",
        client_secret=secrets.token_hex(24),
        webhook_secret="whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(),
    )
    with writing():
        applications.filter(client_id=made.client_id).delete()
        application = applications.create(
            name=f"{code} claim system",
            client_id=made.client_id,
            client_secret=made.client_secret,
            client_type="confidential",
            authorization_grant_type="client-credentials",
        )
        home = Organisation.objects.get(city=city, code=code)
        Client.objects.create(application=application, organisation=home)
        Organisation.objects.filter(pk=home.pk).update(webhook_secret=made.webhook_secret)
    kept.clients[code] = made
    keeping.save(kept)


def point_webhooks(city: str, addresses: Mapping[str, str]) -> None:
    """Tell insurers at these addresses from now on (their ports may change from start to start)."""
    for code, url in addresses.items():
        changed: Any = Organisation.objects.filter(city=city, code=code).exclude(webhook_url=url)
        with writing():
            changed.update(webhook_url=url)
