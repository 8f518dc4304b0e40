"""What an operator types: `kuaichu <command>`. Each module has `arguments(parser)` and `run(options)`."""

from __future__ import annotations


def set_up() -> None:
    """Make Django ready for commands that use the database. By default only warnings are logged."""
    import os

    os.environ.setdefault("KUAICHU_LOG", "WARNING")
    import django

    django.setup()
