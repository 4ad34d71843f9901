"""What kind of answer a product gives, by which technique, and what each brings by default.

From the decision that somebody has to take to the family of the task, from there to the criteria
that a first contract can name. The numbers in the criteria are places to put one's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Learning = Literal["supervised", "unsupervised", "reinforcement"]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of tasks.

    `decision` is what a user decides with the answer, as the wizard asks for it. `ai_type` is the
    product's kind of answer, `task` the contract's; a family without one is watched by criteria
    on columns. `criteria` are written in the grammar of contracts; `needs` says what must be
    recorded for them.
    """

    key: str
    name: str
    decision: str
    learning: tuple[Learning, ...]
    ai_type: str
    task: str
    criteria: tuple[str, ...]
    needs: str


@dataclass(frozen=True, slots=True)
class Technique:
    """A technique, with the criterion, the risk and what to watch for that it brings by default."""

    key: str
    name: str
    says: str
    criterion: str
    risk: str
    watch: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What an agent may do by itself, the autonomy that fits, and the risk it starts at."""

    key: str
    name: str
    automation: str
    risk: str
    asks: str


_FAMILIES = (
    Family(
        "classification", "Classification", "Which of a few kinds is this: fraud or not, urgent or"
        " not, which of these queues?", ("supervised",), "classification", "binary",
        ("recall >= 0.80", "precision >= 0.80", "auc >= 0.80"),
        "past cases with what they turned out to be, and the score of the model",
    ),
    Family(
        "regression", "Regression", "How much, how many, or when: demand, price, minutes?",
        ("supervised",), "regression", "regression",
        ("mean(absolute_error) <= 10", "quantile(absolute_error, q=0.9) <= 25"),
        "past cases with the true number; a column absolute_error beside each answer",
    ),
    Family(
        "clustering", "Clustering", "Which of them belong together, where nobody has named the"
        " groups yet?", ("unsupervised",), "", "regression",
        ("rate(kept_by_expert) >= 0.80", "rate(same_group_next_month) >= 0.90"),
        "a sample that an expert judges, and the same units a month later",
    ),
    Family(
        "ranking", "Recommendation and ranking", "Which of many shall this person see first?",
        ("supervised", "reinforcement"), "ranking", "ranking",
        ("mean(click) >= 0.05", "rate(shown_only_bestsellers) <= 20%"),
        "what was shown, at which place, and what came of it",
    ),
    Family(
        "generation", "Generation", "Which text, picture or summary shall be written for them?",
        ("supervised", "reinforcement"), "generation", "generation",
        ("rate(judged_right) >= 0.90", "rate(invented_fact) <= 2%"),
        "answers that people have judged against a written standard",
    ),
    Family(
        "agent", "Agent", "Which steps shall be taken for them, with which tools?",
        ("reinforcement", "supervised"), "agent", "generation",
        ("rate(task_done) >= 0.80", "rate(action_outside_scope) <= 0.1%", "rate(taken_back) <= 2%"),
        "a record of each task: what was asked, each action, what came of it",
    ),
)  # fmt: skip
FAMILIES: Mapping[str, Family] = {one.key: one for one in _FAMILIES}

_TECHNIQUES = (
    Technique(
        "ml", "machine learning", "Rows of a table: amounts, dates, kinds.",
        "auc >= 0.80", "It learns what was decided before, unfairness included.",
        "inputs that drift from those it learned on",
    ),
    Technique(
        "nlp", "language", "Texts: sorted, searched, understood.",
        "recall >= 0.80", "It serves some languages and ways of speaking worse than others.",
        "new words, new topics, another language",
    ),
    Technique(
        "vision", "vision", "Pictures and video: found, read, measured.",
        "recall >= 0.90", "Light, cameras and skin that were not in the training.",
        "another camera, another season, dirt on the lens",
    ),
    Technique(
        "speech", "speech", "Voices: written down, recognised, spoken.",
        "mean(word_error_rate) <= 0.15", "Accents, dialects and noise are understood worse.",
        "other microphones, other callers, more noise",
    ),
    Technique(
        "generative", "generative", "New texts, pictures or code from a foundation model.",
        "rate(invented_fact) <= 2%", "It states what is not so, fluently, and may be talked round.",
        "a vendor who changes the model behind the same name",
    ),
)  # fmt: skip
TECHNIQUES: Mapping[str, Technique] = {one.key: one for one in _TECHNIQUES}

_SCOPES = (
    Scope(
        "reads", "reads and reports", "inform", "minimal", "What may it read, and of whom?",
    ),
    Scope(
        "drafts", "drafts what a person sends", "suggest", "limited",
        "Who reads each draft, and how long does that take them?",
    ),
    Scope(
        "undoable", "acts where it can be undone", "reviewed", "limited",
        "Who notices a wrong action, and within what time can it be undone?",
    ),
    Scope(
        "final", "acts where it cannot be undone", "alone", "high",
        "Which limit of money, number and time stops it without a person?",
    ),
)  # fmt: skip
SCOPES: Mapping[str, Scope] = {one.key: one for one in _SCOPES}
"""The scopes of an agent, the narrowest first. Autonomy and risk are proposals of ours."""

RISKS = ("minimal", "limited", "high")


def understated(scope: str, risk: str, automation: str) -> str:
    """Why a risk or an autonomy on record is lower than an agent's scope asks; else empty."""
    held = SCOPES[scope]
    if RISKS.index(risk) < RISKS.index(held.risk):
        return (
            f"An agent that {held.name} starts at {held.risk} risk; {risk} is on record. Raise it,"
            " or narrow what the agent may do."
        )
    order = [one.automation for one in _SCOPES]
    if order.index(automation) < order.index(held.automation):
        return (
            f"An agent that {held.name} decides more by itself than “{automation}” says. Correct"
            " the one or the other."
        )
    return ""
