"""However many criteria, a check asks the database a handful of questions and scans once."""

from __future__ import annotations

import pandas as pd
import pytest

from sextant.engines.scan import tally
from sextant.engines.source import open_source

SEGMENTS = {
    "sex": "sex",
    "age": {"column": "age", "bands": [25, 45, 65]},
    "word": "word",
}
TWELVE = (
    "auc >= 0.6",
    "recall(threshold=0.5) >= 0.1 in every sex, age, word",
    "precision(threshold=0.3) >= 0.1 in every sex x age",
    "gap(false_positive_rate) <= 0.5 across sex",
    "accuracy(threshold=0.5) >= 0.1 in every word",
    "brier <= 0.9",
    "prevalence >= 0.1 in every age",
    "mean(skewed) >= 0 in every sex",
    "quantile(few, q=0.5) <= 1 in every age",
    "ratio_of_means(skewed, far) >= 0",
    "missing_rate(word) <= 0.9 in every sex",
    "out_of_range(few, low=0, high=2) <= 0.9",
)


def scans(queries: list[str]) -> list[str]:
    return [query for query in queries if "GROUPING SETS" in query]


def asked(make, rows, *criteria: str, **roles) -> list[str]:
    source = open_source(rows)
    tally(make(*criteria, **roles), source)
    return source.session.queries


@pytest.mark.parametrize("unit", [None, "unit"])
def test_twelve_criteria_over_three_segments(make, rows: pd.DataFrame, unit) -> None:
    queries = asked(make, rows, *TWELVE, segments=SEGMENTS, unit=unit)
    kinds = ["DESCRIBE", "SELECT COUNT(*)", "SELECT ARRAY_AGG(", "WITH "]
    assert len(queries) == 4
    assert all(query.upper().startswith(kind) for query, kind in zip(queries, kinds, strict=True))
    assert len(scans(queries)) == 1


def test_no_look_at_the_head_where_nobody_needs_it(make, rows) -> None:
    assert len(asked(make, rows, "auc >= 0.6", "recall(threshold=0.5) >= 0.1")) == 3


def test_a_very_wide_contract_takes_a_second_scan_and_not_a_gigabyte(make, rows) -> None:
    """Each grouping set costs every thread its own table of groups."""
    columns = {f"c{at}": rows["skewed"] for at in range(70)}
    wide = pd.concat([rows, pd.DataFrame(columns)], axis=1)
    source = open_source(wide)
    found = tally(make(*(f"missing_rate(c{at}) <= 0.5" for at in range(70))), source)
    assert len(scans(source.session.queries)) == 2
    yes = {cell[()].whole.get("yes") for cell in found.cells[()].values()}
    assert yes == {rows["skewed"].isna().sum()}
    assert found.snapshot.rows == found.rows == len(rows)


def test_a_hundred_reasons_and_two_hundred_thresholds(make, rows) -> None:
    columns = {f"c{at}": rows["skewed"] for at in range(30)}
    wide = pd.concat([rows, pd.DataFrame(columns)], axis=1)
    found = tally(
        make(
            *(f"mean(c{at}) >= 0" for at in range(30)),
            *(f"recall(threshold={at / 250}) >= 0.01" for at in range(1, 201)),
        ),
        open_source(wide),
    )
    assert dict(found.set_aside) == {f"no c{at}": 9 for at in range(30)}
    (scores,) = (one for one in found.cells[()] if hasattr(one, "thresholds"))
    assert len(scores.thresholds) == 200


def test_a_set_of_many_values(make, rows) -> None:
    values = ", ".join(f"w{at}" for at in range(150))
    source = open_source(rows)
    found = tally(make(f"out_of_set(word, values=[{values}]) <= 0.9"), source)
    (cell,) = (cells[()] for cells in found.cells[()].values())
    assert cell.whole.get("yes") == (rows["word"] != " ").sum()
