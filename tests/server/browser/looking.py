"""What can be wrong with how a page looks: accessibility, light and dark, a phone's width."""

from pathlib import Path

from playwright.sync_api import Page

AXE = (Path(__file__).parent.parent / "vendor/axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules whose answer depends on the colours of a scheme."""
BY_WIDTH = ["target-size", "scrollable-region-focusable", "aria-hidden-focus"]
"""The rules whose answer depends on what is beside what, and what is hidden."""
DESK, PHONE = {"width": 1280, "height": 720}, {"width": 320, "height": 720}


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds, by rule and place. It runs past the page's policy."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    found = page.evaluate("only => axe.run({runOnly: only, resultTypes: ['violations']})", only)
    return [
        f"{one['id']}: {node['html']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def sideways(page: Page) -> int:
    """How many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def faults(page: Page) -> list[str]:
    """What is wrong with a page as it stands, in the dark and on the narrowest phone.

    Everything is asked once, and again what the colours and the width can change.
    """
    found = [*violations(page), *wide(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in violations(page, BY_COLOUR)]
    page.set_viewport_size(PHONE)
    found += [f"phone: {one}" for one in (*violations(page, BY_WIDTH), *wide(page))]
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    return found


def wide(page: Page) -> list[str]:
    """Said where the page is wider than its window."""
    over = sideways(page)
    return [f"wider than its window by {over} px"] if over > 0 else []
