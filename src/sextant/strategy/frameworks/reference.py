"""The frameworks as a list for readers: what each asks, who uses it, and what in it is ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sextant.strategy.frameworks.model import TIERS, Framework, Use
from sextant.strategy.frameworks.wording import inside, listed

GATE = {
    "scoping": "the strategy gate",
    "development": "the discovery gate",
    "launch": "the launch gate",
    "operations": "the operations gate",
}
READER = {
    "case": "the one-page case",
    "brief": "the brief of benefits and risks",
    "portfolio": "the portfolio",
    "today": "Today",
    "page": "its own page",
    "team": "the team's page",
}


def as_markdown(frameworks: Iterable[Framework]) -> str:
    """A section a framework, in Markdown."""
    return "\n".join(line for one in frameworks for line in _section(one))


def _section(one: Framework) -> Iterator[str]:
    counts = [len(one.asked(tier)) for tier in TIERS]
    yield f"### {one.name}"
    yield ""
    yield f"`{one.key}`. {one.asks}"
    yield ""
    yield f"- **Used by** {listed([_use(use) for use in one.used_by])}."
    yield (
        f"- **Questions** at minimal, limited and high risk: {listed([str(n) for n in counts])}; "
        f"an answer counts for {one.valid_for}."
    )
    names = [f"{inside(outcome.name)} ({outcome.verdict})" for outcome in one.outcomes.values()]
    yield f"- **Outcomes** {listed(names, 'or')}."
    for source in one.sources:
        yield f"- **Source** {source}"
    if one.proposed:
        yield f"- **Proposed** {one.proposed}"
    yield ""


def _use(use: Use) -> str:
    if use.reader:
        return READER[use.reader]
    since = "" if use.first == "minimal" else f" from {use.first} risk"
    return f"{GATE[use.gate]}{since}{', where it need only be begun' if use.begun else ''}"
