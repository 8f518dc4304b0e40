"""The QR as printed: 30 mm on paper, scanned badly, read by a decoder that is not ours (ZXing)."""

from __future__ import annotations

import io
import random
import subprocess
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from kuaichu.desks.documents import qr
from kuaichu.desks.documents.rendering import render
from kuaichu.desks.documents.signing_keys import SigningKey
from tests.desks.documents.examples import assets, example
from tests.desks.documents.samples import MOMENT, SummaryCertificate
from tests.desks.documents.test_qr import HOST, OTHER_PEM, claims_of

FINE = 4
LONGEST = "鲁公交滨城简认〔2026〕第123456号"


def issued(number: str = LONGEST) -> tuple[SummaryCertificate, str]:
    """A certificate and the text of its QR, as a city with a long number prints it."""
    facts = example(SummaryCertificate, number=number)
    assert isinstance(facts, SummaryCertificate)
    key = SigningKey.from_pem(OTHER_PEM)
    claims = replace(claims_of(facts, 10**6), kind=facts.KIND)
    return facts, qr.issue(claims, host=HOST, key_id=key.key_id, sign=key.sign)


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> Image.Image:
    """The printed page at four times the scanner's 96 dots an inch."""
    facts, text = issued()
    file = tmp_path_factory.mktemp("print") / "a.pdf"
    file.write_bytes(render(facts, timestamp=MOMENT, assets=assets(facts, text)))
    made = subprocess.run(
        ["pdftoppm", "-r", str(FINE * 96), "-png", "-gray", file], capture_output=True, check=True
    )
    return Image.open(io.BytesIO(made.stdout)).convert("L")


def scanned(page: Image.Image, angle: float, blur: float) -> Image.Image:
    """As a scanner of 96 dots an inch sees the sheet laid on it at this angle, out of focus by `blur`."""
    turned = page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    seen = turned.resize((turned.width // FINE, turned.height // FINE), Image.Resampling.BOX)
    return seen.filter(ImageFilter.GaussianBlur(blur)) if blur else seen


def read(image: Image.Image, *, enlarged: int = 3) -> list[str]:
    """What the decoder finds; enlarged first, as programs for scans do."""
    large = image.resize((image.width * enlarged, image.height * enlarged), Image.Resampling.BICUBIC)
    return [found.text for found in zxingcpp.read_barcodes(large, formats=zxingcpp.BarcodeFormat.QRCode)]


def test_its_side_is_thirty_millimetres(printed):
    found = zxingcpp.read_barcode(printed, formats=zxingcpp.BarcodeFormat.QRCode)
    corners = found.position
    wide = corners.top_right.x - corners.top_left.x
    assert abs(wide / (FINE * 96) * 25.4 - 30) < 0.7


@pytest.mark.parametrize("angle", [0, 3, 7, 15, 30, 45, 90, 180, 275])
@pytest.mark.parametrize("blur", [0, 0.4, 0.6])
def test_scanned_at_96_dots_turned_and_blurred(printed, angle, blur):
    assert read(scanned(printed, angle, blur)) == [issued()[1]]


@pytest.mark.parametrize("angle", [0, 7, 90])
def test_even_as_it_is(printed, angle):
    assert read(scanned(printed, angle, 0.4), enlarged=1) == [issued()[1]]


def test_on_grey_noisy_paper(printed):
    seen = scanned(printed, 4, 0.4)
    grain = Image.frombytes("L", seen.size, random.Random(5).randbytes(seen.width * seen.height))
    assert read(Image.blend(seen, grain, 0.15)) == [issued()[1]]


def test_another_paper_reads_as_another(printed):
    assert read(scanned(printed, 0, 0)) != [issued("鲁公交滨城简认〔2026〕第654321号")[1]]
