"""Probes of parts of real tables: no leak in credit default, and German credit is too small."""

from __future__ import annotations

from pathlib import Path

import pytest

import sextant as sx
from sextant.lab import learning, models

DEFAULT = "credit_default_taiwan/credit_card_clients.parquet"


@pytest.fixture(autouse=True)
def few_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the trees and few parts: no proof here hangs on the last point of AUC."""
    monkeypatch.setattr(models, "TREES", 10)
    monkeypatch.setattr(learning, "SHARES", ((1 / 4, 1), (1 / 2, 1)))


def test_credit_default(shared_data: Path) -> None:
    """One month of delay tells as much as all other columns: published rules cut at PAY_0 >= 2."""
    found = sx.probe(
        shared_data / DEFAULT, target="default_payment", rows=900, folds=2,
        required=["accuracy >= 70%", "recall >= 80%"],
    ).to_dict()  # fmt: skip
    assert found["leaks"] == []
    assert found["data"]["used"] == 900
    column = next(one for one in found["answers"] if one["kind"] == "column")
    assert column["numbers"]["accuracy"]["low"] > 0.75
    assert [one["verdict"] for one in found["required"]] == ["met", "missed"]
    assert found["verdict"] == "missed"


def test_german_credit_is_too_small(shared_data: Path) -> None:
    file = shared_data / "german_credit/german_credit.csv"
    found = sx.probe(file, target="class-label", rows=900, folds=2).to_dict()
    assert found["data"]["used"] == 900
    assert any("too few to tell close answers apart" in text for text in found["sentences"])
    assert any("Label more rows" in text for text in found["steps"])
