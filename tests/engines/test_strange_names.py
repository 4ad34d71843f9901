"""Names and values from outside are data: none is ever read as SQL, none meets an inner name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sextant.metrics.requests import Flag, Scores, Values

NASTY = (
    'a"b',
    "a'b",
    "a;b",
    "x'); DROP VIEW source; --",
    '"; DROP VIEW source; --',
    "a--b",
    "/* a",
    "a\nb",
    "*",
    "?",
    ":x",
    "$1",
    "a\\b",
    "%s{}",
    "ünï🙂",
    "NULL",
    "select",
    "w" * 3000,
)
INNER = ("y", "p", "t", "u", "r", "kept", "w0", "s0", "bin", "cut", "n", "id", "v0", "f0", "source")


def table(names: dict[str, str]) -> pd.DataFrame:
    """Four rows under the given names, beside columns that are called as the query's own."""
    held = pd.DataFrame(
        {
            names["label"]: [1, 1, 0, 0],
            names["score"]: [0.9, 0.2, 0.8, 0.1],
            names["segment"]: ["a", "b", "a", "b"],
            names["unit"]: [1, 2, 3, 4],
            names["time"]: [2015, 2015, 2016, 2016],
            names["number"]: [1.0, 2.0, 3.0, 6.0],
        }
    )
    free = [name for name in INNER if name not in held.columns]
    return pd.concat([held, pd.DataFrame([["decoy"] * len(free)] * 4, columns=free)], axis=1)


def quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


ROLES = ("label", "score", "segment", "unit", "time", "number")


@pytest.mark.parametrize(
    "called",
    [
        *[[name + "z" * at for at in range(6)] for name in NASTY],
        *[[INNER[(at + by) % len(INNER)] for by in range(6)] for at in range(len(INNER))],
    ],
    ids=lambda called: called[0][:12],
)
def test_column_names(count, called: list[str]) -> None:
    names = dict(zip(ROLES, called, strict=True))
    number = names["number"]
    criteria = ["auc >= 0.1 in every where", "recall(threshold=0.5) >= 0.1"]
    if len(number) < 1000:
        criteria += [f"mean({quoted(number)}) >= 0", f"missing_rate({quoted(number)}) <= 0.9"]
    found = count(
        table(names),
        *criteria,
        label=names["label"],
        score=names["score"],
        unit=names["unit"],
        time=names["time"],
        segments={"where": names["segment"]},
    )
    assert found.set_aside == ()
    assert found.period == ("2015", "2016")
    assert {values: rows for values, (rows, _) in found.counts[("where",)].items()} == {
        ("a",): 2,
        ("b",): 2,
    }
    at_half = found.cells[()][Scores((0.5,))][()].whole.at(0.5)
    assert (at_half.tp, at_half.fp, at_half.fn, at_half.tn) == (1, 1, 1, 1)
    if len(number) < 1000:
        assert found.cells[()][Values(number)][()].whole.mean == 3.0
        assert found.cells[()][Flag("missing", number)][()].whole.get("no") == 4


@pytest.mark.parametrize("value", [*NASTY, "w" * 100_000])
def test_segment_values(count, value: str) -> None:
    held = pd.DataFrame({"y": [1, 0, 1], "p": [0.9, 0.1, 0.4], "g": [value, value, "other"]})
    found = count(held, "auc >= 0.1 in every g", segments={"g": "g"})
    assert found.counts[("g",)] == {("other",): (1, 1), (value,): (2, 2)}


@pytest.mark.parametrize("value", NASTY)
def test_positive_classes_and_sets(count, value: str) -> None:
    held = pd.DataFrame({"y": [value, "no", None], "p": [0.9, 0.1, 0.4]})
    criteria = ["recall(threshold=0.5) >= 0.1"]
    if len(value) < 1000:
        criteria.append(f"out_of_set(y, values=[{quoted(value)}]) <= 0.9")
    found = count(held, *criteria, label={"column": "y", "positive": value})
    at_half = found.cells[()][Scores((0.5,))][()].whole.at(0.5)
    assert (at_half.tp, at_half.tn, at_half.unlabelled_negative) == (1, 1, 1)
    for request, cells in found.cells[()].items():
        if isinstance(request, Flag):
            assert cells[()].whole.items == (("no", 1.0), ("none", 1.0), ("yes", 1.0))


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
@pytest.mark.parametrize(
    "name", ["a'b", "a;b --", '"x"', "[0-9]", "ünï🙂", "a b", "{a,b}", "$(id)"]
)
def test_file_names(count, tmp_path: Path, name: str, suffix: str) -> None:
    file = tmp_path / f"{name}.{suffix}"
    held = pd.DataFrame({"y": [1, 0], "p": [0.9, 0.1]})
    held.to_parquet(file) if suffix == "parquet" else held.to_csv(file, index=False)
    assert count(file, "auc >= 0.1").rows == 2
    assert count(tmp_path / f"*.{suffix}", "auc >= 0.1").rows == 2
