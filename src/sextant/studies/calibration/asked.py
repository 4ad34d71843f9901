"""What is asked of the scores: how far they may be off, in how many bins, and what teaches what."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from sextant.contracts.grammar.meaning import HIGHEST, LOWEST
from sextant.contracts.model import Contract, Fold, Moment
from sextant.contracts.normal_form import digest
from sextant.contracts.problems import ContractError, Problem
from sextant.metrics.calibration import TENTHS
from sextant.metrics.reliability import BINS
from sextant.metrics.requests import Request, Scores
from sextant.metrics.tally import Grouping
from sextant.stats.estimate import Level

WITHIN = 0.05
FOLDS = 5
FOLD = "(part)"
"""The name of the split into parts: no name that a contract may give a segment."""

SCORES = Scores(TENTHS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A contract whose scores are asked about, without its criteria.

    In every one of up to `bins` bins of scores the share that came true may differ from the mean
    score by `within`. `fold` says which rows teach and which test; its hash makes `FOLDS` parts.
    """

    contract: Contract
    within: float
    bins: int
    confidence: float
    fold: Fold

    @property
    def level(self) -> Level:
        return Level(round(1 - self.confidence, 12))

    @property
    def scanned(self) -> Contract:
        """The contract with the split into parts as one more segment."""
        data = self.contract.data
        return replace(
            self.contract, data=replace(data, segments=(*data.segments, self.fold)), criteria=()
        )

    def requests(self) -> dict[Grouping, list[Request]]:
        """The states that one scan must yield: of all rows and each group, whole and by part."""
        names = [segment.name for segment in self.contract.data.segments]
        groupings: list[Grouping] = [(), (FOLD,)]
        groupings += [(name,) for name in names] + [(FOLD, name) for name in names]
        return {grouping: [SCORES] for grouping in groupings}

    def digest(self) -> str:
        """Of all that decides."""
        form = {
            "contract": digest(replace(self.contract, criteria=())),
            "within": self.within,
            "bins": self.bins,
            "confidence": self.confidence,
            "fold": {name: str(value) for name, value in asdict(self.fold).items()},
        }
        text = json.dumps(form, sort_keys=True, separators=(",", ":"))
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def ask(
    contract: Contract,
    within: float = WITHIN,
    bins: int = BINS,
    confidence: float = 0.95,
    since: Moment | None = None,
    fit_on: tuple[str, Any] | None = None,
) -> Asked:
    """What is asked, checked. Raises `ContractError` with every problem.

    `since`: rows from then on are held out. `fit_on` (column, value): rows of another value are.
    Without either half of all rows (or units) are, by their hash.
    """
    data, problems = contract.data, []
    if contract.task != "binary":
        what = f"Calibration is of scores of two classes, and the task is {contract.task}."
        problems.append(Problem("task", what, "Name a table with a probability and a 0/1 label."))
    if data.label is None:
        problems.append(Problem("label", "No label is named.", "Name what came true: label."))
    if data.score is None:
        problems.append(Problem("score", "No score is named.", "Name the probability: score."))
    if not 0 < within < 0.5:
        what = f"Scores within {within:g} is out of range."
        problems.append(Problem("within", what, "Write a share above 0 and below 0.5: 5%."))
    if not 1 <= bins <= 100:
        problems.append(Problem("bins", f"{bins} bins cannot be judged.", "Write 1 to 100."))
    if not LOWEST <= confidence <= HIGHEST:
        what = f"A confidence of {confidence:g} is out of range."
        problems.append(Problem("confidence", what, "Write one from 0.5 to 0.9999."))
    if since is not None and fit_on is not None:
        what = "Rows are held out by time and by a column's value."
        problems.append(Problem("fit_on", what, "Leave one of them out."))
    if since is not None and data.time is None:
        what = f"Rows from {since} on are to be held out, and no column says when."
        problems.append(Problem("since", what, "Name it: time."))
    if problems:
        raise ContractError(problems)
    assert data.score
    column = data.score.column if data.time is None or since is None else data.time
    value = None
    if fit_on is not None:
        column, value = fit_on[0], str(fit_on[1])
    fold = Fold(FOLD, column, parts=FOLDS, since=since, value=value)
    return Asked(replace(contract, criteria=()), within, bins, confidence, fold)
