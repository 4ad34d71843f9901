"""What a kind of study is: what it asks, how it answers, what its page, tables and pictures are.

A kind is one value `KIND` in a module of this folder, listed in `kinds/__init__.py`. It has one or
both of two ways in: `from_rows`, computed in a background job, and `live`, computed while its page
is looked at from the states that an evidence kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from sextant.contracts.ledger import Ledger
from sextant.contracts.model import Contract as Agreed
from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import load_tally
from sextant_server.contracts.models import Contract
from sextant_server.evidence.evaluating import contract_of
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.work import Work
from sextant_server.sources.models import SourceVersion

if TYPE_CHECKING:
    from sextant_server.studies.kinds.forms import LiveForm, RowsForm

Record: TypeAlias = Mapping[str, Any]
"""All that a page says, as plain JSON."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came out. `record`: plain JSON, without NaN or infinity, at most 4 MB.

    `title` names what was asked, `headline` is the answer as a sentence. `verdict`: met, missed,
    undecided, or empty; `answer`: the same in a word that fits the question better, such as worse.
    `digest` of what was asked, `snapshot` of the rows; `states`: bytes from
    which it can be computed again, where that is useful; `look`: 0 where looks are not counted.
    """

    title: str
    headline: str
    record: Record
    verdict: str = ""
    answer: str = ""
    digest: str = ""
    snapshot: str = ""
    states: bytes = b""
    look: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """An answer that depends on how often its question was looked at before.

    `judge` takes the product's ledger of the question `digest`, and gives what was found and the
    ledger's text with this look. It may be called twice, and writes nothing.
    """

    digest: str
    judge: Callable[[Ledger], tuple[Found, str]]


@dataclass(frozen=True, slots=True)
class Asking:
    """What a form asks for: `asked` is plain JSON, enough to compute it from the versions."""

    title: str
    asked: dict[str, Any]
    version: SourceVersion
    other: SourceVersion | None = None
    contract: Contract | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What a job computes: what was asked, the version's rows, the contract as it was."""

    asked: Mapping[str, Any]
    version: SourceVersion
    other: SourceVersion | None
    contract: Agreed | None
    work: Work
    today: date
    code: str

    def progress(self, share: float) -> None:
        """Say how much of the rows is read, 0 to 1. Raises Cancelled."""
        self.work.progress(0.9 * share, "reading rows")


@dataclass(frozen=True)
class Held:
    """An evidence with its contract and states, read when they are asked for."""

    evidence: Evidence

    @cached_property
    def contract(self) -> Agreed:
        """Its contract as it was run."""
        return contract_of(self.evidence.run)

    @cached_property
    def tally(self) -> Tally:
        """Its states. Raises `StateError` where an older version wrote them."""
        return load_tally(bytes(self.evidence.states))

    @property
    def record(self) -> Record:
        """What its page says."""
        found: Record = self.evidence.record
        return found


@dataclass(frozen=True, slots=True)
class FromRows:
    """Computed from the rows of a version, in a job.

    `says` is why one would ask it, on the page that lists what can be asked. `compute` raises
    `SourceError` or `ContractError` where the rows cannot answer. `missing`: what is not installed
    and how to install it; then the kind is not offered. Empty where all is there. `binary`: it is
    asked of yes-or-no decisions, which the list says where the contract is of another task.
    """

    says: str
    form: type[RowsForm]
    compute: Callable[[Task], Found | Counted]
    template: str = "studies/new.html"
    missing: Callable[[], str] = lambda: ""
    binary: bool = False


@dataclass(frozen=True, slots=True)
class Live:
    """Computed from an evidence's states whenever its page is looked at, in less than 200 ms.

    `says` is the link on the evidence's page. `obstacle` tells, from the evidence's record and
    contract without its states, why this one cannot be asked; empty where it can. `compute` gets
    the form's cleaned data. `controls` is a template for the settings (without it the form's fields
    stand above the answer); `scripts` and `styles` are static files.
    """

    says: str
    form: type[LiveForm]
    compute: Callable[[Held, Mapping[str, Any]], Found]
    obstacle: Callable[[Held], str] = lambda _: ""
    controls: str = "studies/controls.html"
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table to download: `<name>.csv`. Cells are texts, numbers, truth values or None."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to download: `<name>.svg` and `<name>.png`.

    `svg` is one `<svg>` element with a `viewBox`, as `charts/` draws it for a page; texts in it are
    escaped. It gets its colours and its name space when it leaves as a file.
    """

    name: str
    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The number of a study that something else can rest on, with its interval and n.

    `what` it is of, in words. `counted`: share, difference, value, as strategy/bindings/units.py
    names them, so that it is never read in a unit that it does not have. `of`: which quality of a
    model it measures over all rows, such as recall, where an input of the value model may follow
    it; empty elsewhere.
    """

    what: str
    value: float
    low: float | None
    high: float | None
    n: float
    counted: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of study.

    `template` draws a record, inside the page of a kept study and below a live page's settings; it
    is given `record`, `product`, `study` (None while live) and `pictures`, a mapping of names to
    SVG. `tables` and `pictures` are of a record as well. `report`: the record as a file of its
    own; without it one is made of headline, pictures, tables and `record["basis"]`. `figure`: the
    number that an answer elsewhere can rest on, None where there is none. `during`: the stretch of
    time of a record, for what happened meanwhile; None where it has none.
    """

    name: str
    title: str
    template: str
    from_rows: FromRows | None = None
    live: Live | None = None
    tables: Callable[[Record], Sequence[Table]] = lambda _: ()
    pictures: Callable[[Record], Sequence[Picture]] = lambda _: ()
    report: Callable[[Record], str] | None = None
    figure: Callable[[Record], Figure | None] = lambda _: None
    during: Callable[[Record], tuple[datetime, datetime] | None] = lambda _: None
    check: Callable[[Record], str] = field(default=lambda record: str(record.get("verdict", "")))
    """The verdict that a record states: `sextant verify` compares it with the study's."""
