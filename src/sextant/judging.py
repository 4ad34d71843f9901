"""The Python interface of judges: what a judge is worth, and which rows to label next."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.problems import ContractError, Problem
from sextant.endpoint.client import Client, Pace, address
from sextant.endpoint.journal import open_journal
from sextant.endpoint.rubric import Rubric, read_rubric, rubric_from
from sextant.endpoint.running import Run, run
from sextant.engines.errors import SourceError
from sextant.engines.source import Source, open_source
from sextant.engines.told import numeric, texts_of, values_of
from sextant.metrics.tally import Tally
from sextant.studies.judges.asked import Asked, loose_contract, promise_from
from sextant.studies.judges.drawing import Drawing, draw
from sextant.studies.judges.judging import judged, scanned
from sextant.studies.judges.result import JudgeStudy

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[float], None]
Scale = Literal["nominal", "ordinal", "interval"]
YES_NO = ({"0", "1"}, {"-1", "1"}, {"false", "true"}, {"no", "yes"}, {"n", "y"})
FEW = 12


@dataclass(frozen=True, slots=True, repr=False)
class JudgeResult:
    """One look at a judge: what people would say, agreement, biases. Prints as a table."""

    study: JudgeStudy
    tally: Tally

    @property
    def verdict(self) -> Verdict | None:
        """Of the promise; None where none was made."""
        return self.study.verdict

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant judge agree --json` (schema 1): all that a page says."""
        from sextant.reports.judges.record import record_of

        return record_of(self.study)

    def to_frame(self) -> pd.DataFrame:
        """One row for the whole table and each group, as a pandas frame."""
        import pandas as pd

        rows = [dict(row) for row in self.to_dict()["rows"]]
        for row in rows:
            row["segment"] = ", ".join(f"{k} = {v}" for k, v in row["segment"].items())
        return pd.DataFrame(rows)

    def to_html(self) -> str:
        """The report as one self-contained page."""
        from sextant.reports.judges.html import render

        return render(self.to_dict())

    def to_markdown(self) -> str:
        """The report as a pull-request comment."""
        from sextant.reports.judges.markdown import render

        return render(self.to_dict())

    def __repr__(self) -> str:
        from sextant.reports.judges.terminal import render

        return render(self.to_dict(), width=100)

    def _repr_html_(self) -> str:
        from html import escape

        return f'<iframe srcdoc="{escape(self.to_html())}" width="100%" height="640"></iframe>'


def judge(
    data: Any,
    *,
    human: str,
    judge: str,
    positive: str | int | float | bool | None = None,
    at_least: float | None = None,
    promise: str | None = None,
    raters: Sequence[str] = (),
    swapped: str | None = None,
    answers: tuple[str, str] | None = None,
    favours: Mapping[str, str] | None = None,
    lengths: tuple[str, str] | None = None,
    segments: Mapping[str, Any] | Sequence[str] | None = None,
    stratum: str | None = None,
    unit: str | None = None,
    scale: Scale | None = None,
    confidence: float = 0.95,
    look: int = 1,
    today: date | None = None,
    progress: Progress | None = None,
) -> JudgeResult:
    """What would people say of all rows, and how far can the judge be trusted?

    `human`: what people said of some rows, drawn at random; `judge`: a judge's verdict on all. A
    yes/no column is counted as it is; of several values `positive` names the one that counts; of
    numbers `at_least` sets the bar, and without it their mean is taken. `promise`, such as
    `">= 80%"`, asks for a verdict.

    `raters`: several people's columns, for their agreement. `swapped`: the judge's verdict on the
    same pairs in the other order, and `answers` what the columns call the answer shown first and
    the other. `favours`: columns that name the answer a bias would favour; `lengths`: the columns
    of both answers' texts or lengths. `stratum`: the segment inside which labels were drawn.

    Raises `ContractError` or `SourceError`, each with every problem and its remedy.
    """
    source = open_source(data)
    asked = asked_of(
        source, human=human, judge=judge, positive=positive, at_least=at_least, promise=promise,
        raters=tuple(raters), swapped=swapped, answers=answers, favours=favours, lengths=lengths,
        segments=segments, stratum=stratum, unit=unit, scale=scale, confidence=confidence,
    )  # fmt: skip
    tally = scanned(asked, source, progress)
    code = f"sextant {__version__}"
    study = judged(asked, tally, source.name, today or date.today(), code, look)
    return JudgeResult(study, tally)


def asked_of(
    source: Source,
    *,
    human: str,
    judge: str,
    positive: str | int | float | bool | None = None,
    at_least: float | None = None,
    promise: str | None = None,
    raters: tuple[str, ...] = (),
    swapped: str | None = None,
    answers: tuple[str, str] | None = None,
    favours: Mapping[str, str] | None = None,
    lengths: tuple[str, str] | None = None,
    segments: Mapping[str, Any] | Sequence[str] | None = None,
    stratum: str | None = None,
    unit: str | None = None,
    scale: Scale | None = None,
    confidence: float = 0.95,
) -> Asked:
    """What is asked of an opened table, as `judge` takes it. Raises `ContractError`, `SourceError`.

    The columns' first values tell what the outcome is where nobody said it.
    """
    if lost := source.check_columns({human: "what people say", judge: "the judge's verdict"}):
        raise SourceError(lost)
    problems = []
    if not 0.5 <= confidence <= 0.9999:
        what = f"A confidence of {confidence:g} is out of range."
        problems.append(Problem("confidence", what, "Write one from 0.5 to 0.9999."))
    if positive is not None and at_least is not None:
        what = "Both a value that counts and a bar were named."
        problems.append(Problem("positive", what, "Name positive, or at_least."))
    if stratum and unit:
        what = "Labels drawn inside strata and dependent rows cannot be judged together yet."
        problems.append(Problem("stratum", what, "Leave out stratum, or unit."))
    if human == judge:
        what = f"People and judge are both '{human}'."
        problems.append(Problem("judge", what, "Name the judge's own column."))
    values = values_of(source, human, FEW + 1)
    kind, why = _kind(source, human, values, positive, at_least)
    if why:
        problems.append(why)
    contract = loose_contract(source.name, segments, unit)
    names = [segment.name for segment in contract.data.segments]
    if stratum and stratum not in names:
        contract = loose_contract(source.name, {**_mapping(segments), stratum: stratum}, unit)
    if (swapped or lengths) and answers is None:
        if {"1", "2"} <= set(values):
            answers = ("1", "2")
        else:
            what = "It is not said what the columns call the answer that was shown first."
            problems.append(Problem("answers", what, 'Name both: answers=("A", "B").'))
    if problems:
        raise ContractError(problems)
    if scale is None:
        scale = "interval" if kind in {"value", "range"} and len(values) <= FEW else "nominal"
    first, second = (str(one) for one in answers or ("", ""))
    return Asked(
        contract=contract,
        human=human,
        judge=judge,
        kind=kind,
        positive="" if positive is None else _text(positive),
        at_least=at_least,
        raters=raters,
        swapped=swapped or "",
        first=first,
        second=second,
        favours=tuple((favours or {}).items()),
        lengths=lengths,
        stratum=stratum or "",
        scale=scale,
        promise=promise_from(promise) if promise else None,
        scored=len(values_of(source, judge, FEW + 1)) > FEW and numeric(source, judge),
        confidence=confidence,
    )


def _mapping(segments: Mapping[str, Any] | Sequence[str] | None) -> dict[str, Any]:
    if segments is None:
        return {}
    return dict(segments) if isinstance(segments, Mapping) else {name: name for name in segments}


def _text(value: str | int | float | bool) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(
    source: Source,
    human: str,
    values: list[str],
    positive: str | int | float | bool | None,
    at_least: float | None,
) -> tuple[Literal["true", "is", "range", "value"], Problem | None]:
    """What the outcome is, from the column's first values."""
    if positive is not None:
        named = _text(positive)
        if values and len(values) <= FEW and named not in values:
            what = f"'{human}' never holds {named!r}: it holds {', '.join(map(repr, values))}."
            return "is", Problem("positive", what, "Name one of them.")
        return "is", None
    if at_least is not None:
        return "range", None
    found = {value.casefold() for value in values}
    if not found or any(found <= pair for pair in YES_NO):
        return "true", None
    if numeric(source, human):
        return "value", None
    what = f"'{human}' holds {', '.join(map(repr, values[:6]))}: which of them counts is not said."
    return "is", Problem("positive", what, f"Name it: positive={values[0]!r}.")


def label_next(
    data: Any,
    *,
    human: str,
    judge: str,
    key: str,
    rows: int,
    positive: str | int | float | bool | None = None,
    at_least: float | None = None,
    mean: bool = False,
    by: str = "random",
    bands: Sequence[float] = (),
    seed: str = "1",
) -> Drawing:
    """Which rows people should judge next: drawn at random inside strata, so that estimates hold.

    `by` "judge": inside its verdicts, or `bands` of its numbers, more where people differ most;
    "random": from all alike. The same `seed` draws the same rows. Raises `ContractError` or
    `SourceError`, each with every problem and its remedy.
    """
    source = open_source(data)
    return draw(
        source, human=human, judge=judge, key=key, rows=rows,
        positive=None if positive is None else _text(positive), at_least=at_least,
        mean=mean, by=by, bands=tuple(bands), seed=seed,
    )  # fmt: skip


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
