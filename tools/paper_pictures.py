"""Draw every kind of paper for docs/papers: `python tools/paper_pictures.py` (needs poppler's pdftoppm).

The seal's image is drawn on the papers that bear one, as the demonstration's keys make it; the people are
those of the tests' examples.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "papers"
DPI = 80
GREYS = 16


def pictures() -> Iterator[tuple[str, bytes]]:
    """Name and PNG of every page of every kind, sealed, and of the two reading copies of a certificate."""
    from kuaichu.connectors.seal.software import SoftwareSeals
    from kuaichu.connectors.timestamps.local import LocalTimeStamper
    from kuaichu.desks.documents import rendering, sealing
    from kuaichu.desks.documents.papers.facts import Author
    from kuaichu.desks.documents.papers.kinds import KINDS
    from kuaichu.desks.documents.papers.reading import Style, reading_copy
    from tests.desks.documents.examples import assets, example
    from tests.desks.documents.samples import MOMENT, UNIT, certificate

    with tempfile.TemporaryDirectory() as keys:
        identity = SoftwareSeals(Path(keys) / "seal").identity("371602", UNIT)
        stamps: Any = LocalTimeStamper(Path(keys) / "tsa")
        for kind in KINDS.values():
            facts = example(kind)
            pdf = sealing.prepare(rendering.render(facts, timestamp=MOMENT, assets=assets(facts)))
            sealed = sealing.certify(
                pdf, identity=identity, timestamper=stamps, now=datetime.now(UTC),
                show_seal=facts.AUTHOR is Author.POLICE,
            )  # fmt: skip
            yield from _pages(kind.KIND, sealed.pdf)
    for style in Style:
        made = reading_copy(
            certificate(), code="7K3M-9QXR-04WD", check_at="kc.binzhou.example/v", style=style,
            timestamp=MOMENT + timedelta(minutes=40),
        )  # fmt: skip
        yield next(_pages(f"reading_{style}", made))


def _pages(name: str, pdf: bytes) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        subprocess.run(
            ["pdftoppm", "-r", str(DPI), "-png", str(file), str(Path(folder) / "page")],
            check=True,
            timeout=60,
        )
        for index, shot in enumerate(sorted(Path(folder).glob("page*.png"))):
            yield f"{name}.png" if not index else f"{name}-{index + 1}.png", _small(shot.read_bytes())


def _small(png: bytes) -> bytes:
    out = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(GREYS, dither=Image.Dither.NONE)
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> int:
    """Write all pictures; say how many bytes they take."""
    FOLDER.mkdir(exist_ok=True)
    total = 0
    for name, data in pictures():
        (FOLDER / name).write_bytes(data)
        total += len(data)
    sys.stdout.write(f"{total / 1024:.0f} KB in {FOLDER.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
