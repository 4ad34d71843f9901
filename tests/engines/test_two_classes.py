"""A label or a prediction makes two classes, or the answer says what it holds and what to write."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from sextant.engines.errors import SourceError
from sextant.metrics.requests import Decisions, Scores

YES = {"column": "y", "positive": "yes"}


def frame(labels: list[Any], decisions: list[Any] | None = None) -> pd.DataFrame:
    held = pd.DataFrame({"y": labels, "p": [0.9, 0.2, 0.4][: len(labels)]})
    return held if decisions is None else held.assign(d=decisions)


def refusal(count, table: pd.DataFrame, **roles) -> str:
    with pytest.raises(SourceError) as caught:
        count(table, "recall(threshold=0.5) >= 0.1", **roles)
    return "\n".join(caught.value.problems)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ([0, 1, 2], "holds '0', '1', '2', which is not one of the pairs"),
        ([1, 2, 2], "Name the positive class: label: {column: y, positive: 2}."),
        (["low", "high", None], "label: {column: y, positive: low}."),
        (["a: b", "c", "c"], "holds 'a: b', 'c', which"),
        (["no", "1", "1"], "holds '1', 'no'"),
        ([0.5, 1.0, 0.0], "holds '0.0', '0.5', '1.0'"),
        (["v" * 500, "x", "x"], "holds '" + "v" * 40 + "', 'x', which"),
        (list("abc"), "'a', 'b', 'c'"),
    ],
)
def test_labels_that_make_no_two_classes(count, labels, said: str) -> None:
    assert said in refusal(count, frame(labels))


@pytest.mark.parametrize(
    ("labels", "positive", "said"),
    [
        (["Yes", "No", "No"], "yes", "holds 'No', 'Yes'. Did you mean Yes?"),
        (["yes ", "no", "no"], "YES", "Did you mean"),
        (["hired", "rejected", "rejected"], "hirde", "Did you mean hired?"),
        (
            [1, 0, 0],
            "employed",
            "The positive class 'employed' is not in 'y', which holds '0', '1'.",
        ),
        ([True, False, None], "employed", "which holds 'false', 'true'"),
    ],
)
def test_a_positive_class_that_is_misspelt(count, labels, positive, said: str) -> None:
    label = {"column": "y", "positive": positive}
    assert said in refusal(count, frame(labels), label=label)


@pytest.mark.parametrize("labels", [["no", "no", None], ["none", "late", "late"]])
def test_a_positive_class_that_does_not_occur_is_noted(count, labels) -> None:
    """It may be a month without fraud; whoever reads the result sees what the column holds."""
    found = count(frame(labels), "auc >= 0.1", label={"column": "y", "positive": "fraud"})
    (note,) = found.notes
    assert note.startswith("No row has the positive class 'fraud': 'y' holds ")
    assert note.endswith("and every labelled row counts as negative.")
    assert found.cells[()][Scores()][()].whole.positives.sum() == 0


def test_a_positive_class_that_occurs_is_not_noted(count) -> None:
    assert count(frame(["yes", "no", "no"]), "auc >= 0.1", label=YES).notes == ()


@pytest.mark.parametrize("labels", [[1, 1, 1], [0, 0, None], ["yes", None, None], [-1, -1, -1]])
def test_one_class_is_two_classes_of_which_one_is_empty(count, labels) -> None:
    found = count(frame(labels), "auc >= 0.1")
    counts = found.cells[()][Scores()][()].whole.counts.sum(axis=0)
    assert counts[:2].min() == 0
    assert counts.sum() == 3


def test_no_label_at_all(count) -> None:
    found = count(frame([None, None, None]), "auc >= 0.1")
    assert (found.rows, found.labelled, found.set_aside) == (3, 0, ())


@pytest.mark.parametrize(
    ("labels", "decisions", "label"),
    [
        ([1, 0, 1], ["yes", "no", "no"], "y"),
        ([1, 0, 1], [True, False, False], "y"),
        ([1, 0, 1], [1.0, -1.0, -1.0], "y"),
        (["yes", "no", "yes"], ["yes", "no", "no"], YES),
        (["yes", "no", "yes"], [1, 0, 0], YES),
        (["yes", "late", "yes"], ["yes", "never", "never"], YES),
    ],
)
def test_decisions_in_the_words_of_the_label_or_their_own(count, labels, decisions, label) -> None:
    roles = {"prediction": "d", "label": label, "score": None}
    found = count(frame(labels, decisions), "recall >= 0.1", **roles)
    seen = found.cells[()][Decisions()][()].whole
    assert (seen.tp, seen.fp, seen.fn, seen.tn) == (1, 0, 1, 1)


def test_nobody_was_flagged(count) -> None:
    """The decisions hold one word, and it is the label's own negative."""
    roles = {"prediction": "d", "label": {"column": "y", "positive": "hired"}, "score": None}
    table = frame(["hired", "rejected", "hired"], ["rejected"] * 3)
    seen = count(table, "recall >= 0.1", **roles).cells[()][Decisions()][()].whole
    assert (seen.tp, seen.fp, seen.fn, seen.tn) == (0, 0, 2, 1)


@pytest.mark.parametrize("decisions", [[0, 1, 2], ["maybe"] * 3, [0.3, 0.9, 0.1]])
def test_decisions_that_are_none(count, decisions) -> None:
    roles = {"prediction": "d", "label": YES, "score": None}
    with pytest.raises(SourceError, match="A prediction must be 0 or 1, or use the label's own"):
        count(frame(["yes", "no", "no"], decisions), "recall >= 0.1", **roles)
