"""`python -m bench.money [POSTINGS]`: payout calculations and the ledger, in a database of its own."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any


def measure(postings: int) -> dict[str, Any]:
    """The figures; the settings lead to a database that may be filled."""
    import django

    django.setup()
    from django.core.management import call_command

    from bench import ledger, payouts

    call_command("migrate", verbosity=0)
    found = {name: round(value, 3) for name, value in asdict(payouts.costs()).items()}
    return {"payouts": found, "ledger": ledger.measure(postings)}


if __name__ == "__main__":
    memory = Path("/dev/shm")  # how fast the disk is says nothing here
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        os.environ |= {
            "KUAICHU_VAR": folder,
            "KUAICHU_DATABASE": f"sqlite:///{folder}/money.sqlite3",
            "DJANGO_SETTINGS_MODULE": "kuaichu.settings",
        }
        sys.stdout.write(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)) + "\n")
