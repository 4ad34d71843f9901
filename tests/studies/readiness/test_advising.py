"""What to do about data follows from what lacks, the most serious first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.file.reading import contract_from_mapping
from sextant.reports.readiness.as_dict import as_dict
from sextant.studies.readiness import Pace, Ready, ready

CONTRACT = contract_from_mapping(
    {
        "product": "P", "outcome": "O", "task": "binary",
        "data": {"source": "rows", "label": "label", "score": "score"},
        "criteria": ["recall >= 0.8"],
    }
)  # fmt: skip
GOOD: Mapping[str, float] = {"recall": 0.9, "false_positive_rate": 0.05}
EVEN = {"shares": {"sex": {"F": 0.5, "M": 0.5}}}


def table(rows: int, labelled: int | None = None, women: int = 2) -> pd.DataFrame:
    known = rows if labelled is None else labelled
    return pd.DataFrame(
        {
            "sex": ["F" if at % women else "M" for at in range(rows)],
            "label": [float(at % 4 == 0) if at < known else None for at in range(rows)],
        }
    )


def answered(
    rows: pd.DataFrame, expect: Mapping[str, float] | None = GOOD, pace: Pace | None = None,
    **more: Any,
) -> Ready:  # fmt: skip
    sheet = sx.profile(rows, sample=0, **more).sheet(CONTRACT).sheet
    found = sx.enough(CONTRACT, rows, expect=expect).enough
    return ready(sheet, found, pace or Pace())


def test_nothing_lacks() -> None:
    found = answered(table(4_000), rules="rows >= 10", population=EVEN)
    assert (found.advice, found.verdict, found.reasons) == ("build", "met", ())
    assert as_dict(found)["headline"].endswith("was asked for.")


def test_rows_lack_and_would_come_too_late() -> None:
    few = table(200)
    slow, fast = (answered(few, pace=Pace(each, 6)) for each in (10, 10_000))
    assert (slow.advice, fast.advice) == ("buy", "collect")
    (reason,) = fast.reasons
    record = as_dict(fast)
    assert f"about {reason.rows + 200:,} are needed" in record["headline"]
    assert f"{reason.rows:,} more" in record["headline"]


def test_labels_lack_where_the_rows_are_there() -> None:
    found = answered(table(5_000, labelled=300))
    assert found.advice == "label"
    assert as_dict(found)["headline"].startswith("Label ")


def test_people_alone_may_be_made_to_teach() -> None:
    found = answered(table(4_000, women=8), population=EVEN)
    assert found.advice == "collect"
    assert [one.advice for one in found.reasons] == ["collect", "synthesise"]
    assert "no promise" in as_dict(found)["reasons"][1]["sentence"]


@pytest.mark.parametrize(
    ("rows", "more", "why"),
    [
        (table(4_000), {"rules": "rows >= 9000"}, "rule"),
        (table(0), {}, "no row"),
        (table(4_000).assign(at=range(4_000), after=lambda x: x.label), {"label": "label"}, "leak"),
    ],
    ids=["rule", "empty", "leak"],
)
def test_what_may_not_be_used_is_not_worth_a_label(
    rows: pd.DataFrame, more: dict[str, Any], why: str
) -> None:
    found = answered(rows, **more)
    assert (found.advice, found.verdict) == ("stop", "missed")
    assert found.reasons[0].why == why


def test_without_an_expectation_nobody_knows() -> None:
    found = answered(table(4_000), expect=None)
    assert (found.advice, found.verdict) == ("say more", "undecided")
