"""A probe from its rows: ways without a model, two models, more labels, wrong labels, promises."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from sextant.contracts.evidence import Evidence
from sextant.engines.errors import SourceError
from sextant.lab.learning import Learned, learn
from sextant.lab.models import Kind as Model
from sextant.lab.models import matrix
from sextant.lab.needs import needed
from sextant.studies.probe.answers import Answer, always, by_rule, same_as_last
from sextant.studies.probe.asked import MAIN, MEASURES, Asked
from sextant.studies.probe.curve import fitted, forecast
from sextant.studies.probe.folds import Folds, folds_of
from sextant.studies.probe.judging import as_decided, contract_for, fit_of, required
from sextant.studies.probe.leaks import leaks
from sextant.studies.probe.measures import LOWER_IS_BETTER, estimate, gain
from sextant.studies.probe.noise import Noise, confident
from sextant.studies.probe.onecolumn import Found as ColumnRule
from sextant.studies.probe.onecolumn import one_column
from sextant.studies.probe.result import Found, Growth, Kind, Probe, Table
from sextant.studies.probe.rows import Rows
from sextant.studies.probe.rules import holds, read_rule

Progress = Callable[[float], None]
KINDS: tuple[Model, Model] = ("simple", "strong")
MOSTLY = 0.8
"""Where one of two classes has a larger share, accuracy says little and AUC compares."""


@dataclass(frozen=True, slots=True)
class Probed:
    """The record, and what is needed to search it further: the rows, folds and the model."""

    probe: Probe
    rows: Rows
    folds: Folds
    learned: tuple[Learned, ...]

    @property
    def better(self) -> Learned:
        """What the better model learned."""
        return next(one for one in self.learned if one.kind == self.probe.model.kind)


def probed(
    asked: Asked, rows: Rows, table: Table, today: date, code: str,
    told: Callable[[ColumnRule, Rows], str], progress: Progress | None = None,
) -> Probed:  # fmt: skip
    """Everything but the weak segments. `told` writes the rule of one column in words.

    Raises `ContractError` for a rule or promise not understood, `SourceError` where rows cannot be
    parted, `LabError` without scikit-learn.
    """
    needed("sklearn")
    main = _main(asked, rows)
    yes = _rule(asked, rows)
    contract = contract_for(rows, asked, asked.required) if asked.required else None
    suspects = leaks(rows, asked.leak, asked.alpha, asked.seed)
    set_aside = tuple(one for one in suspects if one.column not in asked.keep)
    rows = rows.without({one.column for one in set_aside})
    if not rows.columns:
        named = ", ".join(one.column for one in set_aside)
        raise SourceError(
            [f"Every column gives the target away ({named}). Keep one that is known in time."]
        )
    folds = folds_of(rows, asked.folds, asked.seed)
    if rows.task != "regression" and np.unique(rows.y[folds.tested]).size < 2:
        raise SourceError(["The rows that test are all of one class. Take fewer parts: folds."])
    answers, says = _without(asked, rows, folds, yes, main, told)
    held = matrix(rows)
    learned = [
        learn(kind, rows, held, folds, main, asked.threshold, asked.seed, _stage(progress, kind))
        for kind in KINDS
    ]
    for each in learned:
        answers[each.kind], says[each.kind] = each.answer, ""
    found = _found(asked, rows, folds, answers, says, main)
    probe = Probe(
        asked=asked, task=rows.task, main=main,
        positive=rows.classes[1] if rows.task == "binary" else None, classes=rows.classes,
        table=replace(table, columns=rows.columns), leaks=set_aside,
        kept=tuple(one for one in suspects if one.column in asked.keep),
        found=found, tested=int(folds.tested.size), taught=folds.taught, folds=len(folds.parts),
        ahead=None, growth=(), fit=None, noise=None, required=(), contract=contract, weak=None,
        weak_why="", code=code, probed_on=today.isoformat(),
    )  # fmt: skip
    better = next(one for one in learned if one.kind == probe.model.kind)
    other = next(one for one in learned if one is not better)
    probe = replace(
        probe,
        ahead=gain(main, rows, other.answer, better.answer, folds, asked.alpha),
        growth=tuple(one for kind in learned if (one := _growth(asked, rows, kind))),
        noise=_noise(rows, folds, better, asked),
        fit=_fit(asked, rows, folds, probe, better, today, code),
        required=required(contract, rows, better.answer, folds, today, code) if contract else (),
        without=required(
            contract, rows, as_decided(rows, answers[probe.plain.kind], asked.threshold), folds,
            today, code,
        ) if contract else (),
    )  # fmt: skip
    return Probed(probe, rows, folds, tuple(learned))


def _main(asked: Asked, rows: Rows) -> str:
    """What answers are compared by."""
    known = MAIN[rows.task]
    if asked.measure is not None:
        if asked.measure not in known:
            what = f"'{asked.measure}' does not measure '{asked.target}' ({rows.task})."
            raise SourceError([f"{what} Write {' or '.join(known)}."])
        return asked.measure
    if rows.task == "binary" and rows.counts().max() > MOSTLY * rows.n:
        return "auc"
    return known[0]


def _rule(asked: Asked, rows: Rows) -> np.ndarray | None:
    if asked.rule is None:
        return None
    if rows.task != "binary":
        what = f"A rule says yes or no, and '{asked.target}' is no matter of yes or no"
        raise SourceError(
            [f"{what} ({rows.task}). Leave the rule out, or name the positive value."]
        )
    return holds(read_rule(asked.rule), rows)


def _stage(progress: Progress | None, kind: Model) -> Progress | None:
    """The simple model is a third of the work, the strong one the rest."""
    if progress is None:
        return None
    begin, size = (0.02, 0.3) if kind == "simple" else (0.32, 0.66)
    return lambda share: progress(begin + size * share)


def _without(
    asked: Asked, rows: Rows, folds: Folds, yes: np.ndarray | None, main: str,
    told: Callable[[ColumnRule, Rows], str],
) -> tuple[dict[Kind, Answer], dict[Kind, str]]:  # fmt: skip
    answers: dict[Kind, Answer] = {"always": always(rows, folds)}
    says: dict[Kind, str] = {"always": _always(rows)}
    if rows.time is not None:
        answers["last"], says["last"] = same_as_last(rows, folds), ""
    if yes is not None:
        answers["rule"], says["rule"] = by_rule(rows, yes), asked.rule or ""
    if best := one_column(rows, folds, main == "auc"):
        answers["column"], says["column"] = best[0], told(best[1], rows)
    return answers, says


def _always(rows: Rows) -> str:
    if rows.task == "regression":
        return f"{float(np.median(rows.y)):g}"
    return rows.classes[int(np.argmax(rows.counts()))]


def _found(
    asked: Asked, rows: Rows, folds: Folds, answers: dict[Kind, Answer], says: dict[Kind, str],
    main: str,
) -> tuple[Found, ...]:  # fmt: skip
    numbers = {
        kind: tuple(
            (name, estimate(name, rows, answer, folds, asked.alpha))
            for name in sorted(MEASURES[rows.task], key=lambda one: one != main)
        )
        for kind, answer in answers.items()
    }
    sign = -1.0 if main in LOWER_IS_BETTER else 1.0

    def worth(kind: Kind) -> float:
        value = dict(numbers[kind])[main].value
        return -math.inf if value is None else sign * value

    plain = max((kind for kind in answers if kind not in {"simple", "strong"}), key=worth)
    return tuple(
        Found(kind, says[kind], numbers[kind], None if kind == plain else
              gain(main, rows, answers[plain], answers[kind], folds, asked.alpha))
        for kind in answers
    )  # fmt: skip


def _growth(asked: Asked, rows: Rows, learned: Learned) -> Growth | None:
    curve = fitted(learned.sizes, learned.errors, asked.seed)
    if curve is None:
        return None
    now, more = rows.n, asked.more or rows.n
    futures = tuple(forecast(curve, now, times * now, asked.confidence) for times in (2, 4))
    return Growth(
        learned.kind, curve, forecast(curve, now, now + more, asked.confidence), futures, more
    )


def _noise(rows: Rows, folds: Folds, better: Learned, asked: Asked) -> Noise | None:
    if better.chances is None:
        return None
    at = folds.tested
    return confident(rows.y[at].astype(int), better.chances[at], asked.alpha)


def _fit(
    asked: Asked, rows: Rows, folds: Folds, probe: Probe, better: Learned, today: date, code: str
) -> Evidence | None:
    bar = probe.plain.number(probe.main).value
    return fit_of(rows, asked, probe.main, math.nan if bar is None else bar, better.heart, folds,
                  better.answer, today, code)  # fmt: skip


def columns_of(held: Probed, at: Sequence[int] | np.ndarray) -> dict[str, np.ndarray]:
    """The columns of some rows as a table in memory: numbers, and words as they are written."""
    rows = held.rows
    texts = {
        name: np.array(rows.names[name], dtype=object)[codes[at]]
        for name, codes in rows.texts.items()
    }
    return {**{name: one[at] for name, one in rows.numbers.items()}, **texts}
