"""What Python users get: results that print, convert and draw themselves."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import sextant as sx
from sextant.engines.errors import SourceError

EXTRACT = Path(__file__).parents[1] / "data" / "census.parquet"


@pytest.fixture(scope="module")
def result():
    return sx.evaluate(
        EXTRACT,
        label="employed",
        score={"column": "predicted_probability_permille", "scale": 1000},
        segments={"sex": {"column": "SEX", "labels": {1: "men", 2: "women"}}},
        criteria=["auc >= 0.8", "recall >= 0.8 in every sex"],
    )


def test_a_result_prints_as_a_table(result):
    shown = repr(result)
    assert "auc >= 0.8" in shown
    assert "women" in shown


def test_a_result_converts_to_the_json_object(result):
    held = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert held["schema"] == 1
    assert [row["segment"] for row in held["results"]] == [{}, {"sex": "men"}, {"sex": "women"}]
    assert held["results"][0]["confidence"] == 0.95


def test_a_result_converts_to_a_frame(result):
    frame = result.to_frame()
    assert list(frame["segment"]) == ["", "sex = men", "sex = women"]
    assert {"estimate", "low", "high", "n", "verdict"} <= set(frame.columns)


def test_a_result_draws_itself_as_a_page(result):
    assert result.to_html().startswith("<!doctype html>")
    assert "<iframe srcdoc=" in result._repr_html_()


def test_the_day_is_passed_in(result):
    dated = sx.check(result.evidence.contract, EXTRACT, today=date(2027, 1, 31))
    assert dated.evidence.checked_on == "2027-01-31"
    assert dated.evidence.code == f"sextant {sx.__version__}"


def test_the_audience_changes_the_sentences_not_the_numbers(result):
    product, technical = result.to_dict("product"), result.to_dict("technical")
    assert product["results"][0]["sentence"] != technical["results"][0]["sentence"]
    assert product["results"][0]["low"] == technical["results"][0]["low"]


def test_the_import_loads_nothing_heavy():
    script = (
        "import sys, sextant; print([m for m in ('numpy', 'scipy', 'duckdb') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        _ = sx.chekc


@pytest.mark.parametrize(
    "data", [None, 5, b"x", [1, 2], {"a": 1}, iter([1])], ids=lambda data: type(data).__name__
)
def test_what_is_no_table_is_refused_in_words(data):
    with pytest.raises(SourceError, match=r"Give a path"):
        sx.evaluate(data, criteria=["missing_rate(a) <= 1%"])
