"""One launch as people live it: from a mistake in the contract to a decision with two people.

The same steps by mouse, by keyboard alone, without JavaScript, and on a phone.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pace import slower
from playwright.sync_api import Locator, Page, expect

from .conftest import Told

WAYS: dict[str, dict[str, Any]] = {
    "mouse": {},
    "keyboard": {},
    "no script": {"java_script_enabled": False},
    "phone": {"viewport": {"width": 320, "height": 720}},
}
CRITERION = "rate(click) >= 0.2% in every policy"
ASSESSED: dict[str, dict[str, Any]] = {
    "product-risks": {
        "valuable": "wanted", "usable": "easy", "feasible": "doable", "viable": "sustainable",
    },
    "ai-value": {
        "believed_accuracy": "enough", "frequency": ("2", "6"), "criticality": "mild",
        "improvement": "some",
    },
}  # fmt: skip
CONTRACT = """\
product: NAME
outcome: Raise clicks from 3.8 to 5 per 1,000 recommendations by 2027-06-30
task: ranking
data:
  source: impressions
  segments:
    policy: policy
criteria:
  - rat(click) >= 0.2% in every policy
  - "rate(click) of bts against random >= 0 across policy"
"""


@dataclass
class Walk:
    """How somebody uses a page: with the mouse, or with the keys that everybody has."""

    page: Page
    keys: bool
    script: bool

    def use(self, target: Locator) -> None:
        """Press a button or follow a link."""
        if self.keys:
            self.reach(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()

    def choose(self, target: Locator) -> None:
        """Tick a choice."""
        if self.keys:
            target.focus()
            self.page.keyboard.press("Space")
        else:
            target.check()

    def reach(self, target: Locator) -> None:
        """Tab until the target has the focus, which must be visible."""
        expect(target).to_be_attached()
        for _ in range(150):
            if target.evaluate("one => one === document.activeElement"):
                outline = target.evaluate("one => getComputedStyle(one).outlineStyle")
                assert outline != "none", "the focus cannot be seen"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by Tab")


@pytest.fixture(params=WAYS)
def walk_as(request: pytest.FixtureRequest, as_person: Any) -> Callable[[str], Walk]:
    way = request.param
    pages: dict[str, Page] = {}

    def walk(person: str) -> Walk:
        if person not in pages:
            pages[person] = as_person(person, **WAYS[way])
        return Walk(pages[person], way == "keyboard", way != "no script")

    walk.way = way  # type: ignore[attr-defined]
    return walk


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_a_launch(told: Told, walk_as: Any, demo: Path) -> None:
    name = f"Journey by {walk_as.way}"
    base = begin(told, walk_as("ines"), name)
    scope(told, walk_as, base)
    register(walk_as("dana"), base, demo)
    write(walk_as("dana"), base, name)
    assess(walk_as("ines"), base)
    sign_and_lock(walk_as, base)
    run_it(walk_as("tara"), base)
    read(walk_as("vera"), base)
    ask(walk_as("tara"), base, "May it launch?")
    against(walk_as, base)
    find_again(told, walk_as("ada"), base)


def begin(told: Told, at: Walk, name: str) -> str:
    page = at.page
    page.goto(f"{told.url}/products/")
    at.use(page.get_by_role("link", name="Begin a product"))
    for label, value in (
        ("Name", name), ("Which problem of whom", "Nobody finds anything."),
        ("Who is affected", "visitors"), ("What shall change?", "clicks per 1,000"),
        ("From", "3.8"), ("To", "5"), ("By", "2027-06-30"),
    ):  # fmt: skip
        page.get_by_label(label, exact=label in ("From", "To", "By", "Name")).fill(value)
    page.get_by_label("How badly can people be hurt?").select_option("minimal")
    at.use(button(page, "Begin it"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is promised yet.")
    base = page.url
    page.goto(f"{base}people/")
    for person, part in (("Bruno", "business"), ("Tara", "technical"), ("Dana", "contributor"),
                         ("Rui", "reviewer"), ("Vera", "viewer")):  # fmt: skip
        option = page.get_by_label("Person").locator("option", has_text=person)
        page.get_by_label("Person").select_option(option.get_attribute("value"))
        page.get_by_label("Part").select_option(part)
        at.use(button(page, "Give it"))
        expect(page.get_by_role("status")).to_contain_text(person)
    return base


def scope(told: Told, walk_as: Any, base: str) -> None:
    ask(walk_as("ines"), base, "Is it worth scoping?")
    at = walk_as("ines")
    decide(at, "Go", "Random pages help nobody.")
    expect(at.page.get_by_role("heading", level=1)).to_have_text("Is it worth scoping? Go.")


def ask(at: Walk, base: str, question: str) -> None:
    at.page.goto(f"{base}gates/")
    at.use(button(at.page, "Ask"))
    expect(at.page.get_by_role("heading", level=1)).to_contain_text(question)


def decide(at: Walk, outcome: str, reason: str) -> None:
    at.choose(at.page.get_by_label(outcome, exact=True))
    at.page.locator("#decide").get_by_label("Reason").fill(reason)
    at.use(at.page.locator("#decide").get_by_role("button", name="Decide"))


def register(at: Walk, base: str, demo: Path) -> None:
    page = at.page
    page.goto(f"{base}sources/new/")
    page.get_by_label("Name").first.fill("impressions")
    page.get_by_label("File").set_input_files(demo / "recommender/impressions_all.parquet")
    at.use(button(page, "Upload"))
    for _ in range(60):
        if "holds 20,000 rows" in page.get_by_role("heading", level=1).inner_text():
            break
        time.sleep(0.3)
        page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("holds 20,000 rows")
    at.use(page.get_by_role("link", name="Confirm or correct"))
    at.use(button(page, "Confirm"))
    expect(page.get_by_text("Confirmed by Dana Okafor")).to_be_visible()


def write(at: Walk, base: str, name: str) -> None:
    page = at.page
    page.goto(f"{base}contracts/")
    at.use(button(page, "Write the contract"))
    area = page.get_by_label("The contract, as YAML")
    area.fill(CONTRACT.replace("NAME", name))
    if not at.script:
        button(page, "Check it").click()
    expect(page.locator("#checked")).to_contain_text("Line 9")
    expect(page.locator("#checked")).to_contain_text("Did you mean 'rate'?")
    if at.script:
        page.locator("#checked a").first.focus()
        page.keyboard.press("Enter")
        expect(area).to_be_focused()
        page.keyboard.press("Home")
        for _ in range(len("  - ")):
            page.keyboard.press("ArrowRight")
        for _ in range(len("rat")):
            page.keyboard.press("Delete")
        page.keyboard.type("ra")
        expect(page.get_by_role("listbox")).to_be_visible()
        while chosen(page) != "rate":
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    else:
        area.fill(CONTRACT.replace("NAME", name).replace("rat(", "rate("))
        button(page, "Check it").click()
    expect(page.locator("#checked")).to_contain_text("It can be read.")
    expect(page.locator("#checked")).to_contain_text("20,000 rows")
    assert CRITERION in area.input_value()
    at.use(button(page, "Keep the draft"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("waits for signatures")


def chosen(page: Page) -> str:
    word = page.locator('[role="option"][aria-selected="true"] code').inner_text()
    return re.sub(r"\(.*", "", word)


def assess(at: Walk, base: str) -> None:
    """What the discovery gate asks of a product that can hurt nobody: eight answers."""
    page = at.page
    for key, answers in ASSESSED.items():
        page.goto(f"{base}bet/assessments/{key}/")
        at.use(button(page, "Begin"))
        for question, answer in answers.items():
            if isinstance(answer, tuple):
                for end, number in zip(("low", "high"), answer, strict=True):
                    page.locator(f"[name='{question}-{end}']").fill(number)
            else:
                at.choose(page.locator(f"[name='{question}-level'][value='{answer}']"))
        with page.expect_navigation():  # the next page is asked for when this one has come
            at.use(button(page, "Keep and hand in"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("worth having")


def sign_and_lock(walk_as: Any, base: str) -> None:
    for person, side in (("bruno", "business"), ("tara", "technical")):
        at = walk_as(person)
        at.page.goto(f"{base}contracts/1/")
        at.use(button(at.page, f"Sign for the {side} side"))
        expect(at.page.get_by_role("status")).to_contain_text("Your signature is on it")
    at = walk_as("ines")
    at.page.goto(f"{base}contracts/1/")
    at.use(button(at.page, "Lock the contract"))
    expect(at.page.get_by_role("heading", level=1)).to_contain_text("2 promises, locked on")
    ask(at, base, "May it be built?")
    decide(at, "Go", "It is signed.")


def run_it(at: Walk, base: str) -> None:
    page = at.page
    page.goto(f"{base}contracts/1/")
    at.use(page.get_by_role("link", name="Run it"))
    began = time.monotonic()
    at.use(button(page, "Run it"))
    if at.script:
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "The answer is there.", timeout=15_000
        )
    else:
        for _ in range(60):
            if page.get_by_role("link", name="Read the evidence").count():
                break
            time.sleep(0.2)
            page.get_by_role("link", name="Look again").click()
    at.use(page.get_by_role("link", name="Read the evidence"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not yet decided")
    assert time.monotonic() - began < 5 * slower(time.perf_counter), "from the click to the page"


def read(at: Walk, base: str) -> None:
    page = at.page
    page.goto(f"{base}evidence/")
    at.use(page.get_by_role("link", name="Read evidence 1"))
    expect(page.get_by_text("What would decide the open ones")).to_be_visible()
    at.use(page.get_by_role("link", name="For the board"))
    expect(page).to_have_url(re.compile("for=executive"))


def against(walk_as: Any, base: str) -> None:
    ines = walk_as("ines")
    ines.page.goto(f"{base}gates/3/")
    expect(ines.page.get_by_text("To go on is against it")).to_be_visible()
    decide(ines, "Go", "The season begins.")
    expect(ines.page.get_by_role("status")).to_contain_text("waits for a second person")
    expect(ines.page.get_by_role("heading", level=1)).to_contain_text("waits for a second person")
    expect(ines.page.locator(".stages .now")).to_have_text("Development")
    assert button(ines.page, "Agree as the second person").count() == 0
    bruno = walk_as("bruno")
    bruno.page.goto(f"{base}gates/3/")
    bruno.use(button(bruno.page, "Agree as the second person"))
    expect(bruno.page.get_by_role("heading", level=1)).to_have_text("May it launch? Go.")
    expect(bruno.page.locator(".stages .now")).to_have_text("Launch")


def find_again(told: Told, at: Walk, base: str) -> None:
    page = at.page
    page.goto(f"{base}gates/")
    at.use(page.get_by_role("link", name="Gate 3"))
    expect(page.get_by_text("decided against it")).to_be_visible()
    gate = page.url
    at.use(page.get_by_role("link", name="Read it"))
    expect(page).to_have_url(re.compile(r"/evidence/1/$"))
    page.goto(gate)
    at.use(page.get_by_role("link", name="see it"))
    expect(page.get_by_text("decision.taken").first).to_be_visible()
