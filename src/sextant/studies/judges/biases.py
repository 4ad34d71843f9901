"""What sways a judge: the order of the answers, their length, whose answer it is."""

from __future__ import annotations

import numpy as np

from sextant.metrics.tally import Cell
from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired.shares import Part, share_difference, share_difference_by_unit
from sextant.studies.judges.agreeing import share_of
from sextant.studies.judges.patterns import held, units_of
from sextant.studies.judges.result import Favour, Order


def both_orders(cell: Cell, first: str, second: str, known: set[str], level: Level) -> Order:
    """The judge in both orders; `first` names the answer that it saw first in its own column."""
    found = held(cell.whole)
    keys = [key for key in found if key[0] in known and key[1] in known]
    silent = sum(n for key, n in found.items() if key not in keys)
    everything = [True] * len(keys)
    same = share_of(cell, keys, [a == b for a, b in keys], everything, level)
    by_order = [{a, b} == {first, second} for a, b in keys]
    front = share_of(cell, keys, [a == first for a, _ in keys], by_order, level)
    swayed = sum(found[key] for key, moved in zip(keys, by_order, strict=True) if moved)
    return Order(sum(found[key] for key in keys), same, swayed, front, silent)


def favour(cell: Cell, name: str, known: set[str], level: Level) -> Favour:
    """How often judge and people take the answer in the third place, over rows both decided."""
    found = held(cell.whole)
    keys = [key for key in found if key[2] in known and key[0] in known and key[1] in known]
    everything = [True] * len(keys)
    judge = share_of(cell, keys, [k[1] == k[2] for k in keys], everything, level)
    people = share_of(cell, keys, [k[0] == k[2] for k in keys], everything, level)
    more = sum(found[k] for k in keys if k[1] == k[2] != k[0])
    less = sum(found[k] for k in keys if k[0] == k[2] != k[1])
    total = float(np.sum([found[k] for k in keys]))
    if not total:
        return Favour(name, judge, people, Estimate.undefined("no row that both decided"))
    units = units_of(cell, keys)
    if units is None:
        excess = share_difference([Part(more, less, total)], level)
    else:
        gain = np.array([k[1] == k[2] != k[0] for k in keys], dtype=float)
        loss = np.array([k[0] == k[2] != k[1] for k in keys], dtype=float)
        part = Part(units @ gain, units @ loss, units.sum(axis=1))
        excess = share_difference_by_unit([part], level)
    return Favour(name, judge, people, excess)
