"""What a probe is asked for, and what of it makes no sense."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from sextant.contracts.problems import ContractError, Problem

Task = Literal["binary", "multiclass", "regression"]
TASKS: tuple[Task, ...] = ("binary", "multiclass", "regression")
MEASURES: dict[Task, tuple[str, ...]] = {
    "binary": ("accuracy", "auc", "recall", "precision"),
    "multiclass": ("accuracy",),
    "regression": ("mae", "r2"),
}
"""What is told of every answer; the first that is asked for is the one that is compared."""
MAIN: dict[Task, tuple[str, ...]] = {
    "binary": ("accuracy", "auc"), "multiclass": ("accuracy",), "regression": ("mae",),
}  # fmt: skip
FEWEST, RAREST = 40, 10
"""Fewer labelled rows, or of the second class, are not parted into folds."""
COST = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([^\s0-9][^0-9]{0,11})?\s*")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question. `more`: labels whose worth is asked for, None for as many as there are.

    `most`: so many rows are read at the most. `keep`: columns that stay though they look like
    leaks. `measure`: what answers are compared by, None for the usual one.
    """

    target: str
    positive: str | None = None
    task: Task | None = None
    measure: str | None = None
    rule: str | None = None
    required: tuple[str, ...] = ()
    unit: str | None = None
    time: str | None = None
    keep: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    threshold: float = 0.5
    leak: float = 0.8
    folds: int = 5
    more: int | None = None
    price: float | None = None
    currency: str = ""
    most: int = 50_000
    seed: int = 0
    confidence: float = 0.95

    @property
    def alpha(self) -> float:
        return round(1 - self.confidence, 12)


def price_of(written: str | float | None) -> tuple[float | None, str]:
    """`2 EUR` as (2.0, "EUR"). Raises `ContractError` for what is no price."""
    if written is None:
        return None, ""
    held = COST.fullmatch(str(written))
    if held is None or not math.isfinite(float(held[1])):
        what = f"'{str(written)[:40]}' is no price of a label."
        raise ContractError([Problem("label_cost", what, "Write a number and a currency: 2 EUR.")])
    return float(held[1]), (held[2] or "").strip()


def checked(asked: Asked) -> None:
    """Raises `ContractError` with every setting that makes no sense."""
    problems: list[Problem] = []
    if asked.task is not None and asked.task not in TASKS:
        what = f"'{asked.task}' is no task of a probe."
        problems.append(Problem("task", what, f"Write {', '.join(TASKS)}."))
    known = sorted({name for names in MAIN.values() for name in names})
    if asked.measure is not None and asked.measure not in known:
        what = f"'{asked.measure}' is nothing that answers are compared by."
        problems.append(Problem("measure", what, f"Write {', '.join(known)}."))
    if not 0 < asked.threshold < 1:
        what = f"A threshold of {asked.threshold:g} lies outside 0 to 1."
        problems.append(Problem("threshold", what, "Write 0.5."))
    if not 0.5 < asked.leak < 1:
        what = f"leak {asked.leak:g} is no AUC between 0.5 and 1."
        problems.append(Problem("leak", what, "Write 0.8."))
    if not 2 <= asked.folds <= 20:
        what = f"{asked.folds} parts cannot be made."
        problems.append(Problem("folds", what, "Write a number from 2 to 20; 5 is usual."))
    if asked.more is not None and asked.more < 1:
        what = f"{asked.more} more labels are none."
        problems.append(Problem("more", what, "Write how many could be bought: 8000."))
    if asked.most < FEWEST:
        what = f"{asked.most} rows are too few to be parted."
        problems.append(Problem("most", what, f"Read at least {FEWEST}; 50000 is usual."))
    if not 0.5 <= asked.confidence < 1:
        what = f"A confidence of {asked.confidence:g} lies outside 0.5 to 1."
        problems.append(Problem("confidence", what, "Write 0.95."))
    if problems:
        raise ContractError(problems)
