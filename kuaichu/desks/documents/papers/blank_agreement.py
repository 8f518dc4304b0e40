"""The agreement as an empty form to be filled in by hand: the paper twin of the pages (D146 Art. 21).

It is not a paper of the desk: it bears no number and no seal. A QR leads back to the place where the
filled-in form is photographed into a case.
"""

from __future__ import annotations

import io
import json
from functools import lru_cache
from pathlib import Path

import segno
import typst

from kuaichu.desks.documents.papers.agreement import DECLARATION, NOTICES
from kuaichu.desks.documents.typefaces import standard

TEMPLATE = Path(__file__).parent / "blank_agreement.typ"
# The document's date: of the template, so that the same form has the same bytes.
REVISION = 1_795_000_000


@lru_cache(maxsize=8)
def blank_agreement(city_name: str, address: str) -> bytes:
    """The empty form for two parties as one page of PDF, for this city; `address` is printed and coded."""
    facts = {
        "number": "",
        "kind": "blank_agreement",
        "city": city_name,
        "address": address,
        "parties": 2,
        "declaration": DECLARATION,
        "notices": NOTICES,
    }
    faces = standard()
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=faces.fonts,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-3a", "ua-1"],
        timestamp=REVISION,
        sys_inputs={
            "facts": json.dumps(facts, ensure_ascii=False),
            "assets": json.dumps({"qr": _qr(address), "code": "", "check_at": "", "drawings": {}}),
            "font": faces.body,
        },
    )
    assert isinstance(made, bytes)
    return made


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode()
