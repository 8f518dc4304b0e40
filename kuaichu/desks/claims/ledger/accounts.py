"""The accounts of an insurer's book."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.TextChoices):
    """What stands on an account. A debit is positive: assets and expenses grow by it."""

    BANK = "bank", _("bank")
    CLAIMS = "claims", _("claims paid")
    RECOVERABLE = "recoverable", _("paid too much, to come back")
    ADVANCED = "advanced", _("advanced for a party, to come back")
    DUE_FROM = "due_from", _("owed by another insurer")
    DUE_TO = "due_to", _("owed to another insurer")
    SETTLEMENT = "settlement", _("netted, to be settled")
    WRITTEN_OFF = "written_off", _("written off")


RECEIVABLES: Final = (Account.RECOVERABLE, Account.ADVANCED, Account.DUE_FROM)
"""The accounts whose open amounts grow old."""
