"""A product manager asks whether another cut is better: by keyboard alone, without a script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import Told
from .looking import sideways, violations

WAYS: dict[str, dict[str, Any]] = {
    "no script": {"java_script_enabled": False},
    "phone": {"viewport": {"width": 320, "height": 720}},
}
SCORE = "predicted_probability_permille"
MOST_STEPS = 80


def tab_to(page: Page, what: Any) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if what.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{what} cannot be reached by keyboard")


@pytest.mark.parametrize("way", WAYS)
def test_is_another_cut_better(told: Told, as_person: Any, way: str) -> None:
    page = as_person("dana", **WAYS[way])
    page.goto(told.page("studies/", "employment-pre-screen"))
    tab_to(page, page.get_by_role("link", name=re.compile("Ask.*better than A")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/studies/new/comparison/")
    a, b = page.get_by_label("Version A"), page.get_by_label("Version B")
    expect(a).to_have_value(f"{SCORE}@0.5")
    expect(page.get_by_label("Questions")).to_have_value("cost\nprecision within 0.02\n"
        "recall within 0.02 in every sex\nrecall within 0.02 in every race")  # fmt: skip
    tab_to(page, page.get_by_role("button", name="Ask"))
    page.keyboard.press("Enter")
    expect(page.locator(".field.wrong")).to_contain_text("A and B are the same")
    if way != "no script":
        assert violations(page) == []
    assert way == "no script" or sideways(page) <= 0
    cut = "0.55" if way == "phone" else "0.45"
    tab_to(page, b)
    page.keyboard.type(f"{SCORE}@{cut}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/studies/runs/*/")
    expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    read = page.get_by_role("link", name="Read the study")
    for _ in range(60 if way == "no script" else 0):
        if read.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(read).to_be_visible(timeout=60_000)
    tab_to(page, read)
    page.keyboard.press("Enter")
    page.wait_for_url("**/studies/*/")
    expect(page.get_by_role("heading", name="What changes for whom")).to_be_visible()
    expect(page.locator(".proof tbody").first).to_contain_text("cost")
    assert page.locator("svg.interval").count() > 5
    if way == "phone":
        assert violations(page) == []
        assert sideways(page) <= 0
