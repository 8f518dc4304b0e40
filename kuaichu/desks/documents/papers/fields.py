"""From the template's marks to signature fields.

A template marks the place of a field as a link to `field:<Name>` (layout.typ). typst gives the link its
rectangle and its tag in reading order; here both become an empty, tagged signature field.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf

FIELD_LINK = "field:"
FIELD_TITLES = {"Seal": "印章和签名", "Timestamp": "时间戳", "Receipt": "当事人签收"}


def prepare(pdf: bytes) -> bytes:
    """The rendered paper with its marked places as empty, tagged signature fields. Deterministic."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        parents = dict(_parent_tree(document))
        fields = pikepdf.Array()
        for page in document.pages:
            for annotation in page.obj.get("/Annots", []):
                name = _field_name(annotation)
                if name:
                    _make_field(document, annotation, name)
                    _tag_as_form(parents[int(annotation["/StructParent"])])
                    fields.append(annotation)
        document.Root["/AcroForm"] = document.make_indirect(pikepdf.Dictionary(Fields=fields, SigFlags=0))
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            fix_metadata_version=False,  # it states what typst has written, which stays
        )
    return out.getvalue()


def _field_name(annotation: Any) -> str:
    target = str(annotation.get("/A", pikepdf.Dictionary()).get("/URI", ""))
    return target.removeprefix(FIELD_LINK) if target.startswith(FIELD_LINK) else ""


def _parent_tree(document: pikepdf.Pdf) -> list[tuple[int, Any]]:
    found: list[tuple[int, Any]] = []
    waiting = [document.Root.StructTreeRoot.ParentTree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.get("/Kids", []))
        numbers = list(node.get("/Nums", []))
        found.extend((int(key), value) for key, value in zip(numbers[::2], numbers[1::2], strict=True))
    return found


def _tag_as_form(element: Any) -> None:
    element["/S"] = pikepdf.Name.Form
    kids = element["/K"]
    if isinstance(kids, pikepdf.Array) and len(kids) == 1:
        # pyHanko accepts later signatures in this field only if the tag leads to it without an array.
        element["/K"] = kids[0]


def _make_field(document: pikepdf.Pdf, annotation: Any, name: str) -> None:
    for key in ("/A", "/Border", "/Contents"):
        if key in annotation:
            del annotation[key]
    left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
    empty = document.make_stream(b"")
    empty.Type, empty.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    empty.BBox = pikepdf.Array([0, 0, right - left, top - bottom])
    empty.Resources = pikepdf.Dictionary()
    annotation["/Subtype"] = pikepdf.Name.Widget
    annotation["/FT"] = pikepdf.Name.Sig
    annotation["/T"] = pikepdf.String(name)
    annotation["/TU"] = pikepdf.String(FIELD_TITLES.get(name.rstrip("0123456789"), name))
    annotation["/F"] = 4
    annotation["/AP"] = pikepdf.Dictionary(N=empty)
