"""`kuaichu verify-document FILE`: genuine, unchanged and in force? The same answer as the public page.

With `--root`, without any installation: seal and bytes are judged by that root alone. Exit code 0 for a file
that is valid (or sealed, with `--root`), 1 for any other answer, 2 where the question could not be asked.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kuaichu.commands import set_up

if TYPE_CHECKING:
    from kuaichu.portals.public.apart import Bench
    from kuaichu.queries.verdicts import Verdict

GOOD = ("valid", "sealed")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("file", type=Path, help="the PDF file")
    words = (
        "root certificate (DER or PEM) to believe instead of this installation's register; may be repeated"
    )
    parser.add_argument("--root", type=Path, action="append", help=words)
    words = "root certificate of a time-stamp authority to believe; with --root"
    parser.add_argument("--timestamp-root", type=Path, action="append", default=[], help=words)
    parser.add_argument("--json", action="store_true", help="the answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the answer."""
    set_up()
    from django.core.serializers.json import DjangoJSONEncoder

    from kuaichu.desks.documents.checking import SIZE_LIMIT
    from kuaichu.portals.public.apart import Bench, Busy

    try:
        with options.file.open("rb") as file:
            pdf = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        print(f"{options.file}: {error.strerror}", file=sys.stderr)
        return 2
    bench = Bench(spare=False)
    try:
        verdict = _by_roots(pdf, options, bench) if options.root else _by_register(pdf, bench)
    except Busy:
        print("this machine is too busy to judge the file now; try again", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"a root cannot be read: {error}", file=sys.stderr)
        return 2
    print(
        json.dumps(dataclasses.asdict(verdict), cls=DjangoJSONEncoder, ensure_ascii=False)
        if options.json
        else _text(verdict)
    )
    return 0 if verdict.answer.value in GOOD else 1


def _by_register(pdf: bytes, bench: Bench) -> Verdict:
    from kuaichu.kernel import clock
    from kuaichu.queries.papering.file_verification import by_file

    return by_file(pdf, partial(bench.judge, now=clock.now()))


def _by_roots(pdf: bytes, options: argparse.Namespace, bench: Bench) -> Verdict:
    from kuaichu.desks.documents.checking import Trust
    from kuaichu.kernel import clock
    from kuaichu.queries.papering.file_verification import by_roots

    trust = Trust(
        tuple(_certificate(path) for path in options.root),
        tuple(_certificate(path) for path in options.timestamp_root),
    )
    return by_roots(pdf, trust, partial(bench.judge, now=clock.now()))


def _certificate(path: Path) -> bytes:
    """A certificate file as DER. Raises ValueError."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from error
    pem = data.lstrip().startswith(b"-----")
    found = x509.load_pem_x509_certificate(data) if pem else x509.load_der_x509_certificate(data)
    return found.public_bytes(Encoding.DER)


def _text(verdict: Verdict) -> str:
    """What the page says, in lines."""
    from kuaichu.portals.public import change_words, words
    from kuaichu.portals.public.check_words import said

    shown = words.shown(verdict)
    face = words.FACES[verdict.answer]
    lines = [f"{verdict.answer.value}: {face.title}", f"  {shown['lead']}"]
    if verdict.paper is not None:
        paper = verdict.paper
        lines.append(f"  {shown['kind']} {paper.number}")
        lines += [f"  → {paper.successor}"] if paper.successor else []
        lines += [f"  {paper.ended_why}"] if paper.ended_why else []
    elif verdict.claimed:
        lines.append(f"  {verdict.claimed}")
    lines += [f"  ! {line}" for line in change_words.told(verdict.changes)]
    lines += [f"  [{check.state.value}] {said(check)}" for check in verdict.checks]
    return "\n".join(lines)
