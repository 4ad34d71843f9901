"""Labels of many classes: the states are those of pandas, whatever the columns' types."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sextant.engines.errors import SourceError
from sextant.engines.scan import tally
from sextant.engines.source import open_source
from sextant.metrics.requests import Among, Classes, Decisions
from sextant.states.classes import ClassCounts
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts

CRITERIA = ("accuracy >= 0.1", "macro_f1 >= 0.1", "top_k_accuracy(columns=[guess, second]) >= 0.1")
ROLES = {"task": "multiclass", "label": "kind", "prediction": "guess", "score": None}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    n, names = 500, np.array(["cat", "dog", "emu", "x y"])
    frame = pd.DataFrame({name: rng.choice(names, n) for name in ("kind", "guess", "second")})
    frame["sex"] = rng.choice(["f", "m"], n)
    frame["home"] = rng.integers(0, 60, n)
    frame.loc[:9, "kind"] = None
    frame.loc[5:12, "guess"] = None
    frame.loc[11, "second"] = None
    return frame


def expected(rows: pd.DataFrame) -> dict[object, object]:
    known = rows.dropna(subset=["guess"]).fillna({"kind": ""})
    counted = known.groupby(["kind", "guess"]).size()
    labelled = known[known["kind"] != ""]
    right = (labelled["kind"] == labelled["guess"]).sum()
    some = rows.dropna(subset=["kind"])
    some = some[some["guess"].notna() | some["second"].notna()]
    among = ((some["kind"] == some["guess"]) | (some["kind"] == some["second"])).sum()
    return {
        Classes(): ClassCounts.of((a, b, n) for (a, b), n in counted.items()),
        Decisions(): Confusion(
            tp=right,
            fn=len(labelled) - right,
            unlabelled_negative=len(known) - len(labelled),
        ),
        Among(("guess", "second")): Counts.of(
            {"yes": among, "no": len(some) - among, "none": len(rows) - len(some)}
        ),
    }


def test_states_of_every_segment(count, table: pd.DataFrame) -> None:
    texts = [f"{text} in every sex" for text in CRITERIA] + list(CRITERIA)
    found = count(table, *texts, segments={"sex": "sex"}, **ROLES)
    for values, rows in [((), table), *(((sex,), part) for sex, part in table.groupby("sex"))]:
        held = found.cells[("sex",)] if values else found.cells[()]
        assert {request: cells[values].whole for request, cells in held.items()} == expected(rows)


def test_states_by_unit_add_up_and_one_scan_is_taken(make, table) -> None:
    source = open_source(table)
    found = tally(make(*CRITERIA, unit="home", **ROLES), source)
    for request, state in expected(table).items():
        assert found.cells[()][request][()].by_unit.total() == state
    assert sum("GROUPING SETS" in query for query in source.session.queries) == 1
    assert len(source.session.queries) == 3


def test_what_is_set_aside(count, table) -> None:
    found = count(table, *CRITERIA, **ROLES)
    assert found.labelled == 490
    assert dict(found.set_aside) == {"no prediction": 8, "no candidate": 1}
    aside = {request: cells[()].aside for request, cells in found.cells[()].items()}
    assert aside == {Classes(): 3, Decisions(): 8, Among(("guess", "second")): 1}


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_number_is_the_same_class_in_every_column(make, tmp_path, kind) -> None:
    """Labels with gaps are fractions to pandas, and 3.0 is still 3."""
    frame = pd.DataFrame({"kind": [3.0, 4.0, None, 3.0], "guess": [3, 3, 4, 3]})
    path = tmp_path / f"classes.{kind}"
    frame.to_parquet(path) if kind == "parquet" else frame.to_csv(path, index=False)
    found = tally(make("class_recall(class=3) >= 0.1", **ROLES), open_source(path))
    (cell,) = (cells[()] for cells in found.cells[()].values())
    assert cell.whole.items == (("", "4", 1.0), ("3", "3", 2.0), ("4", "3", 1.0))


def test_a_column_of_names_is_no_column_of_classes(make) -> None:
    frame = pd.DataFrame({"kind": [f"c{i}" for i in range(300)], "guess": "c1"})
    with pytest.raises(
        SourceError, match="The label column 'kind' holds 300 classes, such as 'c0'"
    ):
        tally(make("macro_f1 >= 0.1", **ROLES), open_source(frame))
