"""An exploration from the kept states of a scan alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date

import numpy as np

from sextant.contracts.evidence import DataFacts
from sextant.contracts.model import Contract
from sextant.contracts.normal_form import digest
from sextant.contracts.partition import Partition
from sextant.engines.errors import SourceError
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.requests import Request, Scores
from sextant.metrics.tally import Cell, Grouping, Tally, Values
from sextant.studies.thresholds.asked import Setting
from sextant.studies.thresholds.best import best
from sextant.studies.thresholds.curve import all_measured
from sextant.studies.thresholds.cuts import MOST_CELLS, Cuts, cuts_of
from sextant.studies.thresholds.fallback import STEPS, fallback
from sextant.studies.thresholds.groups import Grouped, grouped
from sextant.studies.thresholds.limits import Kept, kept, outcome, region
from sextant.studies.thresholds.result import Exploration

Progress = Callable[[float], None]
ONE_CLASS = {True: "no positive row is labelled", False: "no negative row is labelled"}
MOST_GROUPS = 40


def scanned(
    contract: Contract, setting: Setting, source: Source, progress: Progress | None = None
) -> Tally:
    """Scores by bin and label of all rows and of every segment, from one scan.

    Raises `SourceError` where the data cannot answer, `Cancelled` on interrupt.
    """
    request = Scores(tuple(sorted({setting.current, *(setting.band or ())})))
    wanted: dict[Grouping, list[Request]] = {(): [request]}
    wanted |= {(segment.name,): [request] for segment in contract.data.segments}
    return scan(contract, source, progress, plan_of(contract, wanted))


def explored(
    contract: Contract,
    setting: Setting,
    tally: Tally,
    source: str,
    today: date,
    code: str = "",
    cells: int = MOST_CELLS,
    cells_of_groups: int = MOST_CELLS,
    steps: int = STEPS,
) -> Exploration:
    """Every cut weighed, wherever the states come from; scores in at most so many cells.

    `steps`: how many bands the curve of fallbacks shows.

    Raises `SourceError` where they hold no score.
    """
    partition = Partition(contract, tally)
    cuts = cuts_of(whole_of(tally), cells)
    if cuts is None:
        raise SourceError(["No row has a score. Name the column of the scores: score."])
    bands = all_measured(cuts, setting)
    limits = tuple(kept(one, cuts, setting) for one in setting.limits)
    allowed = region(list(limits), cuts.size)
    found = best(cuts, setting, allowed, bands["cost"])
    return Exploration(
        contract=contract,
        setting=setting,
        cuts=cuts,
        bands=bands,
        limits=limits,
        verdict=outcome(list(limits)) if cuts.labelled else "undecided",
        today=cuts.index(setting.current),
        exact=cuts.exact(setting.current),
        best=found,
        reason=_reason(cuts, limits, allowed),
        groups=_groups(contract, tally, partition, setting, cells_of_groups),
        fallback=fallback(cuts, setting, steps),
        data=DataFacts(
            source=source,
            rows=tally.rows,
            labelled=tally.labelled,
            snapshot=tally.snapshot.hex,
            period=tally.period,
            set_aside=tally.set_aside,
            segments=partition.coverage(),
        ),
        digest=question_digest(contract, setting),
        code=code,
        explored_on=today.isoformat(),
        notes=tally.notes,
    )


def scores_of(tally: Tally, grouping: Grouping) -> Mapping[Values, Cell]:
    """The score counts of a grouping, whatever thresholds they were cut at; empty without any."""
    held = tally.cells.get(grouping, {})
    return next((cells for request, cells in held.items() if isinstance(request, Scores)), {})


def whole_of(tally: Tally) -> Cell | None:
    """The score counts of all rows; where a scan kept them by group alone, the groups' sum."""
    if whole := scores_of(tally, ()).get(()):
        return whole
    for grouping in tally.cells:
        if parts := list(scores_of(tally, grouping).values()):
            return sum(parts[1:], parts[0])
    return None


def question_digest(contract: Contract, setting: Setting) -> str:
    """Of the contract and everything that was asked."""
    form = {"contract": digest(contract), "setting": asdict(setting)}
    text = json.dumps(form, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _reason(cuts: Cuts, limits: tuple[Kept, ...], allowed: np.ndarray) -> str:
    """Why there is no best cut; empty where there is one."""
    if not cuts.labelled:
        return "no row is labelled"
    if not (cuts.positives and cuts.negatives):
        return ONE_CLASS[not cuts.positives]
    if allowed.any():
        return ""
    alone = [one.limit.text for one in limits if not one.kept.any()]
    if alone:
        return f"no threshold is shown to keep {' or '.join(alone)}"
    return f"no threshold is shown to keep {' and '.join(one.limit.text for one in limits)}"


def _groups(
    contract: Contract, tally: Tally, partition: Partition, setting: Setting, most: int
) -> tuple[Grouped, ...]:
    """At the rows' own prevalence: how it changes in a group is not known."""
    own = replace(setting, prevalence=None)
    found = []
    for segment in contract.data.segments:
        held = scores_of(tally, (segment.name,))
        named = partition.named((segment.name,), held) if held else {}
        if 1 < len(named) <= MOST_GROUPS:
            cells = {values[0]: cuts_of(cell, most) for values, cell in named.items()}
            found.append(grouped(segment.name, cells, own))
    return tuple(found)
