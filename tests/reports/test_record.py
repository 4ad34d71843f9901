"""The record of a look is plain JSON, and the page drawn from it is the page of the look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.evidence import Evidence
from sextant.reports.html import page, render
from sextant.reports.record import MOST, MOST_QUESTIONS, record_of

ROWS = 60
LABEL = np.tile([0.0, 1.0], ROWS // 2)
SCORE = np.linspace(0.0, 1.0, ROWS)
GROUP = ["a", "b", None] * (ROWS // 3)
CRITERIA = (
    "auc >= 0.5",
    "recall >= 0.5 in every g",
    "ratio(selection_rate) >= 0.8 across g",
    "quantile(p, q=0.99) <= 0.5",
    "missing_rate(p) <= 0.1",
    "brier <= 0.2",
)
ODD = {
    "no rows": {"y": LABEL[:0], "p": SCORE[:0], "g": GROUP[:0]},
    "one row": {"y": LABEL[:1], "p": SCORE[:1], "g": GROUP[:1]},
    "only negatives": {"y": LABEL * 0, "p": SCORE, "g": GROUP},
    "only positives": {"y": LABEL * 0 + 1, "p": SCORE, "g": GROUP},
    "no label": {"y": LABEL * np.nan, "p": SCORE, "g": GROUP},
    "no score": {"y": LABEL, "p": SCORE * np.nan, "g": GROUP},
    "one score": {"y": LABEL, "p": SCORE * 0 + 0.5, "g": GROUP},
    "only infinite scores": {"y": LABEL, "p": SCORE * 0 + np.inf, "g": GROUP},
}


def plain(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record as it comes back from storage; fails on anything that is not JSON."""
    back: dict[str, Any] = json.loads(json.dumps(record, allow_nan=False))
    return back


@pytest.fixture(scope="module", params=["employment", "recommender"])
def looked(request: pytest.FixtureRequest, demo: Path) -> sx.Result:
    return sx.check(demo / request.param / "contract.yaml", look=1)


def odd(kind: str) -> sx.Result:
    table = pd.DataFrame(ODD[kind]).astype({"g": "object"})
    return sx.evaluate(table, criteria=CRITERIA, label="y", score="p", segments={"g": "g"})


def test_a_demo_contract_comes_back_from_json_as_it_went(looked: sx.Result) -> None:
    record = record_of(looked.evidence, looked.tally)
    assert plain(record) == record


def test_the_page_of_a_kept_record_is_the_page_of_the_look(looked: sx.Result) -> None:
    record = record_of(looked.evidence, looked.tally)
    fresh = render(looked.evidence)
    assert page(record) == fresh
    assert page(plain(record)) == fresh


@pytest.mark.parametrize("kind", ODD)
def test_odd_evidence_is_plain_json_too(kind: str) -> None:
    found = odd(kind)
    record = record_of(found.evidence, found.tally)
    assert plain(record) == record
    assert page(plain(record)) == render(found.evidence)


def test_every_kind_of_row_is_plain_json(evidence: Evidence) -> None:
    record = record_of(evidence)
    assert plain(record) == record
    assert page(plain(record)) == render(evidence)


def test_without_a_tally_neither_counts_nor_reliability_are_claimed(evidence: Evidence) -> None:
    record = record_of(evidence)
    assert (record["confusion"], record["reliability"]) == (None, None)


def test_a_number_that_does_not_exist_is_null(evidence: Evidence) -> None:
    tops = {one["id"]: one["top"] for one in record_of(evidence)["criteria"]}
    assert tops["fast"]["high"] is None
    assert tops["fast"]["low"] == 281.2
    assert (tops["old"]["estimate"], tops["old"]["low"], tops["old"]["high"]) == (None,) * 3
    assert tops["old"]["reason"] == "no flagged row with a label"


def test_of_very_many_rows_and_questions_the_rest_is_counted() -> None:
    """Two hits in two rows: the exact interval, 0.158 to 1, leaves every group undecided."""
    groups = MOST + 20
    names = [f"g{at:03}" for at in range(groups)]
    found = sx.evaluate(
        pd.DataFrame({"g": names * 2, "y": 1, "p": 0.9}),
        criteria=["recall >= 0.5 in every g"],
        label="y",
        score="p",
        segments={"g": "g"},
    )
    record = plain(record_of(found.evidence, found.tally))
    (criterion,) = record["criteria"]
    assert len(criterion["rows"]) == MOST
    assert criterion["more"] == "20 more groups (20 undecided)"
    assert len(record["open"]) == MOST_QUESTIONS
    assert record["more_open"] == groups - MOST_QUESTIONS


def test_a_criterion_whose_groups_hold_no_row_says_so() -> None:
    record = record_of(odd("no rows").evidence)
    by_group = next(one for one in record["criteria"] if one["text"] == CRITERIA[1])
    assert (by_group["rows"], by_group["verdict"]) == ([], "undecided")
    assert by_group["top"]["reason"] == "no row"
    assert by_group["top"]["value"] == ""
