"""A served installation of its own and Chromium, for tests of what a person meets."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filled import copy
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from serving import wait_for

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "seven quiet otters swim"
SEXTANT = [sys.executable, "-m", "sextant"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@dataclass(frozen=True)
class Served:
    """A running server: its address, its folder, and the environment of its commands."""

    url: str
    data: Path
    environ: dict[str, str]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `sextant …` on this installation."""
        return subprocess.run(
            [*SEXTANT, *arguments], env=self.environ, capture_output=True, text=True, timeout=60
        )


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An installation as `sextant serve` makes it: Granian, packed static files, SQLite."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = tmp_path_factory.mktemp("served")
    own = {"SEXTANT_DATA": str(data), "SEXTANT_URL": f"http://127.0.0.1:{port}"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SEXTANT_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    environ = {**kept, **own, "DATABASE_URL": ""}
    installation = Served(own["SEXTANT_URL"], data, environ)
    with (data / "log").open("wb") as log:
        command = [*SEXTANT, "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environ, stderr=log, stdout=log)
        try:
            wait_for(f"{installation.url}/readyz", server, data / "log")
            yield installation
        finally:
            server.terminate()
            server.wait(10)


@dataclass(frozen=True)
class Told:
    """The served demonstration: its address, and the password of all its people."""

    url: str
    folder: Path
    password: str

    def page(self, path: str, product: str = "front-page-recommender") -> str:
        """The address of a page of a product."""
        return f"{self.url}/products/{product}/{path}"


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory, demo: Path, filled_demo: Path) -> Iterator[Told]:
    """An installation with the demonstration inside, served with its worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("told") / "installation"
    copy(filled_demo, folder)
    environ = {n: v for n, v in os.environ.items() if not n.startswith("SEXTANT_")}
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    url, log_file = f"http://127.0.0.1:{port}", folder.parent / "log"
    command = [*SEXTANT, "demo", "--data", str(demo), "--folder", str(folder), "--port", str(port)]
    with log_file.open("wb") as log:
        server = subprocess.Popen(command, env=environ, stderr=log, stdout=log)
        try:
            wait_for(f"{url}/readyz", server, log_file)
            password = json.loads((folder / "demo.json").read_text())["password"]
            yield Told(url, folder, password)
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def states(told: Told, browser: Browser) -> dict[str, Any]:
    """The cookies of each person of the demonstration, by key."""
    found = {}
    for key in ("ines", "bruno", "tara", "dana", "rui", "vera", "ada"):
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{told.url}/account/login/")
            page.get_by_label("Mail address").fill(f"{key}@example.org")
            page.get_by_label("Password").fill(told.password)
            page.get_by_role("button", name="Log in").click()
            page.wait_for_url("**/today/")
            found[key] = context.storage_state()
    return found


@pytest.fixture
def as_person(browser: Browser, states: dict[str, Any]) -> Iterator[Any]:
    """A page of somebody: `as_person("ines", **options)`; any console error fails the test."""
    faults: list[str] = []
    opened: list[BrowserContext] = []

    def page_of(key: str, **options: Any) -> Page:
        context = browser.new_context(storage_state=states[key], **options)
        context.on("page", lambda page: listen(page, faults))
        opened.append(context)
        return context.new_page()

    yield page_of
    for context in opened:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def admin_state(served: Served, browser: Browser) -> Any:
    """The cookies of an administrator, who joined through the page of the invitation."""
    link = served.run("invite", "ines@example.org").stdout.strip()
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(link)
        page.get_by_label("Your name").fill("Ines Ferreira")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Join").click()
        page.wait_for_url("**/today/")
        return context.storage_state()


@pytest.fixture
def context(browser: Browser, admin_state: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A window of the administrator; a console error or a refused script fails the test."""
    options = getattr(request, "param", {})
    with browser.new_context(storage_state=admin_state, **options) as context:
        yield from watched(context)


@pytest.fixture
def nobody(browser: Browser, admin_state: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A window in which nobody is logged in."""
    options = getattr(request, "param", {})
    with browser.new_context(**options) as context:
        yield from watched(context)


def watched(context: BrowserContext) -> Iterator[BrowserContext]:
    faults: list[str] = []

    context.on("page", lambda page: listen(page, faults))
    yield context
    assert faults == []


def listen(page: Page, faults: list[str]) -> None:
    """Collect what goes wrong in a page; a form that is refused with 422 is no fault."""

    def said(message: Any) -> None:
        if message.type == "error" and "status of 422" not in message.text:
            faults.append(f"{page.url}: {message.text}")

    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", said)
