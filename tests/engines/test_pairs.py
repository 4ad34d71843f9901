"""What one scan counts of two versions equals what NumPy counts, in every segment and unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.engines.errors import SourceError
from sextant.metrics.paired.requests import Agreed, Joined, Measured, Nearer, Ranked, Side
from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import dump_tally, load_tally
from sextant.states.agreement import Agreement
from sextant.states.joint import JointScores
from sextant.states.moments import Moments
from sextant.states.scores import ScoreCounts

A, B = Side("a", cut=0.5), Side("b", cut=0.5)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    n = 1_500
    found = pd.DataFrame({"a": rng.uniform(size=n).round(4), "b": rng.uniform(size=n).round(4)})
    found["y"] = np.where(rng.uniform(size=n) < 0.1, np.nan, rng.uniform(size=n) < found["a"])
    found["t"] = 3 * found["a"] + rng.normal(size=n)
    found["g"] = rng.choice(["x", "z"], n)
    found["u"] = rng.integers(0, 40, n)
    found.loc[rng.choice(n, 5, replace=False), "a"] = np.nan
    found.loc[rng.choice(n, 4, replace=False), "b"] = np.nan
    return found


def tally(data: Any, **more: Any) -> Tally:
    return sx.compare(data, **{"a": "a", "b": "b", "label": "y", "segments": ["g"]} | more).tally


def used(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["a"].notna() & table["b"].notna()]


def test_every_state_is_that_of_the_rows(table: pd.DataFrame) -> None:
    found, rows = tally(table), used(table)
    for values, part in [((), rows), *((key, one) for key, one in rows.groupby(["g"]))]:
        grouping = ("g",) if values else ()
        agreed = found.find(grouping, Agreed(A, B))[tuple(values)].whole
        assert agreed == Agreement.of(part["y"], part["a"] >= 0.5, part["b"] >= 0.5)
    whole = {request: found.find((), request)[()].whole for request in found.cells[()]}
    assert whole[Ranked(A, B, "b")] == ScoreCounts.of(rows["b"], rows["y"])
    assert whole[Joined(A, B)] == JointScores.of(rows["a"], rows["b"], rows["y"])
    known = rows[rows["y"].notna()]
    gone = (known["b"] - known["y"]) ** 2 - (known["a"] - known["y"]) ** 2
    seen, expected = whole[Measured(A, B, "brier", "difference")], Moments.of(gone)
    assert (seen.n, seen.mean, seen.m2) == pytest.approx((expected.n, expected.mean, expected.m2))


def test_rows_of_one_version_alone_are_set_aside(table: pd.DataFrame) -> None:
    found = tally(table)
    assert dict(found.set_aside) == {"no a": 5, "no b": 4}
    assert found.find((), Agreed(A, B))[()].aside == 9
    assert found.rows == 1_500


def test_one_scan_answers_every_question(table: pd.DataFrame, tmp_path: Path) -> None:
    from sextant.engines.duck import Session

    table.to_parquet(tmp_path / "t.parquet")
    seen: list[str] = []
    columns = Session.columns

    def counted(self: Session, sql: str, progress: Any = None) -> Any:
        seen.append(sql)
        return columns(self, sql, progress)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "columns", counted)
        tally(tmp_path / "t.parquet", metrics=["accuracy", "recall in every g", "auc"])
    assert len(seen) == 1


def test_text_files_and_parts_of_a_table_give_the_same(table: pd.DataFrame, tmp_path: Path) -> None:
    table.to_csv(tmp_path / "whole.csv", index=False)
    for part in range(3):
        table.iloc[part::3].to_parquet(tmp_path / f"part{part}.parquet")
    parts = [tally(tmp_path / f"part{i}.parquet") for i in range(3)]
    for request in (Agreed(A, B), Joined(A, B), Ranked(A, B, "a")):
        whole = tally(table).find((), request)[()].whole
        cells = [one.find((), request)[()] for one in parts]
        assert (cells[0] + cells[1] + cells[2]).whole == whole
        assert tally(tmp_path / "whole.csv").find((), request)[()].whole == whole


def test_units_split_into_buckets_that_add_up(table: pd.DataFrame) -> None:
    found = tally(table, unit="u")
    for request in (Agreed(A, B), Ranked(A, B, "a"), Measured(A, B, "brier", "difference")):
        cell = found.find((), request)[()]
        assert cell.by_unit is not None
        assert len(cell.by_unit.parts) > 20
    assert Joined(A, B) not in found.cells[()]


def test_numbers_and_who_comes_nearer(table: pd.DataFrame) -> None:
    found = sx.compare(table, a="a", b="b", label="t", task="regression").tally
    rows = used(table)
    gone = (rows["b"] - rows["t"]).abs() - (rows["a"] - rows["t"]).abs()
    a, b = Side("a", cut=0.5), Side("b", cut=0.5)
    nearer = found.find((), Nearer(a, b, "t"))[()].whole
    assert (nearer.get("better"), nearer.get("worse")) == ((gone < 0).sum(), (gone > 0).sum())
    moments = found.find((), Measured(a, b, "absolute", "difference", "t"))[()].whole
    assert moments.mean == pytest.approx(gone.mean())


def test_a_row_without_its_true_number_is_unlabelled_and_not_unusable(
    table: pd.DataFrame,
) -> None:
    gaps = table.assign(t=table["t"].where(np.arange(len(table)) % 3 > 0))
    found = sx.compare(gaps, a="a", b="b", label="t", task="regression")
    assert found.verdict != "undecided"
    assert dict(found.tally.set_aside) == {"no a": 5, "no b": 4}
    assert found.to_dict()["data"]["labelled"] == gaps[["a", "b", "t"]].notna().all(axis=1).sum()


def test_decisions_in_words_and_numbers_agree(table: pd.DataFrame) -> None:
    rows = used(table)
    words = rows.assign(
        a=np.where(rows["a"] >= 0.5, "yes", "no"), b=np.where(rows["b"] >= 0.5, "yes", "no")
    )
    side = {which: Side(which, decides=True) for which in ("a", "b")}
    found = tally(words).find((), Agreed(side["a"], side["b"]))[()].whole
    assert found == Agreement.of(rows["y"], rows["a"] >= 0.5, rows["b"] >= 0.5)


def test_a_version_may_be_of_another_scale(table: pd.DataFrame) -> None:
    found = sx.compare(
        table.assign(b=table["b"] * 1_000), a="a", b={"column": "b", "scale": 1_000}, label="y"
    )
    assert found.tally.find((), Agreed(A, Side("b", 1_000.0)))[()].whole == Agreement.of(
        used(table)["y"], used(table)["a"] >= 0.5, used(table)["b"] >= 0.5
    )


def test_what_was_counted_is_stored_and_comes_back(table: pd.DataFrame) -> None:
    for found in (
        tally(table),
        tally(table, unit="u"),
        sx.compare(table, a="a", b="b", label="t", task="regression").tally,
    ):
        again = load_tally(dump_tally(found))
        assert again.cells == found.cells
        assert again.counts == found.counts


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"a": [1.5, 0.2]}, "Scores in 'a' run from 0.2 to 1.5"),
        ({"b": ["maybe", "never"]}, "The prediction column 'b' holds 'maybe', 'never'"),
        ({"y": ["cat", "dog"]}, "Name the positive class"),
    ],
)
def test_what_makes_no_sense_is_refused(change: dict[str, Any], problem: str) -> None:
    rows = pd.DataFrame({"a": [0.1, 0.9], "b": [0.2, 0.8], "y": [0, 1]} | change)
    with pytest.raises(SourceError, match=problem):
        sx.compare(rows, a="a", b="b", label="y")


def test_a_scale_of_another_version_is_found_out() -> None:
    rows = pd.DataFrame({"a": [0.1, 0.9], "b": [200, 800], "y": [0, 1]})
    with pytest.raises(SourceError, match=r"run up to 0\.9 before they are divided by 1000"):
        sx.compare(
            rows,
            a={"column": "a", "scale": 1_000},
            b={"column": "b", "scale": 1_000},
            label="y",
        )


def test_a_version_that_never_says_the_positive_class_says_no() -> None:
    rows = pd.DataFrame(
        {"y": ["cat", "dog", "fox", "cat"], "a": ["cat", "dog", "cat", "dog"],
         "b": ["dog", "dog", "fox", "fox"]}
    )  # fmt: skip
    found = sx.compare(rows, a="a", b="b", label={"column": "y", "positive": "cat"})
    side = {which: Side(which, decides=True) for which in ("a", "b")}
    counts = found.tally.find((), Agreed(side["a"], side["b"]))[()].whole.counts
    assert counts[:, :, 1].sum() == 0
    assert counts[1, 1, 0] == counts[1, 0, 0] == 1
    with pytest.raises(SourceError, match="'b' holds 'Cat', 'dog'"):
        sx.compare(
            rows.assign(b=["Cat", "dog", "dog", "dog"]), a="a", b="b",
            label={"column": "y", "positive": "cat"},
        )  # fmt: skip
