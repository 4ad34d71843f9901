"""A model of a probe as plain numbers: what `studies.probe.kept` answers with."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sextant.lab.models import Kind, Matrix, Prepared, grown, learned, line, matrix
from sextant.lab.needs import LabError
from sextant.lab.probing import Probed
from sextant.studies.probe.kept import SCHEMA, Kept
from sextant.studies.probe.rows import Array

CHECKED = 1_000
"""Rows on which what is kept must answer as the model itself."""


def kind_to_keep(found: Probed) -> Kind:
    """The better model where it is shown to be ahead of the other one, else the simple one."""
    ahead = found.probe.ahead
    better = found.better.kind
    return better if ahead is not None and ahead.value is not None and ahead.low > 0 else "simple"


def kept(found: Probed, snapshot: str) -> dict[str, Any]:
    """The model, taught by all rows that were read, and what models like it reached.

    `snapshot`: of the table, so that rows that taught it are known again.
    """
    probe, rows, kind = found.probe, found.rows, kind_to_keep(found)
    held, at, classes = matrix(rows), np.arange(rows.n), len(rows.classes)
    if kind == "simple":
        model = _line(*line(held, rows.y, at, classes, probe.asked.seed))
    else:
        model = _forest(grown(held, rows.y, at, classes, probe.asked.seed), held)
    told = probe.of(kind)
    assert told is not None
    record = {
        "schema": SCHEMA,
        "study": "baseline",
        "task": rows.task,
        "target": probe.asked.target,
        "classes": list(rows.classes),
        "positive": probe.positive,
        "threshold": probe.asked.threshold if rows.task == "binary" else None,
        "rows": rows.n,
        "source": probe.table.source,
        "snapshot": snapshot,
        "reached": {
            name: {"estimate": one.value, "low": one.low, "high": one.high, "n": one.n}
            for name, one in told.numbers
            if one.value is not None and math.isfinite(one.low) and math.isfinite(one.high)
        },
        "made_on": probe.probed_on,
        "code": probe.code,
        "columns": [
            *({"name": name, "kind": "moment" if name in probe.table.moments else "number"}
              for name in rows.numbers),
            *({"name": name, "kind": "category", "values": list(rows.names[name])}
              for name in rows.texts),
        ],
        "model": {"kind": kind, **model},
    }  # fmt: skip
    first = held.table[:CHECKED]
    own = learned(kind, held, rows.y, at, classes, probe.asked.seed)(first)
    mine = Kept(record).told(first)
    if not np.allclose(mine, own.reshape(mine.shape), rtol=1e-4, atol=1e-5):
        what = "What was kept of the model does not answer as scikit-learn does."
        raise LabError(f"{what} Take another release of scikit-learn, from 1.6 on.")
    return record


def _line(prepared: Prepared, model: Any) -> dict[str, Any]:
    inputs: list[dict[str, Any]] = []
    for one in prepared.numbers:
        inputs.append({"column": one.column, "mean": one.mean, "spread": one.spread})
        inputs += [{"column": one.column, "gap": True}] if one.gap else []
    inputs += [{"column": column, "code": code} for column, code in prepared.codes]
    weights = np.atleast_2d(model.coef_)
    starts = np.atleast_1d(np.asarray(model.intercept_, dtype=float))
    return {"inputs": inputs, "weights": weights.tolist(), "starts": starts.tolist()}


def _forest(model: Any, held: Matrix) -> dict[str, Any]:
    """The trees with our columns and codes: scikit-learn puts categories first, by their rank.

    They are read from where scikit-learn keeps them, which is no promise of it; `kept` holds them
    against what it answers itself.
    """
    order, ranks = np.arange(held.table.shape[1]), {}
    if held.coded.any():
        order = np.r_[np.flatnonzero(held.coded), np.flatnonzero(~held.coded)]
        encoder = model._preprocessor.named_transformers_["encoder"]  # noqa: SLF001
        ranks = {
            int(column): known[~np.isnan(known)]
            for column, known in zip(np.flatnonzero(held.coded), encoder.categories_, strict=True)
        }
    start = np.atleast_1d(np.asarray(model._baseline_prediction, dtype=float).ravel())  # noqa: SLF001
    rounds = [[_tree(one, order, ranks) for one in trees] for trees in model._predictors]  # noqa: SLF001
    return {"starts": start.tolist(), "rounds": rounds}


def _tree(one: Any, order: Array, ranks: dict[int, Array]) -> dict[str, Any]:
    nodes = one.nodes
    leaf = nodes["is_leaf"].astype(bool)
    column = np.where(leaf, -1, order[np.where(leaf, 0, nodes["feature_idx"])])
    cuts = [float(x) if math.isfinite(x) else None for x in nodes["num_threshold"].tolist()]
    among = {}
    for at in np.flatnonzero(nodes["is_categorical"].astype(bool) & ~leaf):
        bits = one.raw_left_cat_bitsets[nodes["bitset_idx"][at]]
        known = ranks[int(column[at])]
        left = [known[r] for r in range(known.size) if bits[r // 32] >> (r % 32) & 1]
        among[str(int(at))] = [int(code) for code in left]
    return {
        "column": column.tolist(),
        "cut": cuts,
        "left": nodes["left"].astype(int).tolist(),
        "right": nodes["right"].astype(int).tolist(),
        "gap_left": nodes["missing_go_to_left"].astype(bool).tolist(),
        "value": nodes["value"].astype(float).tolist(),
        "among": among,
    }
