"""Logging in by keyboard alone, and without JavaScript; closing a token the same way."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from .conftest import PASSWORD, Served

NO_SCRIPT = {"java_script_enabled": False}


def test_by_keyboard_alone(served: Served, nobody: BrowserContext) -> None:
    page = nobody.new_page()
    page.goto(served.url)
    press(page, "Tab")
    expect(page.get_by_role("link", name="To the page's content")).to_be_focused()
    tab_to(page, "login")
    page.keyboard.type("ines@example.org")
    press(page, "Tab")
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    page.wait_for_url("**/today/")
    press(page, "Tab")
    expect(page.get_by_role("link", name="To the page's content")).to_be_focused()
    press(page, "Enter")
    page.wait_for_url("**/today/#main")
    press(page, "Tab")
    expect(page.get_by_role("link", name="The questions of your role")).to_be_focused()
    press(page, "Tab")
    expect(page.get_by_role("link", name="Begin a product")).to_be_focused()
    press(page, "Enter")
    page.wait_for_url("**/products/new/")


@pytest.mark.parametrize("nobody", [NO_SCRIPT], ids=["no script"], indirect=True)
def test_without_javascript(served: Served, nobody: BrowserContext) -> None:
    page = nobody.new_page()
    page.goto(f"{served.url}/me/tokens/new/")
    page.get_by_label("Mail address").fill("ines@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("What it is for").fill("CI")
    page.get_by_label("Read who the token belongs to").check()
    page.get_by_role("button", name="Make the token").click()
    text = page.locator(".once").inner_text()
    assert text.startswith("sxt_")
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_text("Revoke", exact=True).click()
    page.get_by_role("button", name="Revoke the token").click()
    expect(page.get_by_role("status")).to_have_text("The token is revoked.")


def test_a_wrong_password_is_said_and_nothing_typed_is_lost(
    served: Served, nobody: BrowserContext
) -> None:
    page = nobody.new_page()
    page.goto(f"{served.url}/account/login/")
    page.get_by_label("Mail address").fill("ines@example.org")
    page.get_by_label("Password").fill("something else")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("not correct")
    expect(page.get_by_label("Mail address")).to_have_value("ines@example.org")


def test_log_out(served: Served, nobody: BrowserContext) -> None:
    page = nobody.new_page()
    page.goto(f"{served.url}/account/login/")
    page.get_by_label("Mail address").fill("ines@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/account/login/")
    page.goto(f"{served.url}/today/")
    assert "/account/login/" in page.url


def press(page: Page, key: str) -> None:
    page.keyboard.press(key)


def tab_to(page: Page, name: str) -> None:
    for _ in range(10):
        if page.evaluate("document.activeElement.name") == name:
            return
        press(page, "Tab")
    raise AssertionError(f"The field {name} cannot be reached by the keyboard.")
