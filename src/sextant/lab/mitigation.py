"""Before and after: what each way of mitigation does to fairness and quality on held-out rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sextant.lab.mitigating import WAYS, Array, Part, Way, plain, usual_estimator
from sextant.lab.needs import LabError
from sextant.metrics.paired.catalogue import PAIRED
from sextant.metrics.tally import Cell
from sextant.states.agreement import Agreement
from sextant.states.confusion import Confusion
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import difference
from sextant.studies.fairness.counted import Counted
from sextant.studies.fairness.definitions import BY_NAME, Definition, estimated

QUALITY = ("accuracy", "recall", "precision", "selection_rate")
"""What is compared row by row, before and after."""
OF = {
    "selection_rate": "selection_rate", "true_positive_rate": "recall",
    "false_positive_rate": "false_positive_rate", "precision": "precision",
    "accuracy": "accuracy",
}  # fmt: skip
"""The paired metric of each measure that a definition compares."""
SHOWN = ("demographic_parity_difference", "equal_opportunity_difference",
         "false_positive_rate_difference", "equalized_odds_difference")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """A definition before and after, and the change between the two groups worst before.

    `change`: after less before of their difference, paired on the same rows; below 0 is nearer.
    """

    definition: Definition
    before: Estimate
    after: Estimate
    change: Estimate


@dataclass(frozen=True, slots=True)
class Option:
    """One way: what it does to every definition, and its price, after less before, paired.

    `after`: the quality alone, as `Mitigation.before` has it. `failed`: why it gave nothing.
    `worse`, `better`: shares of rows whose answer changed so.
    """

    way: Way
    fairness: tuple[Changed, ...] = ()
    quality: tuple[tuple[str, Estimate], ...] = ()
    worse: float = 0.0
    better: float = 0.0
    failed: str = ""
    after: tuple[tuple[str, Estimate], ...] = ()


@dataclass(frozen=True, slots=True)
class Mitigation:
    """Every way that these rows allow. `left_out`: the ways that need what is not there.

    `trained`: of the rows fitted, those that models were trained on, 0 where none was. `scored`:
    *before* are the decisions of scores, not those of a model trained here.
    """

    by: str
    fitted: int
    held_out: int
    before: tuple[tuple[str, Estimate], ...]
    options: tuple[Option, ...]
    left_out: tuple[tuple[str, str], ...]
    confidence: float
    seed: int
    trained: int = 0
    scored: bool = True


def mitigated(
    rows: Part,
    by: str,
    threshold: float = 0.5,
    estimator: Any = None,
    share: float = 0.5,
    confidence: float = 0.95,
    seed: int = 0,
    ways: Sequence[str] = (),
    most_trained: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> Mitigation:
    """Fit every way on a random part of the rows, and measure before and after on the rest.

    *Before* are the decisions of the scores at the threshold; without scores those of the
    estimator, fitted on the same rows. Models are trained on `most_trained` rows at the most, drawn
    by chance from those that fit; everything is measured on all others. `progress` is told the
    share of ways that are done. Raises `LabError` where nothing can be fitted.
    """
    chosen = [one for one in WAYS if not ways or one.name in ways]
    if unknown := [name for name in ways if name not in {one.name for one in WAYS}]:
        known = ", ".join(one.name for one in WAYS)
        raise LabError(f"'{unknown[0]}' is no way of mitigation. Known: {known}.")
    missing = {"scores": rows.score is None, "features": rows.features is None}
    if all(missing.values()):
        raise LabError("Neither scores nor features are named. Name one of them.")
    left_out = [(one.name, f"it needs {one.needs}") for one in chosen if missing[one.needs]]
    fit, test = _split(rows, share, seed)
    _check(fit, test)
    few = _few(fit, most_trained, seed)
    if few is not fit and rows.features is not None:
        _check(few, test)
    model = usual_estimator() if estimator is None and rows.features is not None else estimator
    if test.score is not None:
        before = np.asarray(test.score >= threshold).astype(int)
    else:
        before = plain(few, test, threshold, model)
    level = Level(round(1 - confidence, 12))
    possible = [one for one in chosen if not missing[one.needs]]
    options = []
    for place, one in enumerate(possible):
        if progress is not None:
            progress(place / len(possible))
        part = few if one.needs == "features" else fit
        options.append(_option(one, part, test, before, threshold, model, seed, level))
    trains = test.score is None or any(one.needs == "features" for one in possible)
    return Mitigation(
        by, fit.y.size, test.y.size,
        tuple((name, _alone(name, test.y, before, level)) for name in QUALITY),
        tuple(options), tuple(left_out), confidence, seed,
        few.y.size if trains else 0, test.score is not None,
    )  # fmt: skip


def _split(rows: Part, share: float, seed: int) -> tuple[Part, Part]:
    order = np.random.default_rng(seed).permutation(rows.y.size)
    first = np.sort(order[: round(share * rows.y.size)])
    second = np.sort(order[round(share * rows.y.size) :])
    return _part(rows, first), _part(rows, second)


def _few(rows: Part, most: int | None, seed: int) -> Part:
    """So many rows at the most, drawn by chance."""
    if most is None or rows.y.size <= most:
        return rows
    return _part(rows, np.sort(np.random.default_rng([seed, 1]).permutation(rows.y.size)[:most]))


def _part(rows: Part, at: Array) -> Part:
    return Part(
        rows.y[at], rows.group[at],
        None if rows.score is None else rows.score[at],
        None if rows.features is None else rows.features[at],
    )  # fmt: skip


def _check(fit: Part, test: Part) -> None:
    """Every group must have both labels where something is fitted, and be there where measured."""
    groups = sorted(set(fit.group) | set(test.group))
    if len(groups) < 2:
        raise LabError("There is one group only, and nobody to be made equal to.")
    for name in groups:
        for part, what in ((fit, "fitted"), (test, "measured")):
            held = set(part.y[part.group == name].tolist())
            if held != {0, 1}:
                raise LabError(
                    f"Group '{name}' has no {'positive' if 1 not in held else 'negative'} row among"
                    f" those that are {what}. Leave it out, or join it with another."
                )


def _option(
    way: Way, fit: Part, test: Part, before: Array, threshold: float, model: Any, seed: int,
    level: Level,
) -> Option:  # fmt: skip
    try:
        after = way.decide(fit, test, threshold, model, seed)
    except (RuntimeError, ValueError) as error:
        if isinstance(error, LabError):
            raise
        return Option(way, failed=f"{str(error).splitlines()[0][:200]}")
    whole = _agreement(test.y, before, after)
    wrong = [one != test.y for one in (before, after)]
    return Option(
        way,
        tuple(_changed(BY_NAME[name], test, before, after, level) for name in SHOWN),
        tuple((name, PAIRED[name].difference((whole,), PARAMS, level)) for name in QUALITY),
        worse=float((wrong[1] & ~wrong[0]).mean()),
        better=float((wrong[0] & ~wrong[1]).mean()),
        after=tuple((name, _alone(name, test.y, after, level)) for name in QUALITY),
    )


PARAMS = {"threshold": None}


def _changed(
    definition: Definition, test: Part, before: Array, after: Array, level: Level
) -> Changed:
    groups = sorted(set(test.group))
    estimates = [
        estimated(definition, [_counted(test, one, g) for g in groups], lambda at, m, i: at, level)
        for one in (before, after)
    ]
    pair = estimates[0].between
    assert pair is not None
    measure = max(
        definition.measures,
        key=lambda one: abs(
            (one.estimate(_counted(test, before, pair[0]), level).value or 0.0)
            - (one.estimate(_counted(test, before, pair[1]), level).value or 0.0)
        ),
    )
    paired = PAIRED[OF[measure.name]]
    moved = [
        paired.difference((_agreement(test.y[at], before[at], after[at]),), PARAMS, level)
        for at in (test.group == pair[0], test.group == pair[1])
    ]
    return Changed(definition, estimates[0], estimates[1], difference(moved[0], moved[1]))


def _counted(test: Part, decided: Array, group: str) -> Counted:
    at = test.group == group
    return Counted((group,), _cell(_confusion(test.y[at], decided[at])))


def _cell(state: Any) -> Cell:
    n = float(state.labelled)
    return Cell(state, None, n, n)


def _confusion(y: Array, d: Array) -> Confusion:
    return Confusion(
        tp=float(((y == 1) & (d == 1)).sum()), fp=float(((y == 0) & (d == 1)).sum()),
        fn=float(((y == 1) & (d == 0)).sum()), tn=float(((y == 0) & (d == 0)).sum()),
    )  # fmt: skip


def _agreement(y: Array, before: Array, after: Array) -> Cell:
    counts = np.zeros((3, 2, 2))
    np.add.at(counts, (y.astype(int), before, after), 1.0)
    return _cell(Agreement(counts))


def _alone(name: str, y: Array, decided: Array, level: Level) -> Estimate:
    from sextant.metrics.catalogue import CATALOGUE

    return CATALOGUE[name].estimate(_cell(_confusion(y, decided)), PARAMS, level)
