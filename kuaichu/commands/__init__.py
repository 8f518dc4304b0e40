"""What an operator types: `kuaichu <command>`. Each module has `arguments(parser)` and `run(options)`."""

from __future__ import annotations


def set_up() -> None:
    """Make Django ready, for commands that read or write the database. Only warnings are logged by default."""
    import os

    os.environ.setdefault("KUAICHU_LOG", "WARNING")
    import django

    django.setup()
