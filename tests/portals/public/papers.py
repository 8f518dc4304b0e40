"""Run as a program: issue papers in the database of this environment and say in JSON what they are."""

from __future__ import annotations

import base64
import json

import django

if __name__ == "__main__":
    django.setup()
    from kuaichu.desks.documents import revocations
    from tests.portals.public.conftest import SUPERVISOR, issue_one

    valid, old, revoked = issue_one(), issue_one(), issue_one()
    revocations.supersede(SUPERVISOR, old.paper.pk, valid.paper)
    revocations.revoke(SUPERVISOR, revoked.paper.pk, why="当事人提供虚假照片，经查实予以撤销")
    told = {
        "valid": valid.paper.code,
        "superseded": old.paper.code,
        "revoked": revoked.paper.code,
        "qr": valid.paper.qr.split("/V/")[1],
        "pdf": base64.b64encode(valid.pdf).decode(),
    }
    print(json.dumps(told))
