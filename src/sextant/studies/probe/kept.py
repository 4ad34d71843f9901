"""A model that was kept as the baseline to beat: JSON, read with suspicion, answered with NumPy.

No code comes with it: a kept model is numbers, so that a file from anywhere can at worst be wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special

from sextant.engines.errors import SourceError
from sextant.studies.probe.rows import OTHERS, Array
from sextant.studies.probe.trees import AGAIN, summed, tree_of

SCHEMA = 1
MOST_BYTES = 100_000_000
KINDS = {"number", "moment", "category"}
FAR = 5.0
"""Standardised numbers are cut here, as they were when it learned."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file says: the task, the columns in their order, and the model's numbers."""

    held: Mapping[str, Any]

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each column."""
        return {one["name"]: one["kind"] for one in self.held["columns"]}

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(self.held["classes"])

    def answers(self, columns: Mapping[str, Array]) -> dict[str, Array]:
        """`baseline`: the chance of the positive class, the class of many, or the number.

        Of many classes `baseline_chance` too: that of the class that is said.
        """
        told = self.told(self._table(columns))
        if self.held["task"] == "regression":
            return {"baseline": told[:, 0]}
        if self.held["task"] == "binary":
            return {"baseline": told[:, 1]}
        said = told.argmax(axis=1)
        named = np.array(self.classes, dtype=object)[said]
        return {"baseline": named, "baseline_chance": told[np.arange(len(told)), said]}

    def _table(self, columns: Mapping[str, Array]) -> Array:
        """[rows, columns] as the model takes them; a category that it never saw is none."""
        found = []
        for one in self.held["columns"]:
            cells = columns[one["name"]]
            if one["kind"] != "category":
                found.append(cells.astype(np.float32))
                continue
            values = list(one["values"])
            other = values.index(OTHERS) if OTHERS in values else None
            codes: dict[str, float] = {v: float(i) for i, v in enumerate(values) if v}
            missing = np.nan if other is None else float(other)
            code = [np.nan if not cell else codes.get(cell, missing) for cell in cells.tolist()]
            found.append(np.array(code, dtype=np.float32))
        return np.stack(found, axis=1)

    def told(self, table: Array) -> Array:
        """Chances [rows, classes], or numbers [rows, 1]."""
        model = self.held["model"]
        raw = _line(model, table) if model["kind"] == "simple" else _forest(model, table)
        if self.held["task"] == "regression":
            return raw
        if raw.shape[1] == 1:
            p = special.expit(raw[:, 0])
            return np.stack([1 - p, p], axis=1)
        return np.asarray(special.softmax(raw, axis=1))


def _line(model: Mapping[str, Any], table: Array) -> Array:
    parts = []
    for one in model["inputs"]:
        cell = table[:, one["column"]].astype(float)
        if "code" in one:
            parts.append((cell == one["code"]).astype(float))
        elif one.get("gap"):
            parts.append(np.isnan(cell).astype(float))
        else:
            scaled = np.clip((cell - one["mean"]) / one["spread"], -FAR, FAR)
            parts.append(np.nan_to_num(scaled))
    x = np.stack(parts, axis=1).astype(np.float32).astype(float)
    return np.asarray(x @ np.array(model["weights"], dtype=float).T + np.array(model["starts"]))


def _forest(model: Mapping[str, Any], table: Array) -> Array:
    rounds = [[tree_of(one, table.shape[1]) for one in trees] for trees in model["rounds"]]
    return summed(rounds, model["starts"], table)


def read_kept(path: Path) -> Kept:
    """The kept model of a file. Raises `SourceError` where it is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SourceError([f"{path} has more than 100 MB, which no kept model has. {AGAIN}"])
        held = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refused)
    except OSError as error:
        raise SourceError([f"{path} cannot be read: {error.strerror}. Check the path."]) from None
    except (ValueError, RecursionError):
        raise SourceError([f"{path} is no kept model: it is no JSON. {AGAIN}"]) from None
    if problem := _problem(held):
        raise SourceError([f"{path} is no kept model: {problem}. {AGAIN}"])
    return Kept(held)


def _refused(name: str) -> float:
    raise ValueError(name)


def _problem(held: Any) -> str:
    """What makes it no kept model; "" where it is one."""
    if not isinstance(held, dict) or held.get("study") != "baseline":
        return "it does not say that it is one"
    if held.get("schema") != SCHEMA:
        return f"its schema is {held.get('schema')!r:.20}, and {SCHEMA} is read"
    if held.get("task") not in ("binary", "multiclass", "regression"):
        return "its task is unknown"
    columns, model = held.get("columns"), held.get("model")
    if not isinstance(columns, list) or not columns or not all(map(_is_column, columns)):
        return "its columns are not named"
    outputs = {"binary": 1, "regression": 1}.get(held["task"], len(held.get("classes") or ()))
    if held["task"] != "regression" and not _is_texts(held.get("classes")):
        return "its classes are not named"
    if not isinstance(model, dict) or not _is_numbers(model.get("starts"), outputs):
        return "its numbers do not fit its classes"
    if model.get("kind") == "simple":
        return "" if _is_line(model, len(columns), outputs) else "its weights do not fit its inputs"
    rounds = model.get("rounds")
    if model.get("kind") != "strong" or not isinstance(rounds, list):
        return "its kind is unknown"
    if not all(isinstance(one, list) and len(one) == outputs for one in rounds):
        return "its trees do not fit its classes"
    return ""


def _is_column(one: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("name"), str):
        return False
    if one.get("kind") == "category":
        return _is_texts(one.get("values"))
    return one.get("kind") in KINDS


def _is_texts(held: Any) -> bool:
    return isinstance(held, list) and all(isinstance(one, str) for one in held)


def _is_number(one: Any) -> bool:
    return isinstance(one, int | float) and not isinstance(one, bool) and np.isfinite(one)


def _is_numbers(held: Any, count: int) -> bool:
    return isinstance(held, list) and len(held) == count and all(map(_is_number, held))


def _is_line(model: Mapping[str, Any], columns: int, outputs: int) -> bool:
    inputs, weights = model.get("inputs"), model.get("weights")
    if not isinstance(inputs, list) or not inputs or not isinstance(weights, list):
        return False
    for one in inputs:
        place = one.get("column") if isinstance(one, dict) else None
        if not isinstance(place, int) or not 0 <= place < columns:
            return False
        plain = "code" not in one and not one.get("gap")
        if plain and not (_is_number(one.get("mean")) and _is_number(one.get("spread"))
                          and one["spread"] > 0):  # fmt: skip
            return False
    return len(weights) == outputs and all(_is_numbers(one, len(inputs)) for one in weights)
