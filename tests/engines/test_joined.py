"""Two tables joined by a key: every row that is not compared is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sextant as sx
from sextant.engines.errors import SourceError
from sextant.engines.joined import open_joined

OLD = pd.DataFrame({"id": [1, 2, 3, 4], "y": [1, 0, 1, 0], "p": [0.9, 0.2, 0.4, 0.6]})
NEW = pd.DataFrame({"id": [4, 3, 2, 9], "y": [0, 1, 0, 1], "p": [0.1, 0.8, 0.3, 0.5]})


def overlap(first: Any, second: Any, key: str = "id", label: str | None = "y") -> dict[str, int]:
    return dict(open_joined(first, second, key, label).overlap.apart())


def rows(
    first: Any, second: Any, key: str = "id", label: str | None = "y"
) -> list[tuple[Any, ...]]:
    source = open_joined(first, second, key, label).source
    return sorted(source.session.rows('SELECT id, y, p, "p (B)" FROM source'))


def test_rows_meet_by_their_key_whatever_their_order() -> None:
    assert rows(OLD, NEW) == [(2, 0, 0.2, 0.3), (3, 1, 0.4, 0.8), (4, 0, 0.6, 0.1)]
    assert overlap(OLD, NEW) == {
        "only in the first table": 1,
        "only in the second table": 1,
    }


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.assign(id=table["id"].astype(str)),
        lambda table: table.assign(id=table["id"].astype(float)),
        lambda table: table.assign(id=" " + table["id"].astype(str) + " "),
    ],
    ids=["text", "fractions", "blanks"],
)
def test_keys_of_another_type_still_meet(change: Any) -> None:
    assert len(rows(OLD, change(NEW))) == 3


def test_a_text_file_meets_parquet(tmp_path: Path) -> None:
    OLD.to_parquet(tmp_path / "old.parquet")
    NEW.to_csv(tmp_path / "new.csv", index=False)
    found = sx.compare(tmp_path / "old.parquet", tmp_path / "new.csv", key="id", a="p", label="y")
    assert dict(found.tally.set_aside) == {"only in old.parquet": 1, "only in new.csv": 1}
    assert found.tally.rows == 5
    assert found.comparison.asked.names.b == "new"


def test_rows_in_one_table_alone_keep_b_from_being_better() -> None:
    big = pd.concat([OLD.assign(id=OLD["id"] + 10 * i) for i in range(100)])
    better = big.assign(p=big["y"] * 0.8 + 0.1)
    assert sx.compare(big, better, key="id", a="p", label="y").answer == "better"
    cut = sx.compare(big, better.iloc[20:], key="id", a="p", label="y")
    assert cut.answer == "undecided"
    assert "5.0 % of the rows are set aside" in str(cut)


def test_labels_that_differ_are_set_apart() -> None:
    assert overlap(OLD, NEW.assign(y=[1, 1, 0, 1]))["labels differ between the tables"] == 1
    assert "labels differ between the tables" not in overlap(OLD, NEW.assign(y=[0.0, 1, None, 1]))


def test_rows_without_a_key_are_counted() -> None:
    gone = NEW.assign(id=[4, 3, None, None])
    assert overlap(OLD, gone)["no key"] == 2


def test_columns_of_the_second_table_alone_can_be_named() -> None:
    found = sx.compare(
        OLD[["id", "p"]], NEW.assign(g=["x", "x", "z", "z"]), key="id", a="p", label="y",
        segments=["g"],
    )  # fmt: skip
    assert [one.segment for one in found.comparison.changes.groups] == [
        (("g", "x"),),
        (("g", "z"),),
    ]


@pytest.mark.parametrize(
    ("first", "second", "key", "problem"),
    [
        (pd.concat([OLD, OLD]), NEW, "id", r"4 values stand more than once, such as '1' \(2 times"),
        (OLD, NEW.assign(id=[7, 7, 8, 9]), "id", "one value stands more than once"),
        (OLD, NEW.assign(id=["a", "b", "c", "d"]), "id", "such as '1' and 'a'"),
        (OLD, NEW, "idd", "The key 'idd' is no column of .* Did you mean 'id'"),
        (OLD, NEW.assign(id=None), "id", "such as '1' and nothing"),
    ],
)
def test_keys_that_pair_nobody_are_refused(first: Any, second: Any, key: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        open_joined(first, second, key, "y")
