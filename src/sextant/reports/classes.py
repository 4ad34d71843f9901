"""What a classifier of many classes takes for what: each class, the table, the usual confusions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sextant.contracts.model import Contract
from sextant.metrics.requests import Classes
from sextant.metrics.tally import Cell, Tally
from sextant.reports.as_dict import count, number
from sextant.reports.calibration import whole
from sextant.states.classes import ClassCounts
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate, rate_by_unit
from sextant.words.nouns import rows_noun
from sextant.words.numbers import Scale, span
from sextant.words.numbers import whole as whole_number

MOST_CLASSES = 40
MOST_COLUMNS = 10
MOST_SENTENCES = 5


def many_classes(contract: Contract, tally: Tally) -> dict[str, Any] | None:
    """Recall and precision of each class, who is taken for whom, and how often.

    None where no criterion asked for classes. Intervals are at 95 % for each class alone, by unit
    where rows are dependent. Of more than 40 classes the largest are listed; the table of counts is
    there for up to 10.
    """
    cell = whole(tally, Classes)
    if cell is None or not cell.whole.n:
        return None
    state: ClassCounts = cell.whole
    right, labelled, predicted = state.margins(state.classes)
    order = sorted(range(len(state.classes)), key=lambda at: (-labelled[at], state.classes[at]))
    pairs = {(a, b): n for a, b, n in state.items}
    recall, precision = _rates(cell, 1), _rates(cell, 2)
    listed = [state.classes[at] for at in order]
    return {
        "rows": count(state.n),
        "classes": [
            {
                "name": state.classes[at],
                "labelled": count(labelled[at]),
                "predicted": count(predicted[at]),
                "right": count(right[at]),
                "labelled_text": whole_number(labelled[at]),
                "predicted_text": whole_number(predicted[at]),
                "recall": recall[at],
                "precision": precision[at],
            }
            for at in order[:MOST_CLASSES]
        ],
        "more": max(len(order) - MOST_CLASSES, 0),
        "table": [
            {"name": a, "counts": [count(pairs.get((a, b), 0.0)) for b in listed]} for a in listed
        ]
        if len(listed) <= MOST_COLUMNS
        else [],
        "columns": listed if len(listed) <= MOST_COLUMNS else [],
        "confusions": _confusions(cell, contract),
    }


def _rates(cell: Cell, over: int) -> list[dict[str, Any]]:
    """Right rows of every class among those with its label (1) or its prediction (2)."""
    state: ClassCounts = cell.whole
    if cell.by_unit is None:
        right, among = state.margins(state.classes)[[0, over]]
        return [_shown(rate(k, n, Level())) for k, n in zip(right, among, strict=True)]
    units = np.stack([part.margins(state.classes) for _, part in cell.by_unit.parts])
    copies = cell.by_unit.copies
    return [
        _shown(rate_by_unit(units[:, 0, at], units[:, over, at], Level(), copies))
        for at in range(len(state.classes))
    ]


def _estimate(cell: Cell, part: Callable[[ClassCounts], tuple[float, float]]) -> Estimate:
    if cell.by_unit is None:
        found, among = part(cell.whole)
        return rate(found, among, Level())
    k, n = np.array([part(state) for _, state in cell.by_unit.parts], dtype=float).T
    return rate_by_unit(k, n, Level(), cell.by_unit.copies)


def _shown(found: Estimate) -> dict[str, Any]:
    scale = Scale(100.0, 1, after=" %")
    none = found.value is None
    return {
        "estimate": number(found.value),
        "low": number(found.low),
        "high": number(found.high),
        "n": count(found.n),
        "text": "" if found.value is None else scale.full(found.value),
        "interval": "" if none else span(scale, found.low, found.high, " – "),
    }


def _confusions(cell: Cell, contract: Contract) -> list[str]:
    """The most frequent confusions, each as a share of its own class with its interval."""
    state: ClassCounts = cell.whole
    wrong = sorted(
        ((n, a, b) for a, b, n in state.items if a and b and a != b), key=lambda one: (-one[0], one)
    )
    who, found = rows_noun(contract), []
    for n, label, taken in wrong[:MOST_SENTENCES]:

        def part(held: ClassCounts, label: str = label, taken: str = taken) -> tuple[float, float]:
            mine = [(b, k) for a, b, k in held.items if a == label]
            return sum(k for b, k in mine if b == taken), sum(k for _, k in mine)

        share = _estimate(cell, part)
        places = 0 if (share.value or 0.0) >= 0.01 else 1
        scale = Scale(100.0, places)
        found.append(
            f"Of 100 {who} of {label} about {scale.bare(share.value or 0.0)} are taken for {taken} "
            f"({span(scale, share.low, share.high)}); here {whole_number(n)} of "
            f"{whole_number(share.n)}."
        )
    return found
