"""The Python interface of judges: what a judge is worth, and which rows to label next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.engines.source import open_source
from sextant.metrics.tally import Tally
from sextant.reports.rendered import Rendered
from sextant.studies.judges.asking import Scale, asked_of, text_of
from sextant.studies.judges.drawing import Drawing, draw
from sextant.studies.judges.judging import judged, scanned
from sextant.studies.judges.result import JudgeStudy

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True, repr=False)
class JudgeResult(Rendered):
    """One look at a judge: what people would say, agreement, biases. Prints as a table."""

    reports: ClassVar[str] = "judges"
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
        positive=None if positive is None else text_of(positive), at_least=at_least,
        mean=mean, by=by, bands=tuple(bands), seed=seed,
    )  # fmt: skip
