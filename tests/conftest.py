"""What many tests need: tools of the machine, real server processes, a real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from catalogues import compile_all

from tests import databases
from tests.servers import ROOT, Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django import Settings

SCREENSHOTS = ROOT / "screenshots"
AXE = ROOT / "tests" / "data" / "axe" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZES: dict[str, dict[str, Any]] = {
    "phone": {
        "viewport": {"width": 360, "height": 640}, "device_scale_factor": 2,
        "is_mobile": True, "has_touch": True,
    },
    "desk": {"viewport": {"width": 1366, "height": 768}},
}  # fmt: skip
PLACE = {"latitude": 33.3776, "longitude": 120.1573, "accuracy": 12}
NOT_INSTALLED = "which is not installed"


# How long an example takes says something about the machine only: no test is timed.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--screenshots", action="store_true", help="write screenshots/<name>.png where tests take one"
    )
    parser.addoption("--runs", type=int, default=1, help="how often a practised report is walked")
    parser.addoption(
        "--all-kills", action="store_true", help="interrupt reports at every step in every way (half an hour)"
    )


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        compile_all(ROOT / "kuaichu" / "locale")
    config.addinivalue_line(
        "markers", "needs(*programs): programs of the machine without which the test cannot run"
    )


def executable(program: str) -> str | None:
    """The path of a program of the machine."""
    names = CHROMIUM if program == "chromium" else (program,)
    return next((path for name in names if (path := shutil.which(name) or databases.program(name))), None)


def require(program: str) -> str:
    """The path of a program; without it the test is reported as not run, and fails where CI is set."""
    path = executable(program)
    if path is None:
        reason = f"needs {program}, {NOT_INSTALLED}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return path


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for program in marker.args:
            require(program)


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The name and folder of a migrated database, of which each server gets a copy."""
    folder = tmp_path_factory.mktemp("servers")
    name = f"blank_{os.getpid()}"
    environment = os.environ | {
        "KUAICHU_DATABASE": databases.create(name, folder),
        "KUAICHU_VAR": str(folder),
    }
    for command in ("migrate", "createcachetable"):
        arguments = [sys.executable, "-m", "django", command, "-v", "0", "--settings", "kuaichu.settings"]
        subprocess.run(arguments, check=True, env=environment, cwd=ROOT)
    yield name, folder
    databases.drop(name)


@pytest.fixture(scope="session")
def make_server(blank: tuple[str, Path]) -> Iterator[Callable[..., Server]]:
    """Make servers, each with its own migrated database; not started yet: `make_server().start()`."""
    made: list[tuple[Server, str]] = []

    def make(**environment: str) -> Server:
        template, folder = blank
        name = f"server_{os.getpid()}_{len(made)}"
        var = folder / f"{name}_var"
        var.mkdir()
        server = Server(databases.create(name, folder, template), var, environment)
        made.append((server, name))
        return server

    yield make
    for server, name in made:
        server.kill()
        databases.drop(name)


@pytest.fixture
def vision_lane(settings: Settings) -> None:
    """Photographs leave jobs in the lane `vision`, for `drain(lane="vision")`."""
    settings.LANES = frozenset({"vision"})


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    path = require("chromium")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright's loop runs in this thread; no view runs in it
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def make_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Make pages, each with its own cookies: `make_page("phone" or "desk", locale="en-GB", **options)`.

    A script error or a breach of the content security policy fails the test.
    """
    contexts, errors = [], []

    def heard(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    def make(size: str = "phone", locale: str = "zh-CN", **options: Any) -> Page:
        place = {"timezone_id": "Asia/Shanghai", "geolocation": PLACE, "permissions": ["geolocation"]}
        quiet = {"service_workers": "block"}  # it would hide a page's requests from its test
        context = chromium.new_context(**(SIZES[size] | quiet | {"locale": locale} | place | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", heard)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture
def phone_page(make_page: Callable[..., Page]) -> Page:
    """A page on a small phone, in Chinese."""
    return make_page("phone")


@pytest.fixture
def desk_page(make_page: Callable[..., Page]) -> Page:
    """A page on an office screen, in Chinese."""
    return make_page("desk")


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Fail on any violation of WCAG 2.2 A and AA that axe-core finds: `axe(page)`."""
    source = AXE.read_text(encoding="utf-8")

    def run(page: Page) -> None:
        page.evaluate(source)
        page.evaluate("scrollTo(0, 0)")  # what lies half under the bar at the top is not small by design
        call = (
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
        )
        found = page.evaluate(call, AXE_RULES)["violations"]
        listed = [f"{v['id']}: {v['help']} at {[n['target'] for n in v['nodes'][:5]]}" for v in found]
        assert not listed, "\n".join([page.url, *listed])

    return run


@pytest.fixture
def shot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Photograph a page as screenshots/<name>.png when `--screenshots` is given."""

    def take(page: Page, name: str) -> None:
        if request.config.getoption("screenshots"):
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, animations="disabled")

    return take


def pytest_terminal_summary(terminalreporter: Any) -> None:
    lost = [r for r in terminalreporter.stats.get("skipped", ()) if NOT_INSTALLED in str(r.longrepr)]
    if lost:
        terminalreporter.section(
            "not run, because this machine lacks a program (CI=true makes these failures)"
        )
    for report in lost:
        terminalreporter.line(f"{report.nodeid}: {report.longrepr[2]}")
