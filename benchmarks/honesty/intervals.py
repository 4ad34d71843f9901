"""How often the intervals of every metric of the catalogue hold, gathered from the results.

A metric is named with the families of simulations that drew its interval: its own, or where it is
a share of rows or a mean the one of all shares or means, whose method it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scipy import stats

from sextant.metrics.catalogue import CATALOGUE

RESULTS = Path(__file__).parents[1] / "results"
COVERAGE, BY_SIZE = "coverage.md", "coverage_by_size.md"
TITLES = {COVERAGE: "coverage", BY_SIZE: "by size"}
ALLOWED = 0.025
"""A side of a 95 % interval."""
METHODS = {
    "Clopper-Pearson (exact)": ("rate", "rate by unit", "rate, ten looks"),
    "outer of Student t and Hall": ("mean", "mean by unit", "mean, ten looks"),
}
"""Families by how the interval of a metric begins to be told."""
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "f1": ("F1", "F1, ten looks"),
    "class_f1": ("F1",),
    "fbeta": ("F-beta", "F-beta by unit", "F2, ten looks"),
    "balanced_accuracy": (
        "balanced accuracy", "balanced accuracy by unit", "balanced accuracy, ten looks",
    ),
    "cost": ("cost", "cost by unit", "cost, ten looks"),
    "auc": ("AUC", "AUC by unit", "AUC, ten looks"),
    "average_precision": ("average precision",),
    "calibration_error": ("calibration error", "calibration error by unit"),
    "calibration_in_the_large": ("calibration in the large",),
    "calibration_slope": ("calibration slope",),
    "macro_recall": ("macro recall",),
    "macro_f1": ("macro F1", "macro F1 by unit"),
    "weighted_f1": ("weighted F1", "weighted F1 by unit"),
    "mae": ("MAE",),
    "rmse": ("RMSE",),
    "bias": ("bias",),
    "mape": ("MAPE",),
    "wape": ("WAPE",),
    "skill": ("ratio of means",),
    "r2": ("R²", "R² by unit"),
    "quantile_loss": ("pinball loss at 0.9",),
    "ndcg": ("ranking: ndcg",),
    "map": ("ranking: map",),
    "mrr": ("ranking: mrr",),
    "recall_at": ("ranking: recall",),
    "precision_at": ("ranking: precision",),
    "hit_rate": ("ranking: hit",),
    "catalogue_coverage": ("catalogue coverage",),
    "quantile": ("quantile",),
    "ratio_of_means": ("ratio of means",),
    "macro_precision": ("macro recall",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Family:
    """What a family of simulations found: the worst case's share of errors on one side.

    `runs`: samples of the case with fewest ("exact": all outcomes are summed).
    """

    name: str
    cases: int
    runs: str
    above: float
    below: float

    @property
    def worst(self) -> float:
        return max(self.above, self.below)


def families(path: Path = RESULTS / COVERAGE) -> dict[str, Family]:
    """The table of all families, by name."""
    found = {}
    for cells in _rows(path):
        if len(cells) == 8 and cells[1].isdigit():
            name, cases, runs, above, below = cells[:5]
            found[name] = Family(name, int(cases), runs, float(above), float(below))
    return found


def beyond(path: Path = RESULTS / BY_SIZE) -> dict[str, int]:
    """Cases with more misses than chance explains, by family; every family that was asked."""
    found: dict[str, int] = {}
    for cells in _rows(path):
        if len(cells) == 12 and re.fullmatch(r"\d+", cells[-1]):
            found[cells[0]] = found.get(cells[0], 0) + int(cells[-1])
    return found


def counted() -> list[str]:
    """Metrics that count the rows at hand: a fact, without an interval."""
    return [name for name, one in CATALOGUE.items() if one.interval.startswith("none")]


def of(metric: str) -> tuple[str, ...]:
    """The families that drew a metric's interval; empty where none did."""
    if metric in FAMILIES:
        return FAMILIES[metric]
    told = CATALOGUE[metric].interval
    return next((names for start, names in METHODS.items() if told.startswith(start)), ())


def rows() -> list[list[str]]:
    """A row of cells for every metric with an interval, in the catalogue's order."""
    held, more = families(), beyond()
    found = []
    for metric in (one for one in CATALOGUE if one not in counted()):
        names = of(metric)
        looks = [one for one in names if one.endswith("ten looks")]
        units = [one for one in names if one.endswith("by unit")]
        plain = [one for one in names if one not in {*looks, *units}]
        cells = [
            ", ".join(_told(held[one], more) for one in part) or "–"
            for part in (plain, units, looks)
        ]
        files = [COVERAGE, *([BY_SIZE] if set(plain) & set(more) else [])]
        where = ", ".join(f"[{TITLES[one]}](../benchmarks/results/{one})" for one in files)
        found.append(
            [f"`{metric}`", ", ".join(plain) or "not drawn yet", f"{ALLOWED:.1%}", *cells, where]
        )
    return found


def excess(one: Family, more: Mapping[str, int]) -> bool:
    """Does the worst case miss more often than chance explains, at 1 in 100 for the family?"""
    if one.name in more:
        return more[one.name] > 0
    if one.runs == "exact":
        return one.worst > ALLOWED
    runs = int(one.runs.replace(",", ""))
    missed = round(one.worst * runs)
    return float(stats.binom.sf(missed - 1, runs, ALLOWED)) * 2 * one.cases < 0.01


def _told(one: Family, more: Mapping[str, int]) -> str:
    times = "all outcomes" if one.runs == "exact" else f"{one.cases} × {one.runs}"
    return f"{one.worst:.1%} of {times}" + (" **✕**" if excess(one, more) else "")


def _rows(path: Path) -> Iterable[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]
