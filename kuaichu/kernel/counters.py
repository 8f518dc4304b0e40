"""Gap-free numbers. The caller is inside an act, so number and what it is given to are one transaction."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, connections

from kuaichu.kernel.models import Counter


def following_number(name: str) -> int:
    """The next number of the sequence `name`, starting at 1."""
    table = Counter._meta.db_table
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, value) VALUES (%s, 1)"
            f" ON CONFLICT (name) DO UPDATE SET value = {table}.value + 1 RETURNING value",
            [name],
        )
        return int(cursor.fetchone()[0])
