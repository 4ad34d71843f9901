"""What a model promises of rows that did not teach it, judged as a contract would."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from sextant.contracts.assess import assess
from sextant.contracts.evidence import Evidence
from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError, Problem
from sextant.engines.scan import tally as scan
from sextant.engines.source import open_source
from sextant.studies.probe.answers import Answer
from sextant.studies.probe.asked import Asked
from sextant.studies.probe.folds import Folds
from sextant.studies.probe.measures import wider
from sextant.studies.probe.result import Required
from sextant.studies.probe.rows import Array, Rows

LABEL, SCORE, SAID, UNIT, PART = "(label)", "(score)", "(said)", "(unit)", "(part)"
PLACES = {"accuracy": "2f", "auc": "2f", "mae": "3g"}
"""Digits of what a model is held against: as many as a sentence can hold."""
"""Columns that a probe adds to a table; a table's own names rarely stand in brackets."""


def contract_for(
    rows: Rows, asked: Asked, criteria: Sequence[str], parts: bool = False
) -> Contract:
    """The contract of a probe's answers. Raises `ContractError` for a criterion not understood.

    Its intervals are taken wider, since rows test and teach.
    """
    data: dict[str, Any] = {"source": "a probe", "label": LABEL}
    data["score" if rows.task == "binary" else "prediction"] = (
        SCORE if rows.task == "binary" else SAID
    )
    if rows.unit is not None or rows.time is not None:
        data["unit"] = UNIT
    if parts:
        data["segments"] = {"part": PART}
    written = {
        "product": "Probe", "outcome": "none stated", "task": rows.task, "data": data,
        "threshold": asked.threshold, "criteria": list(criteria),
    }  # fmt: skip
    found = contract_from_mapping(written)
    sure = round(1 - wider(asked.alpha), 12)
    return replace(
        found,
        criteria=tuple(
            replace(one, confidence=sure if one.confidence == 0.95 else
                    round(1 - wider(1 - one.confidence), 12))
            for one in found.criteria
        ),
    )  # fmt: skip


def table_of(rows: Rows, answer: Answer, at: Array, folds: Folds) -> dict[str, Array]:
    """Answers to some rows as a table in memory."""
    table: dict[str, Array] = {LABEL: _written(rows, rows.y[at])}
    if rows.task == "binary":
        assert answer.score is not None
        table[SCORE] = np.clip(answer.score[at].astype(float), 0.0, 1.0)
    else:
        table[SAID] = _written(rows, answer.said[at])
    if folds.together is not None:
        table[UNIT] = folds.together[at].astype(np.int64)
    return table


def _written(rows: Rows, values: Array) -> Array:
    if rows.task == "multiclass":
        named: Array = np.array(rows.classes, dtype=object)[values.astype(int)]
        return named
    return values.astype(np.int64 if rows.task == "binary" else np.float64)


def evidence(contract: Contract, table: Mapping[str, Array], today: date, code: str) -> Evidence:
    """A first look at a table in memory. Raises `SourceError`."""
    source = open_source(dict(table))
    tally = scan(contract, source, None)
    return assess(contract, tally, Look(1, contract.looks, {}), source.name, today, code)


def required(
    contract: Contract, rows: Rows, answer: Answer, folds: Folds, today: date, code: str
) -> tuple[Required, ...]:
    """Every promise with its verdict, and how many rows would decide one that is undecided."""
    found = evidence(contract, table_of(rows, answer, folds.tested, folds), today, code)
    judged = []
    for one in found.criteria:
        if len(one.rows) != 1:
            what = f"'{one.criterion.text}' speaks of segments, which a probe does not know."
            raise ContractError([Problem("required", what, "Require it of all rows.")])
        row = one.rows[0]
        needed = ""
        if row.needed is not None and row.needed.rows is not None:
            needed = f"{row.needed.rows}"
        judged.append(Required(one.criterion.text, one.verdict, row.estimate, needed))
    return tuple(judged)


def as_decided(rows: Rows, answer: Answer, threshold: float) -> Answer:
    """An answer whose scores, cut at `threshold`, say what it says; their order stays.

    A rule has its own cut, and a constant none: held against the threshold of a model it would be
    judged for decisions that it does not make.
    """
    if rows.task != "binary":
        return answer
    assert answer.score is not None
    score = np.clip(answer.score.astype(float), 0.0, 1.0)
    yes, no = threshold + (1 - threshold) * score, threshold * score * (1 - 1e-9)
    return replace(answer, score=np.where(answer.said == 1, yes, no))


def fit_of(
    rows: Rows, asked: Asked, main: str, bar: float, heart: tuple[Array, Answer], folds: Folds,
    answer: Answer, today: date, code: str,
) -> Evidence | None:  # fmt: skip
    """One fold's model on the rows that taught it and on those that did not; None without a bar.

    `bar`: what the main measure is held against, the best that can be had without a model.
    """
    if not math.isfinite(bar):
        return None
    sign = "<=" if main == "mae" else ">="
    contract = contract_for(
        rows, asked, [f"{main} {sign} {bar:.{PLACES[main]}} in every part"], parts=True
    )
    teach, own = heart
    test = folds.parts[-1][1]
    spread = Answer(np.zeros(rows.n), np.zeros(rows.n))
    said = Answer(spread.said.astype(own.said.dtype), spread.score)
    said.said[teach] = own.said
    if own.score is not None:
        assert said.score is not None
        said.score[teach] = own.score
    learned, other = table_of(rows, said, teach, folds), table_of(rows, answer, test, folds)
    if UNIT in learned and rows.unit is None:
        learned[UNIT] = np.arange(teach.size) * 60 // max(teach.size, 1) + 1_000
    names = np.array(["train"] * teach.size + ["test"] * test.size, dtype=object)
    table = {key: np.concatenate([learned[key], other[key]]) for key in learned}
    return evidence(contract, {**table, PART: names}, today, code)
