"""The model to beat, kept as numbers: answers as it did, without code, and refuses what is none."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.lab import keeping, models
from sextant.lab.probing import Probed, probed
from sextant.studies.probe.asked import Asked
from sextant.studies.probe.kept import Kept, read_kept
from sextant.studies.probe.reading import read
from sextant.words.probe.rules import rule_text

DAY = date(2026, 3, 1)
TASKS = ("binary", "multiclass", "regression")


def table(task: str, n: int = 240, seed: int = 0) -> pd.DataFrame:
    """Numbers with gaps, a time and categories that tell something of the target."""
    rng = np.random.default_rng(seed)
    x, kind = rng.normal(size=n), rng.choice(["a", "b", "c", ""], n)
    day = pd.Timestamp("2026-01-01") + pd.to_timedelta(rng.integers(0, 90, n), "D")
    told = x + (kind == "b") + 0.5 * rng.normal(size=n)
    y: Any = told
    if task == "binary":
        y = np.where(told > 0.3, "yes", "no")
    if task == "multiclass":
        y = np.select([told < -0.3, told < 0.8], ["low", "middle"], "high")
    return pd.DataFrame(
        {"x": np.where(rng.random(n) < 0.1, np.nan, x), "kind": kind, "day": day, "y": y}
    )


@pytest.fixture(scope="module", params=TASKS)
def found(request: pytest.FixtureRequest) -> Probed:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "TREES", 5)
        patch.setattr(models, "TREES_OF_MANY", 4)
        asked = Asked("y", folds=2)
        held, about = read(asked, open_source(table(request.param)))
        return probed(asked, held, about, DAY, "", rule_text)


@pytest.mark.parametrize("kind", ["simple", "strong"])
def test_it_answers_as_the_model_does(
    found: Probed, kind: models.Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New rows, a category that it never saw, and gaps; through JSON and back."""
    monkeypatch.setattr(models, "TREES", 5)
    monkeypatch.setattr(keeping, "kind_to_keep", lambda found: kind)
    record = json.loads(json.dumps(keeping.kept(found, "abc"), allow_nan=False))
    new = table(found.rows.task, 60, 1)
    new.loc[:4, "kind"] = "never seen"
    said = sx.baseline(record, new.drop(columns="y")).answers["baseline"]
    held = models.matrix(found.rows)
    at, classes = np.arange(found.rows.n), len(found.rows.classes)
    own = models.learned(kind, held, found.rows.y, at, classes, 0)
    names = found.rows.names["kind"]
    code = [names.index(one) if one and one in names else np.nan for one in new.kind]
    seconds = (new.day - pd.Timestamp("1970-01-01")).dt.total_seconds()
    taken = {"x": new.x, "day": seconds, "kind": code}
    told = own(np.stack([np.asarray(taken[one], np.float32) for one in found.rows.columns], axis=1))
    if classes == 2:
        assert said == pytest.approx(told[:, 1], abs=1e-5)
    elif classes:
        assert said.tolist() == [found.rows.classes[one] for one in told.argmax(axis=1)]
    else:
        assert said == pytest.approx(told, abs=1e-4)


@pytest.fixture(scope="module")
def kept(found: Probed) -> dict[str, Any]:
    return keeping.kept(found, "abc")


def test_what_it_says_of_itself(kept: dict[str, Any]) -> None:
    assert kept["target"] == "y"
    assert kept["rows"] == 240
    assert kept["snapshot"] == "abc"
    for one in kept["reached"].values():
        assert one["low"] <= one["estimate"] <= one["high"]


def test_the_rows_that_taught_it_are_refused() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "TREES", 3)
        rows = table("binary", 80)
        record = sx.probe(rows, target="y", folds=2).baseline()
    with pytest.raises(SourceError, match="taught the baseline"):
        sx.baseline(record, rows)
    found = sx.baseline(record, table("binary", 30, 5))
    assert list(found.table) == ["x", "kind", "day", "y", "baseline"]
    compared = sx.compare(
        pd.DataFrame(found.table).assign(mine=0.5), a="baseline", b="mine",
        label={"column": "y", "positive": "yes"}, metrics=["accuracy"],
    )  # fmt: skip
    assert "baseline" in compared.to_dict()["headline"]


@pytest.mark.parametrize("task", ["binary"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one.pop("study"), "does not say that it is one"),
        (lambda one: one.update(schema=9), "its schema is 9"),
        (lambda one: one.update(task="art"), "its task is unknown"),
        (lambda one: one.update(columns=[]), "columns are not named"),
        (lambda one: one["columns"][0].update(kind="picture"), "columns are not named"),
        (lambda one: one["model"].update(starts=["x"]), "do not fit its classes"),
        (lambda one: one["model"].update(kind="pickle"), "its kind is unknown"),
        (lambda one: one["model"]["rounds"].append([]), "trees do not fit"),
    ],
    ids=["study", "schema", "task", "none", "column", "starts", "kind", "rounds"],
)
def test_what_is_no_kept_model_is_refused(
    task: str, change: Any, said: str, tmp_path: Path
) -> None:
    held = json.loads(json.dumps(STRONG))
    change(held)
    file = tmp_path / "kept.json"
    file.write_text(json.dumps(held))
    with pytest.raises(SourceError, match=said):
        read_kept(file)


LEAF = {"column": [-1], "cut": [0], "left": [0], "right": [0], "gap_left": [False], "value": [1],
        "among": {}}  # fmt: skip
STRONG: dict[str, Any] = {
    "schema": 1, "study": "baseline", "task": "binary", "classes": ["no", "yes"],
    "columns": [{"name": "x", "kind": "number"}],
    "model": {"kind": "strong", "starts": [0.0], "rounds": [[LEAF]]},
}  # fmt: skip


@pytest.mark.parametrize(
    "tree",
    [
        {**LEAF, "column": [0]},
        {**LEAF, "column": [4]},
        {**LEAF, "value": [None]},
        {**LEAF, "cut": []},
        {**LEAF, "among": {"7": [1]}},
        {**LEAF, "value": "__import__('os')"},
        [],
    ],
    ids=["round", "column", "endless", "short", "among", "code", "list"],
)
def test_a_tree_that_leads_nowhere_is_refused(tree: Any) -> None:
    held = {**STRONG, "model": {**STRONG["model"], "rounds": [[tree]]}}
    with pytest.raises(SourceError, match="tree of the baseline"):
        Kept(held).answers({"x": np.zeros(3)})


@pytest.mark.parametrize(
    "text", ["", "{", "NaN", "\x80\x04\x95", "[" * 100_000], ids=["empty", "cut", "nan", "pickle",
                                                                  "deep"],
)  # fmt: skip
def test_what_is_no_json_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match="no kept model"):
        read_kept(file)
