"""Segments: bands, names, missing values, folding, crosses, and empty ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx


def segments_of(result):
    return [dict(row.segment) for row in result.evidence.results]


def judge(data, segments, criterion="recall >= 0.5 in every g"):
    return sx.evaluate(data, label="y", score="p", segments=segments, criteria=[criterion])


def test_bands_are_left_closed_and_all_are_kept(table):
    data = pd.concat([table(5, 5, age=age) for age in (15, 16, 24, 25, 64, 65)])
    result = judge(data, {"g": {"column": "age", "bands": [16, 25, 45, 65]}})
    found = {row.segment[0][1]: row.rows for row in result.evidence.results}
    assert found == {
        "under 16": 10,
        "16–24": 20,
        "25–44": 10,
        "45–64": 10,
        "65 and over": 10,
    }


def test_an_empty_band_is_undecided_not_left_out(table):
    result = judge(table(90, 10, age=30), {"g": {"column": "age", "bands": [16, 65]}})
    assert [row.verdict for row in result.evidence.results] == ["undecided", "met", "undecided"]
    assert result.verdict == "undecided"
    assert "no row" in result.evidence.results[0].reason


def test_a_missing_value_is_a_segment_of_its_own(table):
    data = pd.concat([table(9, 1, g="a"), table(3, 7, g=None), table(1, 1, g="  ")])
    assert segments_of(judge(data, {"g": "g"})) == [{"g": "a"}, {"g": "missing"}]


@pytest.mark.parametrize("dtype", ["int64", "float64", "Int16", "float32"])
def test_names_for_codes_of_any_type(table, dtype):
    data = pd.concat([table(9, 1, g=1), table(9, 1, g=2), table(9, 1, g=3)])
    data = data.astype({"g": dtype})
    named = {"g": {"column": "g", "labels": {1: "men", 2: "women"}}}
    assert segments_of(judge(data, named)) == [{"g": "men"}, {"g": "women"}, {"g": "3"}]


def test_small_values_are_folded_and_shown(table):
    data = pd.concat([table(300, 30, g="a"), *[table(9, 1, g=name) for name in "bcd"]])
    result = judge(data, {"g": {"column": "g", "min_rows": 100, "fold": "others"}})
    assert segments_of(result) == [{"g": "a"}, {"g": "others"}]
    assert result.evidence.results[1].estimate.n == 30
    (coverage,) = result.evidence.data.segments
    assert coverage.folded == ("b", "c", "d")
    assert dict(coverage.rows) == {"a": 330, "others": 30}


def test_codes_of_one_name_are_one_group(table):
    data = pd.concat([table(60, 6, g=1), *[table(36, 4, g=code) for code in (3, 4, 5)]])
    named = {1: "a", 3: "tribes", 4: "tribes", 5: "tribes"}
    result = judge(data, {"g": {"column": "g", "labels": named, "min_rows": 50}})
    assert segments_of(result) == [{"g": "a"}, {"g": "tribes"}]
    assert result.evidence.data.segments[0].folded == ()


def test_a_cross_has_every_combination(table):
    data = pd.concat(
        [table(9, 1, g="a", h="x"), table(9, 1, g="a", h="y"), table(9, 1, g="b", h="x")]
    )
    result = sx.evaluate(
        data,
        label="y",
        score="p",
        segments={"g": "g", "h": "h"},
        criteria=["recall >= 0.5 in every g x h"],
    )
    assert len(segments_of(result)) == 4
    found = {tuple(dict(row.segment).values()): row for row in result.evidence.results}
    assert {key: row.estimate.n for key, row in found.items()} == {
        ("a", "x"): 10,
        ("a", "y"): 10,
        ("b", "x"): 10,
        ("b", "y"): 0,
    }


def test_each_of_several_segments(table):
    data = pd.concat([table(9, 1, g="a", h="x"), table(9, 1, g="b", h="y")])
    result = sx.evaluate(
        data,
        label="y",
        score="p",
        segments={"g": "g", "h": "h"},
        criteria=["recall >= 0.5 in every g, h"],
    )
    assert segments_of(result) == [{"g": "a"}, {"g": "b"}, {"h": "x"}, {"h": "y"}]


def test_one_segment_value(table):
    data = pd.concat([table(9, 1, age=10), table(95, 5, age=70)])
    result = sx.evaluate(
        data,
        label="y",
        score="p",
        segments={"age": {"column": "age", "bands": [65]}},
        criteria=['recall >= 0.8 in age = "65 and over"'],
    )
    (row,) = result.evidence.results
    assert (row.verdict, row.estimate.n) == ("met", 100)


def test_unlabelled_rows_are_counted_never_guessed(table):
    data = pd.concat([table(90, 10), table(50, 50).assign(y=np.nan)])
    result = sx.evaluate(data, label="y", score="p", criteria=["recall >= 0.8"])
    held = result.to_dict()["data"]
    assert (held["rows"], held["labelled"]) == (200, 100)
    assert result.evidence.results[0].estimate.n == 100


def test_a_value_that_no_row_has_is_undecided_with_its_reason(table):
    result = judge(table(9, 1, g="a"), {"g": "g"}, "recall >= 0.5 in g = zz")
    (row,) = result.evidence.results
    assert dict(row.segment) == {"g": "zz"}
    assert row.verdict == "undecided"
    assert "no row in this segment; its values are: a" in row.reason


def test_no_labelled_row_is_the_reason_whatever_the_metric(table):
    result = sx.evaluate(
        table(9, 1).assign(y=np.nan),
        label="y",
        score="p",
        criteria=["recall >= 0.5", "auc >= 0.5", "f1 >= 0.5", "brier <= 0.5", "prevalence >= 0.1"],
    )
    assert {row.reason for row in result.evidence.results} == {"no labelled row"}
