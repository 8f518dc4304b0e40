"""`kuaichu partners`: partners' systems: who is connected, webhooks, the certificates clients show."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kuaichu.commands import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("--webhook", metavar="CODE=URL", help="where an organisation's messages go")
    parser.add_argument(
        "--bind", metavar="CLIENT_ID=FILE", help="the certificate (PEM) this client must show"
    )
    parser.add_argument("--unbind", metavar="CLIENT_ID", help="this client shows no certificate any more")


def run(options: argparse.Namespace) -> int:
    """Change what is asked for, then list; 1 where there is no such organisation or client."""
    set_up()
    from kuaichu.kernel.refusals import Refusal

    try:
        if options.webhook:
            _point(*options.webhook.split("=", 1))
        if options.bind:
            client_id, _equals, file = options.bind.partition("=")
            _bind(client_id, Path(file).read_text(encoding="ascii"))
        if options.unbind:
            _bind(options.unbind, "")
    except (Refusal, LookupError, OSError, ValueError) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    _list()
    return 0


def _point(code: str, url: str = "") -> None:
    from django.conf import settings
    from django.core.validators import URLValidator

    from kuaichu.kernel.locks import writing
    from kuaichu.people.models import Organisation

    if not url.startswith("http://127.0.0.1:"):
        URLValidator(schemes=["http", "https"])(url)
    with writing():
        found = Organisation.objects.filter(city=settings.DEFAULT_CITY, code=code)
        if not found.update(webhook_url=url):
            raise LookupError(f"there is no organisation {code}")


def _bind(client_id: str, certificate: str) -> None:
    from kuaichu.kernel.locks import writing
    from kuaichu.people.models import Client
    from kuaichu.portals.api.certificates import fingerprint

    with writing():
        found = Client.objects.filter(application__client_id=client_id)
        if not found.update(certificate_sha256=fingerprint(certificate)):
            raise LookupError(f"there is no client {client_id}")


def _list() -> None:
    from django.conf import settings

    from kuaichu.people.models import Client

    rows = Client.objects.filter(organisation__city=settings.DEFAULT_CITY)
    for client in rows.select_related("organisation", "application").order_by("organisation__code"):
        home = client.organisation
        bound = client.certificate_sha256[:16] or "no certificate"
        print(
            f"{home.code:12} {client.application.client_id:28} {home.webhook_url or 'no webhook':40} {bound}"
        )
