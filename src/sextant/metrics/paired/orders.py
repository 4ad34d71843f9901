"""Differences of two orders of the same items, user by user: NDCG, MAP, MRR, recall, hits."""

from __future__ import annotations

from dataclasses import replace

from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.metric import Params
from sextant.metrics.paired.decisions import by_width, counts_of, side
from sextant.metrics.paired.metric import Cells, PairedMetric, Versions
from sextant.metrics.paired.requests import Ordered
from sextant.metrics.ranking import NOBODY
from sextant.states.agreement import POSITIVE
from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired.shares import Part, share_difference, share_difference_by_unit

TASKS = ("ranking",)
ALIKE = "both versions serve every user alike"
KINDS = {
    "ndcg": "ndcg", "map": "map", "mrr": "mrr", "recall_at": "recall",
    "precision_at": "precision", "hit_rate": "hit",
}  # fmt: skip
"""The kind of value of a user that a metric averages."""


def order_of(name: str, params: Params, versions: Versions) -> Ordered:
    """The value per user that a metric of rankings compares, as the sign of its difference."""
    k, at_least = int(params["k"]), params.get("at_least")
    return Ordered(versions.a, versions.b, KINDS[name], k, at_least, "sign")


def _mean(name: str) -> PairedMetric:
    metric = CATALOGUE[name]

    def needs(params: Params, versions: Versions) -> tuple[Ordered, ...]:
        one = order_of(name, params, versions)
        return replace(one, which="a"), replace(one, which="b"), replace(one, which="difference")

    def sides(cells: Cells, params: Params, level: Level) -> tuple[Estimate, Estimate]:
        return metric.estimate(cells[0], params, level), metric.estimate(cells[1], params, level)

    def difference(cells: Cells, params: Params, level: Level) -> Estimate:
        found = metric.estimate(cells[2], params, level)
        moments = cells[2].whole
        alike = moments.n and moments.m2 == 0 and moments.mean == 0
        return replace(found, reason=ALIKE) if alike else found

    return PairedMetric(
        name, metric, "higher", needs, sides, difference, by_width, tasks=TASKS,
        method="the users' own differences: outer of Student t and Hall's corrected t",
    )  # fmt: skip


def _hits() -> PairedMetric:
    metric, own = CATALOGUE["hit_rate"], CATALOGUE["recall"].estimate

    def needs(params: Params, versions: Versions) -> tuple[Ordered, ...]:
        return (replace(order_of("hit_rate", params, versions), which="hits"),)

    def sides(cells: Cells, params: Params, level: Level) -> tuple[Estimate, Estimate]:
        a, b = (own(side(cells[0], which), {"threshold": None}, level) for which in "ab")
        return _users(a), _users(b)

    def difference(cells: Cells, params: Params, level: Level) -> Estimate:
        counts, units = counts_of(cells[0]), cells[0].by_unit
        held = counts[..., POSITIVE, :, :]
        parts = (Part(held[..., 0, 1], held[..., 1, 0], held.sum(axis=(-2, -1))),)
        if units is None:
            return _users(share_difference(parts, level))
        return _users(share_difference_by_unit(parts, level, units.copies))

    return PairedMetric(
        "hit_rate", metric, "higher", needs, sides, difference, by_width, tasks=TASKS,
        method="exact limits of the users that differ, square-and-add (Zou and Donner 2008)",
    )  # fmt: skip


def _users(found: Estimate) -> Estimate:
    """Without any user that has something to find there is no rate."""
    return found if found.value is not None else Estimate.undefined(NOBODY)


METRICS: tuple[PairedMetric, ...] = (
    *(_mean(name) for name in ("ndcg", "map", "mrr", "recall_at", "precision_at")),
    _hits(),
)
