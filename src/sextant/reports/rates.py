"""The rates of a classifier over all rows, at the contract's threshold or of its hard decision.

What a value model multiplies money with: how often it is right and wrong, of which kind.
"""

from __future__ import annotations

import math
from typing import Any

from sextant.contracts.model import Contract
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.cells import share_of_decisions
from sextant.metrics.requests import Decisions, Scores
from sextant.metrics.tally import Tally
from sextant.reports.as_dict import count, number
from sextant.reports.calibration import whole
from sextant.stats.estimate import Level

NAMES = ("recall", "false_positive_rate", "precision", "accuracy", "selection_rate")


def rates(contract: Contract, tally: Tally) -> list[dict[str, Any]]:
    """Each rate with its 95 % interval (by unit where rows are dependent) and its n.

    Empty where nothing in the contract asks for decisions at its threshold, or where its task knows
    no two classes. The interval is that of a first look; at a later one it promises less, which
    nothing that decides rests on.
    """
    if contract.task != "binary":
        return []
    cell = whole(tally, Scores)
    if cell is None or contract.threshold not in cell.whole.thresholds:
        cell = whole(tally, Decisions)
    if cell is None:
        return []
    estimators = {name: CATALOGUE[name].estimate for name in NAMES}
    estimators["prevalence"] = share_of_decisions(
        lambda one: (one.positives, one.labelled), "no labelled row"
    )
    found = []
    for name, estimate in estimators.items():
        got = estimate(cell, {"threshold": contract.threshold}, Level())
        if got.value is not None and math.isfinite(got.low) and math.isfinite(got.high):
            row = {"metric": name, "estimate": number(got.value), "low": number(got.low)}
            found.append({**row, "high": number(got.high), "n": count(got.n)})
    return found
