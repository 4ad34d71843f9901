"""The Python interface of a probe: is it feasible at all?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.model import Scalar
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError
from sextant.engines.fingerprint import fingerprint
from sextant.engines.source import Source, open_source
from sextant.lab.keeping import kept
from sextant.lab.needs import needed
from sextant.lab.probing import Probed, columns_of, probed
from sextant.reports.rendered import Rendered
from sextant.segment_search import weak_segments
from sextant.studies.probe.asked import Asked, checked, price_of
from sextant.studies.probe.judging import LABEL, SCORE, UNIT, table_of
from sextant.studies.probe.reading import read
from sextant.studies.probe.result import Probe
from sextant.studies.weak_segments.result import Search
from sextant.words.probe.rules import rule_text

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[float], None]
FEWEST = 1_000
"""Weak segments are searched in so many tested rows: each half needs errors to count."""


@dataclass(frozen=True, repr=False)
class ProbeResult(Rendered):
    """What a labelled table promises before anything is built. Prints as a report."""

    reports: ClassVar[str] = "probe"
    probe: Probe
    answers: dict[str, Any]
    keeps: Callable[[], dict[str, Any]]

    @property
    def verdict(self) -> Verdict | None:
        """Of all that was required, as a forecast; None where nothing was."""
        return self.probe.verdict

    @cached_property
    def record(self) -> dict[str, Any]:
        """All that any report of the probe says, as plain JSON."""
        from sextant.reports.probe.as_dict import as_dict

        return as_dict(self.probe)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant probe --json` (schema 1)."""
        return self.record

    def baseline(self) -> dict[str, Any]:
        """The model to beat as plain JSON, taught by all rows that were read; see `sx.baseline`.

        The better model where it is shown to be ahead of the other one, else the simple one.
        """
        return self.keeps()

    def to_frame(self) -> pd.DataFrame:
        """One row per way to answer and measure, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        flat = [
            {"kind": one["kind"], "says": one["says"], "measure": name, **number}
            for one in self.record["answers"]
            for name, number in one["numbers"].items()
        ]
        return pd.DataFrame(flat)


def probe(
    data: Any,
    *,
    target: str,
    positive: Scalar | None = None,
    task: str | None = None,
    measure: str | None = None,
    rule: str | None = None,
    required: str | Sequence[str] = (),
    unit: str | None = None,
    time: str | None = None,
    keep: str | Sequence[str] = (),
    ignore: str | Sequence[str] = (),
    threshold: float = 0.5,
    leak: float = 0.8,
    folds: int = 5,
    more: int | None = None,
    label_cost: str | float | None = None,
    rows: int = 50_000,
    seed: int = 0,
    confidence: float = 0.95,
    today: date | None = None,
    progress: Progress | None = None,
) -> ProbeResult:
    """Is it feasible at all? What a labelled table promises, before anything is built.

    `data`: a path, a glob or a table in memory. `target`: what is to be predicted, classes or a
    number (`task` says which where it is not plain); `positive` its value that matters. Columns
    that give it away are set aside unless `keep` names them. `rule`: what is done today, such as
    "age > 60". `required`: promises such as "recall >= 0.8", judged at `threshold`. `unit`: rows of
    one stay in one part; `time`: what came before teaches what came after. `more` labels (as many
    again where nothing is said) at `label_cost` each ("2 EUR"). At most `rows` rows are read, drawn
    by `seed`, or the newest. `measure`: accuracy or auc; accuracy where nothing is said and no
    class has more than 80 of 100 rows.

    Raises `ContractError` or `SourceError`, each with every problem and its remedy, or
    `sextant.lab.needs.LabError`, which tells how to install what is missing.
    """
    if data is None:
        raise SourceError(["There is no table: `data` is None. Give a path or a table."])
    price, currency = price_of(label_cost)
    asked = Asked(
        target, None if positive is None else _text(positive), task,  # type: ignore[arg-type]
        measure, rule, _listed(required), unit, time, _listed(keep), _listed(ignore), threshold,
        leak, folds, more, price, currency, rows, seed, confidence,
    )  # fmt: skip
    checked(asked)
    needed("sklearn")
    day, code = today or date.today(), f"sextant {__version__}"
    return probe_of(asked, open_source(data, Path()), day, code, progress)


def probe_of(
    asked: Asked, source: Source, today: date, code: str, progress: Progress | None = None,
    threads: int | None = None,
) -> ProbeResult:  # fmt: skip
    """The probe of a table that was opened, by so many threads. Raises as `probe` does.

    Many small models are trained: on a busy machine threads that wait for each other stall.
    """
    held, table = read(asked, source)
    (limits,) = needed("threadpoolctl", "threadpool_limits")
    with limits(limits=threads):
        found = probed(asked, held, table, today, code, rule_text, progress)
    weak, why = _weak(found, today)
    record = replace(found.probe, weak=weak, weak_why=why)
    return ProbeResult(record, _answers(found), lambda: kept(found, fingerprint(source).hex))


def _text(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _listed(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _weak(found: Probed, today: date) -> tuple[Search | None, str]:
    """Where the better model errs more often; or why that is not searched."""
    if found.rows.task != "binary":
        return None, "weak segments are searched for answers of yes or no"
    at = found.folds.tested
    if at.size < FEWEST:
        return None, f"weak segments need {FEWEST:,} tested rows, here are {at.size:,}"
    table = columns_of(found, at) | table_of(found.rows, found.better.answer, at, found.folds)
    try:
        return weak_segments(
            table, label=LABEL, score=SCORE, threshold=found.probe.asked.threshold, depth=2,
            unit=UNIT if UNIT in table else None, seed=found.probe.asked.seed, today=today,
        ).search, ""  # fmt: skip
    except ContractError as error:
        return None, str(error.problems[0])


def _answers(found: Probed) -> dict[str, Any]:
    """The better model's answers to rows that did not teach it, with their columns."""
    at = found.folds.tested
    table = columns_of(found, at) | table_of(found.rows, found.better.answer, at, found.folds)
    if found.probe.noise is not None:
        table["(doubtful)"] = found.probe.noise.doubtful.astype(np.int64)
    return table
