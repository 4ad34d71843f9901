"""The Python interface of a judge at an endpoint: `run_judge` asks it about every row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sextant.contracts.problems import ContractError, Problem
from sextant.endpoint.client import Client, Pace, address
from sextant.endpoint.journal import open_journal
from sextant.endpoint.rubric import Rubric, read_rubric, rubric_from
from sextant.endpoint.running import Run, run
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.engines.told import texts_of

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class JudgeRun:
    """What a judge said of every row, and how the run ended."""

    run: Run
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def to_csv(self) -> str:
        """The table with the judge's columns beside its own; an empty cell is no verdict."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()


def run_judge(
    data: Any,
    *,
    rubric: Rubric | Mapping[str, Any] | str | Path,
    endpoint: str,
    model: str,
    journal: str | Path,
    key: str | None = None,
    column: str = "judge",
    most_cost: float | None = None,
    most_requests: int | None = None,
    per_minute: float | None = None,
    at_once: int = 4,
    timeout: float = 60.0,
    progress: Progress | None = None,
) -> JudgeRun:
    """Ask a judge behind an OpenAI-compatible endpoint about every row.

    Answers are kept in `journal`; what stands there was paid and is not asked again, so that a run
    that was killed goes on where it stopped. `key` goes into the request alone. `most_cost` is in
    the currency of the rubric's price, over all runs of the journal: it is never exceeded. The
    verdicts come as `column`, of pairs in the other order as `column`_swapped, and why there is
    none as `column`_problem.

    Raises `ContractError`, `SourceError`, `EndpointError` or `JournalError`.
    """
    asked = _rubric(rubric)
    if most_cost is not None and asked.price is None:
        what = "A cost can be capped only where the price is known."
        remedy = "Add price: {input: 0.15, output: 0.60} to the rubric, per million tokens."
        raise ContractError([Problem("price", what, remedy)])
    source = open_source(data)
    if problems := source.check_columns(dict.fromkeys(asked.columns, "the rubric")):
        raise SourceError(problems)
    own = (column, *([f"{column}_swapped"] if asked.pair else []), f"{column}_problem")
    if taken := [name for name in own if name in source.columns]:
        what = f"{source.name} has a column '{taken[0]}' already."
        raise ContractError([Problem("column", what, "Name another: column.")])
    names = list(source.columns)
    rows = texts_of(source, names)
    client = Client(address(endpoint), model, key, timeout, pace=Pace(per_minute))
    with open_journal(Path(journal)) as held:
        done = run(
            rows, asked, client, held,
            most_cost=most_cost, most_requests=most_requests, at_once=at_once, progress=progress,
        )  # fmt: skip
    told = []
    for row, entries in zip(rows, done.verdicts, strict=True):
        verdicts = [entry.verdict if entry else "" for entry in entries]
        why = ", ".join(
            dict.fromkeys(
                entry.problem if entry else "not asked"
                for entry in entries
                if entry is None or entry.problem
            )
        )
        told.append((*(row[name] for name in names), *verdicts, why))
    return JudgeRun(done, (*names, *own), tuple(told))


def _rubric(given: Rubric | Mapping[str, Any] | str | Path) -> Rubric:
    if isinstance(given, Rubric):
        return given
    return rubric_from(given) if isinstance(given, Mapping) else read_rubric(Path(given))
