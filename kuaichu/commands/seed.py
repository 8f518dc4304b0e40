"""`kuaichu seed`: a city's organisations and staff; with --stories, cases in every state; never twice."""

from __future__ import annotations

import argparse

from kuaichu.commands import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument(
        "--stories", action="store_true", help="also cases in every state (needs the stand-ins)"
    )
    parser.add_argument(
        "--webhook", action="append", default=[], metavar="CODE=URL", help="an insurer's address"
    )
    parser.add_argument("--authenticators", metavar="URL", help="register the accounts' authenticators there")


def run(options: argparse.Namespace) -> int:
    """Seed the city of this installation."""
    set_up()
    from django.conf import settings

    from kuaichu.commands.seeding import roster

    city = settings.DEFAULT_CITY
    kept = roster.seed(city)
    roster.point_webhooks(city, dict(item.split("=", 1) for item in options.webhook))
    if options.authenticators:
        register_authenticators(options.authenticators, kept.authenticators)
    accounts, insurers = len(kept.authenticators), len(kept.clients)
    print(f"{city}: {accounts} accounts 账号, {insurers} connected insurers 联网保险公司")
    if options.stories:
        from kuaichu.commands.seeding import stories

        for title in stories.tell(city, kept):
            print(f"  {title}", flush=True)
    return 0


def register_authenticators(url: str, secrets: dict[str, str]) -> None:
    """Put the authenticators' secrets (base 32, by account) into the demonstration's telephones."""
    import httpx

    with httpx.Client(base_url=url, trust_env=False, timeout=10) as phones:
        for username, secret in secrets.items():
            body = {"label": username, "secret_base32": secret}
            phones.post("/authenticators", json=body).raise_for_status()
