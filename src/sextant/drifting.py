"""The Python interface of a study of drift: what changed since the reference?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.file.reading import read_contract
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.engines.sweep.looking import looked
from sextant.engines.windows import BUCKETS
from sextant.reports.rendered import Rendered
from sextant.states.state import StateError
from sextant.states.table import TableState
from sextant.studies.drift.kept import studied_kept
from sextant.studies.drift.result import Answer, Asked, Drift
from sextant.studies.drift.seasons import FITS
from sextant.studies.drift.studying import studied

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[float], None]
KEPT = ".states"


@dataclass(frozen=True, repr=False)
class DriftResult(Rendered):
    """What changed, column by column and window by window. Prints as a list."""

    reports: ClassVar[str] = "drift"
    drift: Drift

    @property
    def verdict(self) -> Verdict:
        """`missed` where something changed, `met` where it is shown that nothing did."""
        return self.drift.verdict

    @property
    def answer(self) -> Answer:
        """`changed`, `not changed` or `undecided`."""
        return self.drift.answer

    @cached_property
    def record(self) -> dict[str, Any]:
        """All that any report of the study says, as plain JSON."""
        from sextant.reports.drift.as_dict import as_dict

        return as_dict(self.drift)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant drift --json` (schema 1)."""
        return self.record

    def to_frame(self) -> pd.DataFrame:
        """One row per window and column, as a pandas frame (pandas must be installed)."""
        import pandas as pd

        keys = ("column", "answer", "sentence", "p", "adjusted", "detectable", "needed")
        flat = [
            {"window": window["window"]}
            | {key: one[key] for key in keys}
            | {key: one["distance"][key] for key in ("estimate", "low", "high", "n")}
            for window in self.record["windows"]
            for one in window["columns"]
        ]
        return pd.DataFrame(flat)


def drift(
    reference: Any,
    current: Any = None,
    *,
    columns: str | Sequence[str] = (),
    by: str | None = None,
    time: str | None = None,
    since: date | str | None = None,
    season: str | None = None,
    margin: float = 0.05,
    confidence: float = 0.95,
    run_length: float | None = None,
    score: str | None = None,
    contract: Any = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> DriftResult:
    """What changed between the rows of `reference` and those of `current`?

    Both are tables: a path, a glob, an Arrow table, a pandas or Polars frame; or kept states of
    tables, `sx.profile(…).state` or a `.states` file, which know no windows and no segments.
    `columns`: those to compare, by default all of the reference. `by`: a column of `current` whose
    values are windows (days, weeks, batches), each compared with the reference. With `time`, a
    column of times, `by` is day, week, month, quarter or year. `since`: there is one table, its
    rows before that day are the reference. `season`: each window is compared with the rows of the
    reference of the same weekday, month or year. A change matters from `margin` on: so large a
    share of the rows would have to differ. Without `run_length` no alarm of the whole study is
    false with `confidence`; with it every window is judged by itself, and one false alarm is
    expected in so many windows at most (90: of daily windows one in 90 days), on the average over
    references as they might have been drawn. `score`: a column whose mean is compared too.
    `contract`: a contract or its path; the reference then holds the label and scores that it names,
    and changed columns are ordered by what they do to its criteria.

    Raises `SourceError` or `ContractError` with every problem and its remedy, ValueError for an
    impossible setting.
    """
    if not 0 < margin < 1:
        raise ValueError(f"margin must lie between 0 and 1, not {margin!r}. Write 0.05.")
    if not 0.5 <= confidence < 1:
        raise ValueError(f"confidence must lie from 0.5 to 1, not {confidence!r}. Write 0.95.")
    if run_length is not None and not 5 <= run_length < float("inf"):
        remedy = "Write 90 for one expected false alarm in 90 windows."
        raise ValueError(f"run_length must be at least 5 windows, not {run_length!r}. {remedy}")
    day = today or date.today()
    first_day = time_settings(by, time, since, season)
    if first_day and current is not None:
        raise ValueError("since cuts one table in two. Leave out since, or the second table.")
    current = reference if first_day else current
    for name, table in (("reference", reference), ("current", current)):
        if table is None:
            remedy = "Give a path or a table, or since= to cut one table in two."
            raise SourceError([f"There is no {name}: it is None. {remedy}"])
    named = (columns,) if isinstance(columns, str) else tuple(columns)
    asked = Asked(
        _called(reference, "the reference"),
        _called(current, "the current rows"),
        margin,
        confidence,
        run_length,
        by or "",
        score or "",
        time or "",
        season or "",
        read_contract(contract) if isinstance(contract, str | Path) else contract,
    )
    code = f"sextant {__version__}"
    if any(map(is_kept, (reference, current))):
        states = [_state_of(one) for one in (reference, current)]
        return DriftResult(studied_kept(asked, states[0], states[1], named, day, code))
    first, second = open_source(reference, Path()), open_source(current, Path())
    return DriftResult(studied(asked, first, second, named, day, code, progress, first_day))


def time_settings(
    by: str | None, time: str | None, since: date | str | None, season: str | None
) -> date | None:
    """The first day of the rows that are compared, once the settings of time fit together."""
    if not time:
        if since or season:
            raise ValueError("since and season need time: name the column that holds the times.")
        return None
    if by not in BUCKETS:
        raise ValueError(f"by must be one of {', '.join(BUCKETS)} where time is named, not {by!r}.")
    if season and (season not in FITS or by not in FITS[season]):
        fits = "; ".join(f"{name} with {', '.join(buckets)}" for name, buckets in FITS.items())
        raise ValueError(f"season {season!r} does not go with windows of a {by}. It can be {fits}.")
    if not isinstance(since, str):
        return since
    try:
        return date.fromisoformat(since)
    except ValueError:
        raise ValueError(f"since must be a day, not {since!r}. Write 2026-03-01.") from None


def is_kept(table: Any) -> bool:
    """Whether this is the state of a table, or a file that holds one."""
    if isinstance(table, str | Path):
        return Path(table).suffix == KEPT
    return isinstance(table, TableState)


def _state_of(table: Any) -> TableState:
    """A kept state, or the one that a profile of a table keeps."""
    if isinstance(table, TableState):
        return table
    if not is_kept(table):
        return looked(open_source(table, Path()), 0).state
    try:
        return TableState.load(Path(table).read_bytes())
    except (OSError, StateError) as error:
        raise SourceError([f"{table} cannot be read: {error}"]) from None


def _called(table: Any, otherwise: str) -> str:
    return Path(table).stem if isinstance(table, str | Path) else otherwise
