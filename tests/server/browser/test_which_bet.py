"""From “we want a chatbot” to a decided discovery gate, as somebody new does it in a browser.

An idea is reframed and becomes a bet; what is known of it is written down, valued and assessed by
two people; it takes its place among the bets, and its discovery gate is decided.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .conftest import Told
from .looking import violations

WAYS: dict[str, dict[str, Any]] = {
    "mouse": {},
    "no script": {"java_script_enabled": False},
    "phone": {"viewport": {"width": 320, "height": 720}},
}
PAIN = {
    "segment": "people with an open application", "pain": "they wait to learn that nothing changed",
    "often_low": "2", "often_high": "5", "quote": "I was told to wait for a letter.",
    "source": "interview 4 of 12",
}  # fmt: skip
BASELINE = {
    "name": "A status page", "measure": "calls avoided of 100", "reach_low": "15",
    "reach_high": "35", "cost_low": "2000", "cost_high": "5000", "currency": "EUR",
}  # fmt: skip
STAKE = {
    "stake_low": "60000", "stake_high": "110000", "currency": "EUR",
    "kill": "Fewer than 75 of 100 questions are answered rightly",
    "learning": "How many of 500 questions does it answer rightly?", "learning_low": "6000",
    "learning_high": "9000", "learning_decides": "whether it is built",
}  # fmt: skip
EFFORT = {
    "months_low": "4", "months_high": "8", "product_low": "2", "product_high": "3",
    "software_low": "3", "software_high": "6",
}  # fmt: skip
WORTH = {
    "users": ("13000", "15000"), "uses": ("1.6", "2.2"), "accuracy": ("62", "88"),
    "benefit_right": ("4", "6"), "cost_wrong": ("3", "9"), "build": ("50000", "90000"),
}  # fmt: skip
WHY = "worked out from last year's calls"
CANVAS = {
    "problem": "People call to learn where their application stands.", "real": "seen",
    "care": "acting", "fit": "fits", "simpler": "not_enough", "data_there": "there",
    "data_enough": "sufficient", "experience": "Four minutes of waiting.", "churn": "Nobody.",
    "revenue": "410,000 EUR a month.",
}  # fmt: skip
WHY_AI = {
    "alternative": "A status page.", "recorded": "recorded", "without_ai": ("15", "35"),
    "with_ai": ("40", "70"), "difference": "worth_it", "motive": "problem",
}  # fmt: skip
MOAT = {
    "proprietary": "even", "usage": "works", "labelled": "partial", "gain": "partial",
    "accumulation": "even", "quality": "even", "freshness": "strong",
}  # fmt: skip
ACCURACY = {
    "achievable": ("60", "80"), "required": ("64", "75"), "frequency": ("1", "3"),
    "criticality": "manageable", "improvement": "some",
}  # fmt: skip
SURER = {**ACCURACY, "achievable": ("78", "88"), "improvement": "substantial"}


@pytest.mark.parametrize("way", WAYS)
def test_from_a_chatbot_to_a_decision(told: Told, as_person: Any, way: str) -> None:
    page: Page = as_person("ines", **WAYS[way])
    base = bet_from_idea(told, page, f"Chatbot by {way}")
    give_dana_a_part(page, base)
    for kind, part in (("pain", PAIN), ("alternative", BASELINE)):
        keep(page, f"{base}bet/records/{kind}/", part)
    for name, part in (("stake", STAKE), ("effort", EFFORT)):
        keep(page, f"{base}bet/say/{name}/", part)
    value(page, base)
    for key, said in (("opportunity-canvas", CANVAS), ("why-ai", WHY_AI), ("data-moat", MOAT)):
        answer_alone(page, base, key, said)
    begin(page, base, "ai-risk")
    decide(page, base, "Is it worth scoping?", "Go", "The waiting is real.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it worth scoping? Go.")
    differ(page, as_person("dana", **WAYS[way]), base)
    ranked(told, page, f"Chatbot by {way}")
    decide(page, base, "May it be built?", "Hold", "Accuracy is what leaves it open.")
    expect(page.get_by_role("heading", level=1)).to_have_text("May it be built? Hold.")
    expect(page.get_by_role("heading", name="What was known then")).to_be_visible()
    expect(page.locator("body")).to_contain_text("AI value, version 1")
    assert way == "no script" or violations(page) == []


def bet_from_idea(told: Told, page: Page, name: str) -> str:
    """The idea is asked for its outcome, and becomes a bet that has one."""
    page.goto(f"{told.url}/bets/ideas/")
    fill(page, {"text": f"We want a chatbot ({name})", "problem": "People wait on the line.",
                "affected": "callers"})  # fmt: skip
    press(page, "Put it into the inbox")
    body = page.locator("main")
    expect(body).to_contain_text("reduce customer support costs by 30 %")
    page.get_by_role("link", name="Make it a bet").click()
    fill(page, {
        "name": name, "metric": "customer support cost per month, in 1,000 EUR",
        "baseline": "410", "target": "287", "due": "2027-12-31",
    })  # fmt: skip
    page.locator("[name='ai_type']").select_option("generation")
    press(page, "Begin it")
    expect(page.locator(".pinned")).to_contain_text("from 410 to 287 by 31 Dec 2027")
    return f"{told.url}/products/{page.url.split('/products/')[1].split('/')[0]}/"


def give_dana_a_part(page: Page, base: str) -> None:
    page.goto(f"{base}people/")
    option = page.get_by_label("Person").locator("option", has_text="Dana")
    page.get_by_label("Person").select_option(option.get_attribute("value"))
    page.get_by_label("Part").select_option("contributor")
    press(page, "Give it")


def keep(page: Page, url: str, said: dict[str, str]) -> None:
    page.goto(url)
    fill(page, said)
    press(page, "Keep it")
    expect(page).to_have_url(re.compile(r"/bet/(#.*)?$"))


def value(page: Page, base: str) -> None:
    """A range that runs backwards is refused, and kept in the form; then it is worth something."""
    page.goto(f"{base}bet/value/edit/")
    for name, (low, high) in WORTH.items():
        fill(page, {f"{name}_low": low, f"{name}_high": high, f"{name}_source": WHY})
        page.locator(f"[name={name}_grade]").select_option("estimated")
    fill(page, {"users_low": "15000", "users_high": "13000"})
    press(page, "Keep the ranges")
    expect(page.locator("[name=users_low]")).to_have_value("15000")
    fill(page, {"users_low": "13000", "users_high": "15000"})
    press(page, "Keep the ranges")
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("Worth .* over 24"))
    expect(page.locator("main")).to_contain_text("What matters most")


def answer_alone(page: Page, base: str, key: str, said: dict[str, Any]) -> None:
    begin(page, base, key)
    give(page, said)
    press(page, "Keep and hand in")


def begin(page: Page, base: str, key: str) -> None:
    page.goto(f"{base}bet/assessments/{key}/")
    press(page, "Begin")
    expect(page.get_by_role("button", name="Keep and hand in")).to_be_visible()


def give(page: Page, said: dict[str, Any]) -> None:
    for key, one in said.items():
        if isinstance(one, tuple):
            fill(page, {f"{key}-low": one[0], f"{key}-high": one[1]})
        elif page.locator(f"[name='{key}-level']").count():
            page.locator(f"[name='{key}-level'][value='{one}']").check()
        else:
            fill(page, {f"{key}-text": one})
        grade = page.locator(f"[name='{key}-grade']")
        if grade.count():
            opened(page, f"[name='{key}-why']")
            fill(page, {f"{key}-why": WHY})
            grade.select_option("estimated")


def opened(page: Page, field: str) -> None:
    """Open what the field is folded into."""
    fold = page.locator("details", has=page.locator(field)).last
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def differ(page: Page, other: Page, base: str) -> None:
    """Two people answer alone; neither sees the other's answers until both have handed in."""
    page.goto(f"{base}bet/assessments/ai-value/")
    page.get_by_label("Dana Okafor").check()
    press(page, "Begin")
    expect(page.get_by_role("button", name="Keep and hand in")).to_be_visible()
    give(page, SURER)
    press(page, "Keep and hand in")
    other.goto(f"{base}bet/assessments/ai-value/")
    assert "88" not in other.locator("main").inner_text()
    give(other, ACCURACY)
    press(other, "Keep and hand in")
    page.goto(f"{base}bet/assessments/ai-value/")
    expect(page.get_by_role("heading", name="Where people differ")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not decided")


def ranked(told: Told, page: Page, name: str) -> None:
    page.goto(f"{told.url}/bets/")
    row = page.locator("tr", has=page.get_by_role("link", name=name, exact=True)).first
    expect(row).to_contain_text(re.compile(r"\d+ of 100"))


def decide(page: Page, base: str, question: str, outcome: str, reason: str) -> None:
    page.goto(f"{base}gates/")
    press(page, "Ask")
    expect(page.get_by_role("heading", level=1)).to_contain_text(question)
    page.get_by_label(outcome, exact=True).check()
    page.locator("#decide").get_by_label("Reason").fill(reason)
    page.locator("#decide").get_by_role("button", name="Decide").click()


def fill(page: Page, said: dict[str, str]) -> None:
    for name, text in said.items():
        page.locator(f"[name='{name}']").fill(text)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
