"""A trade-off between two versions on the same rows, from the states that a comparison kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sextant.contracts.grammar.setting import Setting
from sextant.contracts.grammar.trading import Term, Tradeoff, parse_tradeoff
from sextant.contracts.looks import UNTOLD
from sextant.contracts.model import Contract, Looks
from sextant.contracts.partition import Partition
from sextant.contracts.problems import ContractError, Problem
from sextant.contracts.questions import obstacle_of, share_aside
from sextant.metrics.metric import Params
from sextant.metrics.paired.catalogue import PAIRED, SINGLE
from sextant.metrics.paired.decisions import counts_of
from sextant.metrics.paired.metric import Cells, Versions
from sextant.metrics.tally import Cell, Tally, covers
from sextant.states.agreement import UNLABELLED, Agreement
from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired.ratios import SMOOTHING, residual_correlation, unit_correlation
from sextant.studies.comparison.asked import Asked
from sextant.studies.comparison.roles import comparable
from sextant.studies.tradeoffs.result import Weighed
from sextant.studies.tradeoffs.weighing import CONFIDENCE, Moving, Setup, weighed

Counted = NDArray[np.float64]
NOBODY = np.zeros((1, 2, 2))
FEWEST = 20.0
"""Rows on which the versions differ, below which no correlation is believed."""
NOT_KEPT = "the comparison kept nothing about {}: ask it of {}, too"


def paired_setting(contract: Contract) -> Setting:
    """As a comparison reads its questions: without a threshold, each version's own cut decides."""
    return Setting(
        segments={one.name: one for one in contract.data.segments},
        roles=frozenset({"label", "prediction"}),
        threshold=contract.threshold, costs=contract.costs, task=contract.task, catalogue=SINGLE,
    )  # fmt: skip


def agreed_for(text: str, contract: Contract) -> Tradeoff:
    """The trade-off in the metrics of a comparison. Raises `ContractError` for what has no side."""
    contract = comparable(contract)
    found = parse_tradeoff(text, paired_setting(contract))
    problems = [problem for one in (found.first, found.second)
                for problem in _unusable(one, contract)]  # fmt: skip
    if problems:
        raise ContractError(problems)
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """A trade-off with both changes and the way in which they are weighed; not yet weighed."""

    agreed: Tradeoff
    first: Moving
    second: Moving
    setup: Setup
    labels: bool


def prepared(text: str, asked: Asked, tally: Tally, look: int = 1, looks: Looks = None) -> Prepared:
    """Both sides of a trade-off, from the states that a comparison kept.

    Raises `ContractError` with every problem of the text.
    """
    agreed = agreed_for(text, asked.contract)
    terms = agreed.first, agreed.second
    partition = Partition(asked.contract, tally)
    held = [_cells(one, asked.versions, partition) for one in terms]
    first, second = (_moving(one, cells) for one, cells in zip(terms, held, strict=True))
    level, following, spent = _levels(look, looks)
    cell = next((cells[0] for cells in held if cells), Cell(None))
    labels = any(PAIRED[one.quantity.call.metric].labelled for one in terms)
    aside = share_aside(tally, {(): cell}) if cell.whole is not None else 0.0
    obstacle = spent or obstacle_of(asked.contract.criteria[0], cell, aside)
    base = cell.labelled if labels else cell.rows
    setup = Setup(level, following, base, _correlation(terms, held, level), obstacle)
    return Prepared(agreed, first, second, setup, labels)


def weigh_versions(
    text: str, asked: Asked, tally: Tally, look: int = 1, looks: Looks = None
) -> Weighed:
    """What B gives up and gains against A, weighed at what was agreed.

    Raises `ContractError` with every problem of the text.
    """
    ready = prepared(text, asked, tally, look, looks)
    names = asked.names.a, asked.names.b
    unit = "labelled rows" if ready.labels else "rows"
    return weighed(ready.agreed, asked.contract, names, (ready.first, ready.second), ready.setup,
                   unit)  # fmt: skip


def _unusable(term: Term, contract: Contract) -> list[Problem]:
    name = term.quantity.call.metric
    metric = PAIRED[name]
    if term.quantity.kind != "metric":
        what = f"{term.text} compares groups, and here two versions are compared."
        return [Problem(f"'{term.text}'", what, "Name a metric over all rows.")]
    if contract.task not in metric.tasks:
        usable = ", ".join(one.name for one in PAIRED.values() if contract.task in one.tasks)
        return [Problem(f"'{name}'", f"{name} is not for {contract.task}.", f"Use {usable}.")]
    if metric.better == "either":
        what = f"More of {name} is neither good nor bad, so nothing can be paid for it."
        return [Problem(f"'{name}'", what, "Trade what has a good side, such as recall.")]
    if name == "cost" and contract.costs is None:
        return [Problem("'cost'", "No costs are known.", "Add costs to the contract.")]
    return []


def _cells(term: Term, versions: Versions, partition: Partition) -> Cells:
    """The cells that answer a term over all rows; none where the scan kept none."""
    call = term.quantity.call
    found = []
    for request in PAIRED[call.metric].needs(dict(call.params), versions):
        held = partition.tally.cells.get((), {})
        if not any(covers(wide, request) for wide in held):
            return ()
        cell = partition.named((), partition.tally.find((), request)).get(())
        if cell is None:
            return ()
        found.append(cell)
    return tuple(found)


def _moving(term: Term, cells: Cells) -> Moving:
    name, params = term.quantity.call.metric, dict(term.quantity.call.params)
    metric = PAIRED[name]
    sign = -1.0 if metric.better == "lower" else 1.0
    if not cells:
        nothing = Estimate.undefined(NOT_KEPT.format(name, name))
        return Moving(lambda level, factor: nothing, sign)
    if metric.labelled and not cells[0].labelled:
        unlabelled = Estimate.undefined("no labelled row")
        return Moving(lambda level, factor: unlabelled, sign)

    def at(level: Level, factor: float) -> Estimate:
        scaled = cells if factor == 1 else tuple(cell.scaled(factor) for cell in cells)
        return metric.difference(scaled, params, level)

    return Moving(at, sign)


def _levels(look: int, looks: Looks) -> tuple[Level, Level | None, str]:
    """This look's level, the next one's, and why this look cannot decide, if it cannot."""
    alpha = round(1 - CONFIDENCE, 12)
    if isinstance(looks, int):
        spent = f"{looks} looks are allowed and this is look {look}" if look > looks else ""
        level = Level(alpha / looks)
        return level, level if look < looks else None, spent
    if looks == "continuous" or look > 1:
        return Level(alpha, UNTOLD), Level(alpha, UNTOLD), ""
    return Level(alpha), Level(alpha, UNTOLD), ""


def _correlation(
    terms: tuple[Term, Term], held: list[Cells], level: Level
) -> Callable[[float], float] | None:
    """The correlation of both changes where one table of counts answers both.

    None at later looks, where intervals that always hold are joined by Bonferroni, where the
    thresholds differ, and where fewer than 20 rows differ.
    """
    if level.tuned_to is not None or not all(held):
        return None
    cells = held[0][0], held[1][0]
    if any(len(one) != 1 or not isinstance(one[0].whole, Agreement) for one in held):
        return None
    if not np.array_equal(cells[0].whole.counts, cells[1].whole.counts):
        return None
    whole = cells[0].whole.counts[:UNLABELLED]
    differ = np.array([[[0, 1], [1, 0]]] * UNLABELLED) * 1.0
    if (whole * differ).sum() < FEWEST:
        return None
    added, e = SMOOTHING * differ, []
    for term in terms:
        call = term.quantity.call
        plain = PAIRED[call.metric].plain
        if plain is None:
            return None
        e.append(_influence(plain, whole + added, dict(call.params)))
    counts = counts_of(cells[0])[..., :UNLABELLED, :, :]
    flat = counts.reshape(*counts.shape[:-3], -1)
    correlate = residual_correlation if flat.ndim == 1 else unit_correlation
    r = correlate(e[0], e[1], flat, added.ravel())
    return lambda factor: r


def _influence(
    plain: Callable[[Counted, Params], float], counts: Counted, params: Params
) -> Counted:
    """How far one further row of each kind moves the difference, to first order; flat [8].

    The difference is smooth in the counts and unmoved when all are multiplied, so that its
    derivatives weighted with the counts sum to 0: they are the rows' influence values. A kind
    without a row has none and needs none.
    """
    found = np.zeros(counts.size)
    for place in np.flatnonzero(counts):
        by = 1e-4 * float(counts.flat[place])
        moved = np.tile(counts.ravel(), (2, 1))
        moved[:, place] += (by, -by)
        up, down = (
            plain(np.concatenate([one.reshape(counts.shape), NOBODY]), params) for one in moved
        )
        found[place] = (up - down) / (2 * by)
    return found
