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


WAYS = """() => {
  const named = one => [...one.attributes].map(it => it.name).filter(it => it !== "class").sort();
  const way = one => {
    const own = one.tagName + "." + [...one.classList].sort().join(".");
    return one === document.body ? own : way(one.parentElement) + ">" + own;
  };
  const said = one => [one.textContent.trim() !== "", one.type || "", one.getAttribute("role")];
  const all = [...document.body.querySelectorAll("*")];
  const ids = all.map(one => one.id).filter(Boolean);
  const twice = ids.length - new Set(ids).size;
  const levels = all.filter(one => /^H[1-6]$/.test(one.tagName)).map(one => one.tagName);
  return [
    ...new Set(all.map(one => JSON.stringify([way(one), named(one), ...said(one)]))),
    "headings " + levels.filter((one, at) => one !== levels[at - 1]).join(" "),
    "ids that stand twice: " + twice,
  ];
}"""
"""Every way in which something is drawn on a page: within what, with which attributes and classes,
whether it holds words; and what a page is as a whole. Pages of one way each have the same faults.
"""


def new_faults(page: Page, looked_at: set[str]) -> list[str]:
    """What is wrong with a page of which something is drawn as nothing was that was looked at.

    Its width is asked of every page, since words alone can widen one.
    """
    ways = set(page.evaluate(WAYS))
    if ways <= looked_at:
        page.set_viewport_size(PHONE)
        found = [f"phone: {one}" for one in wide(page)]
        page.set_viewport_size(DESK)
        return [*wide(page), *found]
    looked_at |= ways
    return faults(page)


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
