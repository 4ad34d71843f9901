"""The hype check: doubts that follow from what is on record, each with the question that ends it.

A doubt is not a verdict. It says what nobody has written down, or what was written first, and
disappears when that is mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sextant.strategy.opportunities.phrasing import AI
from sextant.strategy.opportunities.reframe import reframe

RIVAL = re.compile(
    r"\b(?:competitors?|rivals?|everybody else|everyone else|the others?|other (?:banks|shops"
    r"|companies|firms)|market leader)\b.{0,60}\b(?:has|have|had|does|do|did|use|uses|offers?"
    r"|launched|is doing|are doing|already)\b"
    r"|\blike (?:our |the |a )?(?:competitors?|rivals?|others)"
    r"|\b(?:fall|falling|lag|lagging|left) behind\b|\bfear of missing out\b|\bfomo\b"
    r"|\b(?:catch|keep) up with\b"
)
TREND = re.compile(
    r"\b(?:hype|trend(?:y|ing)?|buzz|cutting[- ]edge|state[- ]of[- ]the[- ]art|revolution\w*"
    r"|game[- ]?chang\w+|disrupt\w*|next[- ]gen\w*|ai[- ]first|innovati(?:ve|on)|futuristic"
    r"|everybody (?:is talking|talks) about)\b"
)
MIRACLE = re.compile(
    r"\b(?:always|never|100 ?%|perfect(?:ly)?|flawless(?:ly)?|all questions|any question"
    r"|every question|fully autonomous|without (?:any )?(?:errors?|mistakes?)|error[- ]free"
    r"|replace all|no humans?)\b"
)


LONGEST = 4000
"""So much of a text is read for doubts; a problem is not longer."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record of an idea or a product, as far as a doubt can rest on it.

    `said` is what was said first, the idea or the name; `None` where a record of that kind is not
    asked for yet, as of an idea that is no product.
    """

    said: str
    problem: str = ""
    metric: str = ""
    today: bool | None = None
    has_baseline: bool | None = None
    sourced_pains: int | None = None
    serves_goal: bool | None = None
    has_kill: bool | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt: its name, what gave rise to it, and the next question."""

    key: str
    says: str
    question: str


def doubts(of: Recorded) -> tuple[Doubt, ...]:
    """The doubts that what is recorded leaves open, the gravest first."""
    found = (_said_first(of), _rival(of), _miracle(of), _trend(of), *_absent(of))
    return tuple(one for one in found if one is not None)


def _said_first(of: Recorded) -> Doubt | None:
    """AI is named before a problem is."""
    if not (reframe(of.said).is_feature or _ai_first(of)):
        return None
    if of.problem.strip() and not AI.search(of.problem.casefold()[:200]):
        return None
    return Doubt(
        "ai-first", "The means is named before the problem.",
        "If it could not be had, what would still have to be solved, and for whom?",
    )  # fmt: skip


def _ai_first(of: Recorded) -> bool:
    """Whether AI is in what was said, and no problem is told at all."""
    told = of.problem.strip() or of.metric
    return not told and bool(AI.search(of.said[:LONGEST].casefold()))


def _rival(of: Recorded) -> Doubt | None:
    found = RIVAL.search(_all(of))
    return found and Doubt(
        "rival", f"A competitor is the reason given (“{found[0].strip()}”).",
        "Which of your own users miss it, and how do you know that it works over there?",
    )  # fmt: skip


def _miracle(of: Recorded) -> Doubt | None:
    found = MIRACLE.search(_all(of))
    return found and Doubt(
        "miracle", f"It is promised without error (“{found[0]}”).",
        "How many wrong answers of 100 can be borne, and what happens after one?",
    )  # fmt: skip


def _trend(of: Recorded) -> Doubt | None:
    found = TREND.search(_all(of))
    return found and Doubt(
        "trend", f"It is praised for being new (“{found[0]}”).",
        "What will somebody do differently on the day after launch?",
    )  # fmt: skip


def _absent(of: Recorded) -> tuple[Doubt | None, ...]:
    asked = (
        (of.metric, Doubt("no-metric", "Nothing is named that would be counted.",
                          "Which number moves when it works, and where does it stand today?")),
        (of.today, Doubt("no-today", "Nobody has said how it is done today.",
                         "What do people do without it, and how well does that go?")),
        (of.has_baseline, Doubt("no-baseline", "No baseline without AI is on record.",
                                "What would a rule, a form or one more person reach, and at what"
                                " cost?")),
        (of.sourced_pains, Doubt("no-pain", "No pain point has a quote with its source.",
                                 "Who said that it hurts, where, and how often is it met?")),
        (of.serves_goal, Doubt("no-goal", "It serves no goal of the tree.",
                               "Which goal would move, and by which metric of the AI?")),
        (of.has_kill, Doubt("no-kill", "Nothing is named that would end it.",
                            "Which finding, by when, would make you stop?")),
    )  # fmt: skip
    return tuple(doubt if there is not None and not there else None for there, doubt in asked)


def _all(of: Recorded) -> str:
    return f"{of.said[:LONGEST]} {of.problem[:LONGEST]}".casefold()
