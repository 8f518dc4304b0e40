"""`kuaichu staff add|qualify`: accounts of staff, made by an administrator on this machine."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from datetime import date, timedelta

from kuaichu.commands import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    kinds = parser.add_subparsers(dest="what", required=True)
    add = kinds.add_parser("add", help="a new account; password and authenticator secret are shown once")
    add.add_argument("username")
    add.add_argument("--organisation", required=True, metavar="CODE")
    add.add_argument("--role", action="append", required=True, dest="roles", metavar="ROLE")
    add.add_argument("--name", default="")
    add.add_argument("--badge", default="")
    add.add_argument("--ask-password", action="store_true", help="type a password instead of making one")
    add.add_argument("--ask-id-number", action="store_true", help="type the ID number; only its hash is kept")
    add.add_argument("--no-second-factor", action="store_true")
    qualify = kinds.add_parser("qualify", help="a qualification of an officer")
    qualify.add_argument("username")
    qualify.add_argument("--kind", default="summary")
    qualify.add_argument("--number", required=True)
    qualify.add_argument("--from", type=date.fromisoformat, dest="valid_from", metavar="YYYY-MM-DD")
    qualify.add_argument("--until", type=date.fromisoformat, dest="valid_until", metavar="YYYY-MM-DD")


def run(options: argparse.Namespace) -> int:
    """Do it; 1 with the reason when it cannot be done."""
    set_up()
    from kuaichu.commands.accounts import Unusable

    try:
        return _add(options) if options.what == "add" else _qualify(options)
    except Unusable as reason:
        print(f"kuaichu staff: {reason}", file=sys.stderr)
        return 1


def _add(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from kuaichu.commands import accounts

    password = getpass.getpass("Password: ") if options.ask_password else secrets.token_hex(8)
    try:
        validate_password(password)
    except ValidationError as weak:
        raise accounts.Unusable(" ".join(weak.messages)) from None
    account = accounts.add(
        city=settings.DEFAULT_CITY,
        username=options.username,
        password=password,
        organisation_code=options.organisation,
        roles=options.roles,
        name=options.name,
        badge=options.badge,
        id_number=getpass.getpass("ID number: ") if options.ask_id_number else "",
    )
    print(f"account 账号        {account.username} ({', '.join(account.roles)})")
    if not options.ask_password:
        print(f"password 密码       {password}   (shown once; to be changed 仅显示一次，请修改)")
    if not options.no_second_factor:
        print(f"authenticator 动态口令密钥 {accounts.bind_second_factor(account)}   (shown once 仅显示一次)")
    return 0


def _qualify(options: argparse.Namespace) -> int:
    from kuaichu.commands import accounts
    from kuaichu.kernel import clock
    from kuaichu.people.models import Account

    account = Account.objects.filter(username=options.username).first()
    if account is None:
        raise accounts.Unusable(f"there is no account {options.username!r}")
    start = options.valid_from or clock.today()
    end = options.valid_until or start + timedelta(days=3 * 365)
    accounts.qualify(account, options.kind, options.number, start, end)
    print(f"{account.username}: {options.kind} {options.number}, {start} – {end}")
    return 0
