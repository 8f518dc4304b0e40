"""The pictures of the README, from a demonstration with its stories; only with `--screenshots`."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.browser import papers
from tests.browser.clerks import Clerk
from tests.browser.demonstration import Demonstration
from tests.browser.looking import OTHER, Look, ask_in
from tests.browser.people import Driver
from tests.browser.staff import Adjuster, Officer
from tests.browser.test_story import answer, prove_in_the_report, start
from tests.servers import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.pictures,
    pytest.mark.needs("chromium", "pdftoppm"),
]
FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 200_000
ENDINGS = {"en": "", "zh": "-zh"}
LOCALES = {"en": "en-GB", "zh": "zh-CN"}


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """`kuaichu demo` with its stories."""
    running = Demonstration(tmp_path_factory.mktemp("lived_in"))
    yield running
    running.stop()


def unseen(_page: Page) -> None:
    """Here pages are only photographed; the stories look at them."""


def keep(data: bytes, name: str) -> None:
    """A PNG of at most 200 KB: fewer colours first, then fewer dots."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    for colours, scale in ((256, 1), (128, 1), (64, 1), (128, 0.8), (64, 0.8), (64, 0.6)):
        size = (round(image.width * scale), round(image.height * scale))
        out = io.BytesIO()
        small = image.resize(size, Image.Resampling.LANCZOS) if scale < 1 else image
        small.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / f"{name}.png").write_bytes(out.getvalue())
            return
    raise AssertionError(f"{name} cannot be made small enough")


def snap(page: Page, name: str, *, top: str = "") -> None:
    """What the screen shows, in the page's own language; `top` is scrolled to the upper edge first."""
    page.wait_for_load_state("load")
    page.evaluate("() => document.fonts.ready.then(() => true)")
    if top:
        page.locator(top).first.evaluate(
            "node => window.scrollTo(0, node.getBoundingClientRect().top + window.scrollY - 76)"
        )
    page.wait_for_function("() => [...document.images].every(i => i.complete || i.loading == 'lazy')")
    page.wait_for_timeout(400)
    language = page.evaluate("document.documentElement.lang")[:2]
    keep(page.screenshot(caret="initial"), name + ENDINGS[language])


def snap_both(clerk: Clerk, name: str, url: str) -> None:
    """A desk's page in its own and in the other language."""
    snap(clerk.page, name)
    language = clerk.page.evaluate("document.documentElement.lang")[:2]
    second = clerk.page.context.new_page()
    second.set_viewport_size({"width": 1440, "height": 900})
    second.route(lambda address: "/live/" not in address, lambda route: ask_in(route, OTHER[language]))
    second.goto(url)
    snap(second, name)
    second.close()


def test_the_desks(lived_in: Demonstration, make_page: Callable[..., Page], tmp_path: Path) -> None:
    look, base = Look(unseen, None), lived_in.base
    officer = Officer(make_page, lived_in, look, "officer", "en-GB")
    officer.sign_in()
    officer.page.goto(f"{base}/police/")
    snap_both(officer, "police-queue", f"{base}/police/")
    officer.take()
    ruling = officer.page.url
    officer.adopt("双方陈述与照片一致。")
    snap_both(officer, "police-ruling", ruling)
    officer.sign()
    case = ruling.rsplit("/", 1)[1]
    certificate(officer, f"{base}/police/cases/{case}/done", tmp_path)
    adjuster = Adjuster(make_page, lived_in, look, "adjuster_lixiahe", "en-GB")
    adjuster.sign_in()
    open_computed_claim(adjuster)
    snap_both(adjuster, "insurer-claim", adjuster.page.url)


def test_the_library(lived_in: Demonstration, make_page: Callable[..., Page]) -> None:
    for locale in LOCALES.values():
        page = make_page("desk", locale)
        for name, path in (("library", "/library"), ("library-rule", "/library/LC-01")):
            page.goto(lived_in.base + path)
            snap(page, name, top=".shelf" if name == "library" else "")


def open_computed_claim(adjuster: Adjuster) -> None:
    """The claim that waits for an approval: nothing of a claim's page is empty then."""
    page = adjuster.page
    page.goto(f"{adjuster.demo.base}/insurer/")
    addresses = [link.get_attribute("href") for link in page.locator("tbody a").all()]
    for address in addresses:
        page.goto(f"{adjuster.demo.base}{address}")
        if page.locator("form[action$='/approval']").count():
            return
    raise AssertionError("no claim waits for an approval")


def certificate(officer: Officer, done: str, folder: Path) -> None:
    """The paper itself, and the page that says that it is genuine."""
    button = officer.page.locator('a[href$="/paper.pdf"]')
    for _ in range(30):
        officer.page.goto(done)
        if button.count():
            break
        officer.page.wait_for_timeout(1000)
    path = folder / "paper.pdf"
    address = button.get_attribute("href")
    path.write_bytes(officer.page.request.get(officer.demo.base + str(address)).body())
    subprocess.run(
        ["pdftoppm", "-r", "90", "-png", "-singlefile", str(path), str(folder / "page")], check=True
    )
    for ending in ENDINGS.values():
        keep((folder / "page.png").read_bytes(), f"certificate{ending}")
    url = officer.demo.base + "/v/" + papers.qr_text(path).rsplit("/", 1)[1]
    officer.page.goto(url)
    snap_both(officer, "verify-valid", url)


@pytest.mark.parametrize(("language", "end"), [("en", "1"), ("zh", "3")])
def test_the_phones(
    lived_in: Demonstration,
    make_page: Callable[..., Page],
    axe: Callable[[Page], None],
    language: str,
    end: str,
) -> None:
    look = Look(unseen, None)
    plates = lived_in.streets.car(f"苏J5H30{end}"), lived_in.streets.car(f"苏J7K21{end}", insurer="TAIHU")
    first = Driver(make_page, lived_in, look, plates[0], LOCALES[language])
    second = Driver(make_page, lived_in, look, plates[1], LOCALES[language])
    for driver in (first, second):
        driver.page.set_viewport_size({"width": 360, "height": 760})
    first.page.goto(lived_in.base)
    snap(first.page, "front-phone")
    start(first)
    first.describe()
    first.name_vehicle(first.plate)
    prove_in_the_report(first)
    first.on_step["photos-sent"] = lambda page: snap(page, "report-photos")
    first.on_step["zone-chosen"] = lambda page: snap(page, "zones")
    first.photograph("front")
    first.go("photos")
    first.photograph("rear", "contact")
    first.tell("STRAIGHT", "FRONT", "STOPPED_QUEUE", "REAR")
    first.send_message(second.number)
    first.confirm()
    second.open_message()
    second.prove()
    answer(second)
    first.settle("agree")
    second.settle("agree")
    for driver in (first, second):
        driver.button("agreement").wait_for()
    first.sign()
    second.on_step["signing"] = lambda page: snap(page, "agreement", top=".signpad")
    second.sign()
    second.go()
    second.page.locator('a[href$="?download"]').wait_for()
    second.name_card()
    first.name_card()
    first.page.wait_for_timeout(20_000)  # the insurers answer meanwhile
    first.go()
    snap(first.page, "timeline", top=".timeline")
