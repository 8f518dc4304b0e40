"""The floor: rows, files and signatures of complete cases, written barely, without the product's code.

The rows are those which a replay has left in the database. They are inserted again into empty tables of
the same schema, in as many transactions as the replay had acts: one for each journal entry, and two for each
delivery (claimed, done). Every photograph and paper is written, synchronised and renamed; one P-256 signature
is made for each paper.
"""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import time
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PREFIXES = ("cases_", "kernel_", "liability_", "documents_", "claims_", "notify_")


def tables(db: sqlite3.Connection) -> dict[str, list[str]]:
    """The product's own tables with the statements that make them and their indexes."""
    rows = db.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index'")
    found: dict[str, list[str]] = {}
    for table, sql in rows:
        if table.startswith(PREFIXES):
            found.setdefault(table, []).append(sql)
    return found


def on_sqlite(source: Path, folder: Path) -> tuple[float, int]:
    """Processor seconds of the floor, and how many complete cases it wrote."""
    with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as db:
        schema = tables(db)
        rows = {table: db.execute(f'SELECT * FROM "{table}"').fetchall() for table in schema}
        closed = db.execute("SELECT COUNT(*) FROM cases_case WHERE status = 'closed'").fetchone()[0]
        entries = len(rows["kernel_entry"])
        sizes = [size for (size,) in db.execute("SELECT size FROM cases_evidence")]
        sizes += [size for (size,) in db.execute("SELECT file_size FROM documents_paper WHERE file_size > 0")]
        papers = db.execute("SELECT COUNT(*) FROM documents_paper").fetchone()[0]
        followed = db.execute("SELECT COUNT(*) FROM kernel_entry WHERE caused_by IS NOT NULL").fetchone()[0]
    payloads = [secrets.token_bytes(size) for size in sizes[:64]]
    target = sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        target.execute(f"PRAGMA {pragma}")
    for statements in schema.values():
        for sql in statements:
            target.execute(re.sub(r'"people_\w+"', '"kernel_entry"', sql))
    started = time.process_time()
    _write_rows(target, rows, transactions=entries + 2 * followed)
    _write_files(folder / "files", sizes, payloads)
    _sign(papers)
    used = time.process_time() - started
    target.close()
    return used, closed


def _write_rows(db: sqlite3.Connection, rows: dict[str, list[Any]], *, transactions: int) -> None:
    """All rows, spread over so many transactions."""
    waiting = [(table, row) for table, listed in rows.items() for row in listed]
    share = max(1, len(waiting) // max(1, transactions))
    place = 0
    for _ in range(transactions):
        db.execute("BEGIN IMMEDIATE")
        for table, row in waiting[place : place + share]:
            db.execute(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(row))})', row)
        if place >= len(waiting):
            db.execute("INSERT INTO kernel_counter (name, value) VALUES (?, 1)", (f"floor-{_}",))
        place += share
        db.execute("COMMIT")
    db.execute("BEGIN IMMEDIATE")
    for table, row in waiting[place:]:
        db.execute(f'INSERT INTO "{table}" VALUES ({",".join("?" * len(row))})', row)
    db.execute("COMMIT")


def _write_files(folder: Path, sizes: list[int], payloads: list[bytes]) -> None:
    folder.mkdir()
    for number, size in enumerate(sizes):
        partial, final = folder / "partial", folder / f"{number}"
        with partial.open("wb") as file:
            file.write(payloads[number % len(payloads)][:size])
            file.flush()
            os.fsync(file.fileno())
        partial.rename(final)
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _sign(papers: int) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    for _ in range(papers):
        key.sign(b"a paper", ec.ECDSA(hashes.SHA256()))
