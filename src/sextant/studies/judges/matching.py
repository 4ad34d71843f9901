"""Agreement and biases in a study, each where the columns for it were named."""

from __future__ import annotations

from dataclasses import replace

from sextant.contracts.partition import Partition
from sextant.metrics.requests import Patterns
from sextant.metrics.tally import Cell
from sextant.stats.estimate import Level
from sextant.studies.judges.agreeing import everyone, pair, per_class
from sextant.studies.judges.asked import Asked
from sextant.studies.judges.biases import both_orders, favour
from sextant.studies.judges.cells import said
from sextant.studies.judges.patterns import mapped
from sextant.studies.judges.result import JudgeStudy, Pair


def with_agreement(
    study: JudgeStudy, partition: Partition, known: set[str], level: Level
) -> JudgeStudy:
    """Agreement and biases, each where the columns for it were named."""
    asked = study.asked
    found: dict[str, object] = {}
    level = replace(level, tuned_to=None)
    both = said(asked, partition, asked.both) if asked.compared else None
    pairs = []
    if both is not None and known:
        pairs.append(pair(both, asked.human, asked.judge, level, known, asked.scale))
        found["classes"] = per_class(both, level, known)
    for rater in asked.raters:
        cell = said(asked, partition, Patterns((rater, asked.judge)))
        if cell is not None and rater != asked.human:
            pairs.append(pair(cell, rater, asked.judge, level, known, asked.scale))
    if len(asked.raters) > 1:
        cell = said(asked, partition, Patterns(asked.raters))
        if cell is not None:
            found["everyone"] = everyone(cell, level, asked.scale)
            pairs += _between(cell, asked, known, level)
    found["agreement"] = tuple(pairs)
    if asked.swapped:
        cell = said(asked, partition, Patterns((asked.judge, asked.swapped)))
        if cell is not None:
            verdicts = known or {asked.first, asked.second}
            found["order"] = both_orders(cell, asked.first, asked.second, verdicts, level)
    favours = []
    for name, column in asked.favours:
        cell = said(asked, partition, asked.favoured(column))
        if cell is not None:
            favours.append(favour(cell, name, known, level))
    if asked.lengths:
        cell = said(asked, partition, asked.longer)
        if cell is not None:
            names = {"first": asked.first, "second": asked.second}
            longer = mapped(
                cell, lambda one: (*one[:2], names[one[2]]) if one[2] in names else None
            )
            favours.append(favour(longer, "the longer answer", known, level))
    found["favours"] = tuple(favours)
    return replace(study, **found)  # type: ignore[arg-type]


def _between(cell: Cell, asked: Asked, known: set[str], level: Level) -> list[Pair]:
    """People with each other, two at a time, from the patterns of all."""
    found = []
    for i, a in enumerate(asked.raters):
        for j, b in enumerate(asked.raters[i + 1 :], i + 1):
            two = mapped(cell, lambda one, i=i, j=j: (one[i], one[j]))  # type: ignore[misc]
            found.append(pair(two, a, b, level, known, asked.scale))
    return found
