"""Questions to a running system's own database, from outside of it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.servers import ROOT, Server


def asked(server: Server, code: str, given: dict[str, Any]) -> Any:
    """What some lines of Python print as JSON; they find `given` and `json` there."""
    head = f"import json, sys, django\ndjango.setup()\ngiven = json.loads({json.dumps(json.dumps(given))})\n"
    done = subprocess.run(
        [sys.executable, "-c", head + code],
        env=server.environment | {"DJANGO_SETTINGS_MODULE": "kuaichu.settings"},
        cwd=ROOT, text=True, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return json.loads(done.stdout)
