from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.portals.api import casework


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder: Path = tmp_path_factory.getbasetemp() / "insurer-objects"
    settings.STORAGE_DIR = folder / "objects"
    nobody = {"base_url": "http://127.0.0.1:9"}  # never what happens to run on this machine
    outside = dict.fromkeys(("sms", "register", "policies", "payout"), nobody)
    settings.CONNECTORS = {**settings.CONNECTORS, **outside}


def signed_in(code: str, name: str) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(
        casework.adjuster(casework.insurer(code, name)),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return browser


@pytest.fixture
def huaihai(db) -> Client:
    """An adjuster of the at-fault driver's insurer."""
    return signed_in("HUAIHAI", "淮海财产保险")


@pytest.fixture
def taihu(db) -> Client:
    """An adjuster of the other one."""
    return signed_in("TAIHU", "太湖财产保险")
