"""`kuaichu rerun-bundle FILE`: check a dispute bundle and ask the engine again, anywhere, without network.

Exit code 0 when everything holds, 1 when something does not, 2 when the file is no bundle.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kuaichu.commands import set_up


def arguments(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    parser.add_argument("file", type=Path, help="the bundle (zip)")
    words = "published keys kept from before (JWKS); without them those inside the bundle are believed"
    parser.add_argument("--keys", type=Path, help=words)


def run(options: argparse.Namespace) -> int:
    """Print each check; see the module's text for the exit code."""
    set_up()
    from kuaichu.commands.proving.rerunning.checks import BROKEN, checked, rerun
    from kuaichu.commands.proving.rerunning.opening import NotABundle, opened
    from kuaichu.desks.documents.signing_keys import Keyset
    from kuaichu.kernel import canonical

    try:
        files = opened(options.file)
        keys = Keyset.from_jwks(options.keys.read_text()) if options.keys else None
    except (NotABundle, OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    found = checked(files, keys)
    for name, wrong in found.items():
        print(f"{name:12} {'ok 正常' if not wrong else f'{len(wrong)} WRONG 异常'}")
        for text in wrong[:20]:
            print(f"    {text}", file=sys.stderr)
    try:
        print(f"proposal 方案 {canonical.digest(rerun(files))}")
    except BROKEN:
        print("proposal 方案 —")
    return 1 if any(found.values()) else 0
