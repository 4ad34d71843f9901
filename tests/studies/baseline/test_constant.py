"""A model against a constant, from its own counts: the same as a comparison of two columns."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.file.reading import contract_from_text
from sextant.engines.scan import tally as scan
from sextant.engines.source import open_source
from sextant.studies.baseline.constant import (
    CONSTANTS,
    Constant,
    against_constant,
    best_constant,
    decided,
)

TODAY = date(2026, 11, 30)
TEXT = """
product: Test
outcome: Better
task: binary
data: {{source: rows, label: y, score: s{unit}}}
threshold: 0.4
{costs}
criteria:
  - {criterion}
"""
COSTS = "costs: {false_positive: 30, false_negative: 12, true_negative: 12, currency: USD}"


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """1,000 rows of 250 people; some without a label."""
    rng = np.random.default_rng(7)
    label = rng.binomial(1, 0.3, 1000).astype(float)
    score = np.clip(0.25 + 0.4 * label + rng.normal(0, 0.25, 1000), 0, 1)
    label[:20] = np.nan
    held = pd.DataFrame({"y": label, "s": score, "who": np.arange(1000) // 4})
    held["no"], held["yes"] = 0, 1
    held.to_parquet(tmp_path / "rows.parquet")
    return tmp_path / "rows.parquet"


@pytest.mark.parametrize("costs", ["", COSTS])
@pytest.mark.parametrize("unit", ["", ", unit: who"])
@pytest.mark.parametrize("constant", CONSTANTS)
def test_it_is_the_comparison_with_a_constant_column(
    constant: Constant, unit: str, costs: str, rows: Path
) -> None:
    text = TEXT.format(unit=unit, costs=costs, criterion="accuracy >= 0.5")
    contract = contract_from_text(text)
    tally = scan(contract, open_source(rows, rows.parent))
    ours = against_constant(contract, tally, constant, "model", 1, TODAY)
    column = {"column": constant.removeprefix("always "), "decisions": True}
    theirs = sx.compare(
        contract, a=column, b="s", source=rows, metrics=["cost" if costs else "accuracy"], look=1
    ).comparison
    assert ours.verdict == theirs.verdict
    found = {one.result.criterion.text: one.rows[0] for one in ours.answers}
    held = {one.result.criterion.text: one.rows[0] for one in theirs.answers}
    assert set(found) <= set(held)
    assert len(found) >= 5
    for name, one in found.items():
        assert one.row.estimate == held[name].row.estimate, name
        assert (one.a, one.b) == (held[name].a, held[name].b), name


def test_the_constant_that_is_hardest_to_beat(rows: Path) -> None:
    cheap = "costs: {false_positive: 1, false_negative: 50, currency: USD}"
    for costs, best in (("", "always no"), (COSTS, "always no"), (cheap, "always yes")):
        text = TEXT.format(unit="", costs=costs, criterion="accuracy >= 0.5")
        contract = contract_from_text(text)
        cell = decided(contract, scan(contract, open_source(rows, rows.parent)))
        assert cell is not None
        assert best_constant(contract, cell) == best


def test_promises_that_count_no_decisions_answer_nothing(rows: Path) -> None:
    contract = contract_from_text(TEXT.format(unit="", costs="", criterion="auc >= 0.5"))
    tally = scan(contract, open_source(rows, rows.parent))
    assert decided(contract, tally) is None
    with pytest.raises(ValueError, match="Promise accuracy or recall"):
        against_constant(contract, tally, "always no", "model", 1, TODAY)


def test_a_later_look_has_a_wider_interval(rows: Path) -> None:
    contract = contract_from_text(TEXT.format(unit="", costs="", criterion="accuracy >= 0.5"))
    tally = scan(contract, open_source(rows, rows.parent))
    first, second = (
        against_constant(contract, tally, "always no", "model", look, TODAY).answers[0].rows[0].row
        for look in (1, 2)
    )
    assert second.estimate.low < first.estimate.low
