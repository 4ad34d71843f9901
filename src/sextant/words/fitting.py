"""Has the model learned its rows by heart? Promises on the rows it was trained on, and on others.

It is told where a promise is judged in every part of the rows, and the parts are called so that one
can tell (train, test, hold-out …). The difference is of two independent groups; it says nothing of
rows that stand in both parts, or that belong to the same people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sextant.contracts.evidence import CriterionResult, Evidence, RowResult
from sextant.contracts.model import Contract
from sextant.metrics.catalogue import CATALOGUE
from sextant.stats.estimate import Estimate
from sextant.stats.groups import difference
from sextant.words.clause import plain_clause
from sextant.words.nouns import capital, subject
from sextant.words.numbers import scale_for, span, whole

LEARNED = frozenset({"train", "training", "trained", "train set", "training set", "learned"})
OTHERS = frozenset(
    {"test", "testing", "test set", "holdout", "hold-out", "hold out", "held out", "held-out",
     "valid", "validation", "validation set", "val", "eval", "evaluation", "unseen"}
)  # fmt: skip
Fit = Literal["overfits", "underfits", "both", "turned", "alike"]
WORDS: dict[Fit, str] = {
    "overfits": "overfitting",
    "underfits": "underfitting",
    "both": "underfitting and overfitting",
    "turned": "better on others",
    "alike": "no difference shown",
}
TURNED = " That is unusual: ask how the rows were parted, and whether some stand in both."


@dataclass(frozen=True, slots=True)
class Fitting:
    """One promise on both parts: what is shown, as a word and as sentences with every number."""

    fit: Fit
    title: str
    says: str

    @property
    def word(self) -> str:
        return WORDS[self.fit]


def fitting(evidence: Evidence) -> list[Fitting]:
    """A card for each promise that is judged on rows it learned from and on others."""
    found = []
    for result in evidence.criteria:
        for learned, other in _parts(result):
            if card := _card(learned, other, evidence.contract):
                found.append(card)
    return found


def _parts(result: CriterionResult) -> Iterator[tuple[RowResult, RowResult]]:
    """The part that was learned from with each other part of the same column."""
    if result.criterion.quantity.kind != "metric":
        return
    alone = [row for row in result.rows if len(row.segment) == 1]
    for row in alone:
        ((name, value),) = row.segment
        if value.strip().casefold() in LEARNED:
            for other in alone:
                ((column, part),) = other.segment
                if column == name and part.strip().casefold() in OTHERS:
                    yield row, other


def _card(learned: RowResult, other: RowResult, contract: Contract) -> Fitting | None:
    """None where one of the parts cannot be judged: the promise itself says why."""
    if not (learned.estimate.assessable and other.estimate.assessable):
        return None
    if learned.obstacle or other.obstacle:
        return None
    criterion = learned.criterion
    worse = difference(learned.estimate, other.estimate)
    if criterion.op == "<=":
        worse = difference(other.estimate, learned.estimate)
    short = learned.verdict == "missed"
    fit: Fit = "alike"
    if worse.low > 0:
        fit = "both" if short else "overfits"
    elif short:
        fit = "underfits"
    elif worse.high < 0:
        fit = "turned"
    about = subject(criterion, contract)
    part = other.segment[0][1]
    said = (
        f"On the rows it learned from, {plain_clause(about, learned.estimate).measured}, n"
        f" {whole(round(learned.estimate.n))}; on the {part} rows,"
        f" {plain_clause(about, other.estimate).measured}, n {whole(round(other.estimate.n))}."
    )
    means = _means(fit, worse, criterion.quantity.call.metric)
    return Fitting(fit, f"{capital(about.reading.noun)}, {part}", f"{said} {means}")


def _means(fit: Fit, worse: Estimate, metric: str) -> str:
    apart = _apart(worse, metric)
    better = replace(worse, value=-(worse.value or 0.0), low=-worse.high, high=-worse.low)
    heart = (
        f"It does worse by {apart} on rows that it has not seen: part of what it knows it has"
        " learned by heart. What it will do for new people is what the others show."
    )
    simple = (
        "It falls short already where it knows the answers: it is too simple, or lacks a column"
        " that matters. More rows of the same kind will hardly mend that."
    )
    match fit:
        case "overfits":
            return heart
        case "underfits":
            return f"{simple} The two parts differ by {apart}."
        case "both":
            return f"{simple} {heart}"
        case "turned":
            return (
                f"It does better by {_apart(better, metric)} on rows that it has not seen.{TURNED}"
            )
        case _:
            return f"The two parts differ by {apart}: no difference is shown."


def _apart(worse: Estimate, metric: str) -> str:
    """`4.6 points (3.6 to 5.6)`."""
    assert worse.value is not None
    unit = CATALOGUE[metric].unit
    shown = "points" if unit in ("share", "percent") else unit
    scale = scale_for(shown, worse.value, worse.low, worse.high, 0.0, "<=")
    return f"{scale.full(worse.value)} ({span(scale, worse.low, worse.high)})"
