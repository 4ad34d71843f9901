"""What a study of drift gave: per window and column whether it changed, how far, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sextant.contracts.evidence import DataFacts, Verdict
from sextant.contracts.model import Contract, Criterion
from sextant.states.histogram import Histogram
from sextant.stats.estimate import Estimate
from sextant.stats.shift import Shift
from sextant.studies.drift.labels import Labelled, Performed

Counts = Mapping[str, float]
"""Rows by value; "" where the cell is empty."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts: `words`, rows with each word; `lengths`, rows by number of words, -1 empty."""

    words: Mapping[str, int]
    lengths: Mapping[int, int]

    def __add__(self, other: Texts) -> Texts:
        words, lengths = dict(self.words), dict(self.lengths)
        for word, n in other.words.items():
            words[word] = words.get(word, 0) + n
        for length, n in other.lengths.items():
            lengths[length] = lengths.get(length, 0) + n
        return Texts(words, lengths)


State = Histogram | Counts | Texts
Kind = Literal["ordered", "values", "text"]
Answer = Literal["changed", "not changed", "undecided"]
VERDICTS: Mapping[Answer, Verdict] = {
    "changed": "missed",
    "not changed": "met",
    "undecided": "undecided",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """How careful the study is.

    `margin`: the distance from which a change matters. `run_length`: at most one false alarm is
    expected in so many windows; None: `confidence` that no alarm of the study is false. `time`:
    the column that is cut into windows of `by` (day, week, ...), `season`: which rows of the
    reference each is compared with. `contract`: changed columns are ordered by what they do to
    its criteria.
    """

    reference: str
    current: str
    margin: float = 0.05
    confidence: float = 0.95
    run_length: float | None = None
    by: str = ""
    score: str = ""
    time: str = ""
    season: str = ""
    contract: Contract | None = None

    @property
    def alpha(self) -> float:
        """The error of one family: a window's columns, or those of all windows."""
        return 1 - self.confidence if self.run_length is None else 1 / self.run_length


@dataclass(frozen=True, slots=True)
class Window:
    """Rows of one window with a state per column, and the mean of the score where one is named."""

    name: str
    rows: float
    columns: Mapping[str, State]
    mean: Estimate | None = None


@dataclass(frozen=True, slots=True)
class Mover:
    """The value (or all up to it) whose share of the rows moved most, before and after.

    `limit` True: the share of the values, or of texts of so many words, up to `value`. Intervals
    hold for all values together.
    """

    value: str
    before: Estimate
    after: Estimate
    difference: Estimate
    limit: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of another column: rows of one value, or of numbers above `above`, up to `upto`.

    `value` "" with no end: the rows without one. `before`, `after`: its share of the rows.
    """

    column: str
    value: str
    above: str
    upto: str
    before: Estimate
    after: Estimate


@dataclass(frozen=True, slots=True)
class Driver:
    """What carries a column's change: with it as it is now, or left out, at most half is left.

    `kind` "mix": the reference, weighed so that `parts` are as frequent as now, is nearer to the
    rows of today; "inside": the rows of the one part left out, both sides are nearer. `distance`:
    with all rows, in the cells that both are counted in; `left`: what is left of it. `adjusted`: p
    of the claim that it is less, after Holm over all that was looked at.
    """

    kind: Literal["mix", "inside"]
    parts: tuple[Part, ...]
    distance: float
    left: Estimate
    adjusted: float


@dataclass(frozen=True, slots=True)
class Lead:
    """What carries most of the columns of a window, by column."""

    columns: tuple[tuple[str, Driver], ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.columns[0][1].parts


@dataclass(frozen=True, slots=True)
class Word:
    """A word that more or fewer texts have than before; `adjusted` over all that is compared."""

    word: str
    before: Estimate
    after: Estimate
    adjusted: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A criterion of a contract, and what a column's new mix alone would make of it.

    `before`: of the reference. `after`: of the reference's rows weighed so that the column's values
    are as frequent as now. `unknown`: the share of rows of now that no row of the reference stands
    for; they are left out.
    """

    criterion: Criterion
    before: Estimate
    after: Estimate
    change: Estimate
    unknown: float


@dataclass(frozen=True, slots=True)
class ColumnShift:
    """One column of one window against the reference.

    `p` is the column's own, `adjusted` after Holm over the family. `medians`: of ordered values.
    `missing`: the share of rows without a value. `new`, `gone`: values with their rows, the most
    frequent first; `news`, `goes` how many there are. `needed`: rows of the window from which no
    change would be told from one that matters; None where no number would do. `driver`: the
    segment that carries the change. `words`: of texts, those that are shown to have moved, the
    furthest first; of `tested` words. `effects`: on a contract's criteria, where one is given.
    """

    column: str
    kind: Kind
    answer: Answer
    shift: Shift
    adjusted: float
    mover: Mover
    missing: tuple[Estimate, Estimate]
    medians: tuple[Estimate, Estimate] | None = None
    new: tuple[tuple[str, float], ...] = ()
    gone: tuple[tuple[str, float], ...] = ()
    news: int = 0
    goes: int = 0
    needed: float | None = None
    note: str = ""
    driver: Driver | None = None
    words: tuple[Word, ...] = ()
    tested: int = 0
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowShift:
    """One window: its columns, those that changed first, then by distance.

    `searched`: segments of other columns that were looked at for what carries a change.
    `performance`: a contract's criteria there, where its rows have labels. `still`: columns of one
    value there, "" where all cells are empty, that have several in the reference.
    """

    window: str
    rows: float
    answer: Answer
    columns: tuple[ColumnShift, ...]
    mean: Estimate | None = None
    lead: Lead | None = None
    searched: int = 0
    performance: tuple[Performed, ...] = ()
    still: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """A column that is not the same kind of thing on both sides."""

    column: str
    kind: Literal["absent", "new", "retyped"]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Drift:
    """The whole record. `same`: both sides are the same rows, and nothing was compared.

    `empty`: windows of time without a row. `uncompared`: those of whose season the reference has
    no row. `labelled`: what the labels of the current rows said, by window in `windows`.
    """

    asked: Asked
    reference: DataFacts
    current: DataFacts
    answer: Answer
    windows: tuple[WindowShift, ...]
    structure: tuple[Structure, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    family: int = 0
    same: bool = False
    empty: tuple[str, ...] = ()
    uncompared: tuple[str, ...] = ()
    code: str = ""
    compared_on: str = ""
    notes: tuple[str, ...] = field(default=())
    labelled: Labelled = field(default=Labelled())

    @property
    def verdict(self) -> Verdict:
        return VERDICTS[self.answer]
