"""The threshold explorer in a browser: it answers without the server, and as the server would."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from scipy import special

from sextant.stats.rate import clopper_pearson

from .conftest import Told
from .looking import faults

PATH = "evidence/1/thresholds/"
PRODUCT = "employment-pre-screen"
SHOWN = """all => Object.fromEntries(all.filter(one => one.textContent.trim())
    .map(one => [one.dataset.shown, one.textContent.trim().replaceAll('\\u00a0', ' ')]))"""

SET = "(one, to) => { one.value = to; one.dispatchEvent(new Event('input', {bubbles: true})) }"


def figures(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.eval_on_selector_all("[data-shown]", SHOWN)
    return found


@pytest.fixture
def explorer(told: Told, as_person: Any) -> Page:
    page: Page = as_person("ines")
    page.goto(told.page(PATH, PRODUCT))
    page.wait_for_function("globalThis.Explorer")
    return page


def test_the_incomplete_beta_function_is_scipys(explorer: Page) -> None:
    """Exact limits of the browser against SciPy, from one row to a million."""
    grid = [
        (k, n, alpha)
        for n in (1, 7, 30, 300, 4_000, 68_785, 1_000_000)
        for k in sorted({0, 1, n // 100, n // 3, n // 2, n - 1, n})
        for alpha in (0.05, 0.001, 0.05 / 400)
    ]
    found = np.array(explorer.evaluate("grid => grid.map(one => Beta.limits(...one))", grid))
    k, n, alpha = np.array(grid, dtype=float).T
    expected = np.array([clopper_pearson(*one) for one in zip(k, n, alpha, strict=True)])
    assert np.abs(found - expected).max() < 1e-9
    a, b = np.meshgrid([0.5, 1, 3, 40, 900, 30_000], [0.5, 2, 11, 600, 45_000])
    points = [
        (float(x), float(y), float(p))
        for x, y in zip(a.ravel(), b.ravel(), strict=True)
        for p in special.betaincinv(x, y, [1e-4, 0.2, 0.5, 0.9])
    ]
    said = np.array(explorer.evaluate("all => all.map(one => Beta.cdf(...one))", points))
    assert np.abs(said - special.betainc(*np.array(points).T)).max() < 1e-9


@pytest.mark.parametrize(
    "given",
    [
        {"at": "0.62"},
        {"at": "0.31", "false_positive": "18", "false_negative": "40"},
        {"at": "0.7", "prevalence": "12", "true_positive": "3", "volume": "2500"},
        {"at": "0.95", "false_negative": "5", "true_negative": "0"},
    ],
)
def test_the_browser_says_what_the_server_says_and_asks_nothing(
    given: dict[str, str], explorer: Page, as_person: Any, told: Told
) -> None:
    asked: list[str] = []
    explorer.on("request", lambda one: asked.append(one.url))
    for name, value in given.items():
        explorer.eval_on_selector(
            f"#explore [name={name}]",
            SET,
            value,
        )
    expect(explorer.locator("[data-shown='at.threshold']")).to_have_text(given["at"])
    explorer.wait_for_function("to => location.search.includes(`at=${to}`)", arg=given["at"])
    here = figures(explorer)
    assert [one for one in asked if "/icon." not in one] == [], (
        "the tab's icon comes of the address"
    )

    plain = as_person("vera", java_script_enabled=False)
    plain.goto(explorer.url)
    there = figures(plain)
    for name in there:
        assert here[name] == there[name], name
    assert {"at.cost", "best.cost", "best.recall", "today.cost", "range", "regret"} <= set(there)


def test_a_slider_answers_within_a_blink(explorer: Page) -> None:
    """Moving the threshold; and moving a cost, which weighs every cut anew."""
    measure = """([name, value]) => { const one = document.querySelector(`#explore [name=${name}]`);
        one.value = value; const begun = performance.now(); Explorer.answer();
        return performance.now() - begun }"""
    moved = min(explorer.evaluate(measure, ["at", f"0.{n}"]) for n in (41, 52, 63))
    costs = min(explorer.evaluate(measure, ["false_positive", str(n)]) for n in (20, 25, 28))
    assert moved < 100
    assert costs < 1_000


def test_costs_that_make_no_sense_are_said(explorer: Page) -> None:
    explorer.fill("[name=false_negative]", "-50")
    expect(explorer.locator("#nonsense")).to_be_visible()
    explorer.fill("[name=false_negative]", "12")
    expect(explorer.locator("#nonsense")).to_be_hidden()


def test_it_is_accessible(told: Told, as_person: Any) -> None:
    page = as_person("ines")
    page.goto(told.page(f"{PATH}?at=0.6&recall=80&volume=900&capacity=500&review=4", PRODUCT))
    assert faults(page) == []


def test_it_is_kept_exactly_and_chosen(told: Told, as_person: Any) -> None:
    page = as_person("ines")
    page.goto(told.page(PATH, PRODUCT))
    page.wait_for_function("globalThis.Explorer")
    page.eval_on_selector("#explore [name=at]", SET, "0.57")
    expect(page.locator("[data-shown='at.threshold']")).to_have_text("0.57")
    page.fill("[name=prevalence]", "40")
    page.wait_for_function("() => location.search.includes('prevalence=40')")
    shown = figures(page)
    page.fill("#id_choice_why", "Half of what a later repayment costs is saved.")
    page.click("text=Choose it")
    page.wait_for_url("**/studies/*/")
    expect(page.locator("main")).to_contain_text("Chosen: a threshold of 0.57.")
    expect(page.locator("main")).to_contain_text("Half of what a later repayment costs")
    assert figures(page)["at.cost"] == shown["at.cost"]
    expect(page.locator("main")).to_contain_text("Computed for 40 % positives")
