"""Pictures on papers: drawn signatures and sketches as plain shapes, photographs as they are."""

from __future__ import annotations

import base64
import io
import struct
import xml.etree.ElementTree as ET

import typst
from PIL import Image

DRAWING_LIMIT = 512 * 1024
PHOTO_LIMIT = 4 * 1024 * 1024

_SVG = "{http://www.w3.org/2000/svg}"
_SVG_TAGS = {
    _SVG + tag
    for tag in [
        "svg",
        "g",
        "path",
        "line",
        "polyline",
        "polygon",
        "rect",
        "circle",
        "ellipse",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "marker",
    ]
}


class RenderRefused(ValueError):
    """The paper cannot be made from this input; nothing in the text is personal data."""


class BadDrawing(RenderRefused):
    """A picture is not a plain SVG, PNG or JPEG, or not the one whose hash the facts hold."""


def picture(data: bytes) -> str:
    """A drawing as an SVG text which typst may draw. Raises `BadDrawing`.

    Only plain shapes pass: no links, images, scripts, styles or entities; a PNG is wrapped as it is.
    """
    if len(data) > DRAWING_LIMIT:
        raise BadDrawing("drawing: too large")
    if _is_png(data):
        width, height = struct.unpack(">LL", data[16:24]) if len(data) >= 24 else (0, 0)
        if not (0 < width <= 4096 and 0 < height <= 4096):
            raise BadDrawing("drawing: unreasonable size")
        uri = "data:image/png;base64," + base64.b64encode(data).decode()
        return _framed(uri, width, height)
    _svg_root(data)
    return data.decode()


def drawing_png(data: bytes) -> bytes:
    """A drawing as PNG with a transparent ground, for a later receipt's field. Raises `BadDrawing`."""
    if _is_png(data):
        picture(data)
        return data
    page = (
        "#set page(width: 60mm, height: 22mm, margin: 0mm, fill: none)\n"
        '#image(bytes(sys.inputs.drawing), format: "svg", width: 100%, height: 100%, fit: "contain")'
    )
    try:
        image = typst.compile(
            page.encode(),
            format="png",
            ppi=200,
            sys_inputs={"drawing": picture(data)},
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise BadDrawing("drawing: cannot be drawn") from error
    if not isinstance(image, bytes):
        raise BadDrawing("drawing: cannot be drawn")
    return image


def _is_png(data: bytes) -> bool:
    return data.startswith(b"\x89PNG\r\n\x1a\n")


def _svg_root(data: bytes) -> ET.Element:
    try:
        text = data.decode()
        if "<!" in text or "<?xml-" in text or len(data) > DRAWING_LIMIT:
            raise BadDrawing("drawing: declarations are not allowed")
        root = ET.fromstring(text)  # no declaration, so no entity can expand
    except (UnicodeDecodeError, ET.ParseError) as error:
        raise BadDrawing("drawing: neither SVG nor PNG") from error
    for element in root.iter():
        if element.tag not in _SVG_TAGS or any(_unsafe(name, text) for name, text in element.attrib.items()):
            raise BadDrawing("drawing: more than plain shapes")
    return root


def _unsafe(name: str, text: str) -> bool:
    return name.endswith("href") or name == "style" or ("url(" in text and not text.startswith("url(#"))


def photograph(data: bytes) -> str:
    """A JPEG as an SVG text which typst may draw; its compressed bytes go into the PDF as they are.

    Raises `BadDrawing` for anything else, and for what is too large or not complete.
    """
    if len(data) > PHOTO_LIMIT:
        raise BadDrawing("photo: too large")
    width, height = _jpeg_size(data)
    uri = "data:image/jpeg;base64," + base64.b64encode(data).decode()
    return _framed(uri, width, height)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
            size = image.size
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise BadDrawing("photo: no JPEG") from error
    if max(size) > 4096:
        raise BadDrawing("photo: unreasonable size")
    return size


def _framed(uri: str, width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{uri}"/></svg>'
    )
