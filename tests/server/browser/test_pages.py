"""Every page: no violation of accessibility, nothing wider than a phone, no script refused."""

from time import perf_counter
from typing import Any

from pace import slower
from playwright.sync_api import BrowserContext, Page

from .conftest import PASSWORD, Served
from .looking import faults, violations

PAGES = [
    "/today/", "/people/", "/people/invite/", "/people/1/", "/me/", "/me/tokens/new/", "/audit/",
    "/gallery/", "/learn/", "/learn/recall/", "/learn/lessons/specification/", "/learn/roles/",
    "/learn/skills/mine/", "/learn/life-cycles/", "/learn/reading/", "/learn/questions/",
    "/account/2fa/",
    "/bets/", "/bets/capacity/", "/bets/yardsticks/", "/bets/ideas/", "/bets/goals/",
    "/bets/patterns/", "/bets/patterns/fraud/", "/account/password/change/", "/account/logout/",
]  # fmt: skip
OPEN_PAGES = [
    "/account/login/", "/account/password/reset/", "/account/password/reset/done/",
    "/account/inactive/",
]  # fmt: skip


def confirm(page: Page) -> None:
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()


def test_pages_behind_the_login(served: Served, context: BrowserContext) -> None:
    page = context.new_page()
    for path in PAGES:
        page.goto(served.url + path)
        confirm(page)
        assert faults(page) == [], path


def test_the_check_itself_finds_what_is_wrong(served: Served, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{served.url}/today/")
    page.evaluate("document.querySelector('h1').after(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in violations(page))


def test_pages_before_the_login(served: Served, nobody: BrowserContext) -> None:
    page = nobody.new_page()
    for path in OPEN_PAGES:
        page.goto(served.url + path)
        assert faults(page) == [], path


def test_the_policy_stops_a_script_in_the_page(served: Served, browser: Any) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{served.url}/account/login/")
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit=1\">')"
        )
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'),"
            " {textContent: 'window.hit=1'}))"
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.hit") is None
        assert any("Content Security Policy" in one for one in said)


def test_no_page_of_the_login_takes_long(served: Served, context: BrowserContext) -> None:
    page = context.new_page()
    for path in PAGES:
        page.goto(served.url + path)
        first = page.evaluate(
            "(([one]) => one.responseStart - one.requestStart)"
            "(performance.getEntriesByType('navigation'))"
        )
        assert first < 200 * slower(perf_counter), f"{path} took {first:.0f} ms"
