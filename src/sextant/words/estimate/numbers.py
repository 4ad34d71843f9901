"""One estimated number: its figures for a table, and the sentence that goes with it."""

from __future__ import annotations

import math

from sextant.contracts.evidence import RowResult
from sextant.contracts.model import Criterion, Quantity
from sextant.stats.estimate import Estimate
from sextant.studies.estimate.result import Place, Row, Unlabelled
from sextant.words.clause import Clause, plain_clause
from sextant.words.compare import compare_clause
from sextant.words.figures import Figures, figures
from sextant.words.nouns import Subject, among, capital, subject
from sextant.words.numbers import about


def place_name(place: Place, found: Unlabelled) -> str:
    """`block 27, women`; "" for all rows of the only window."""
    window = f"{found.asked.by} {place.window}" if found.asked.by else ""
    group = ", ".join(f"{name} {value}" for name, value in place.segment)
    return ", ".join(filter(None, (window, group)))


def figures_of(row: Row, found: Unlabelled) -> Figures:
    """`60.4 %`, `56.8 – 63.8`, n, bound; where nothing can be said only a reason."""
    return figures(_result(row, row.estimate), found.asked.contract)


def number_sentence(row: Row, found: Unlabelled) -> str:
    """`Of 100 flagged people about 40 would be flagged in error (36 to 43); …`."""
    said = [_said(row, found)]
    contract = found.asked.contract
    held = _subject(row, found)
    for name, other in (("Among the rows with a label", row.measured),
                        ("With those weighed by their chance of one", row.weighted)):  # fmt: skip
        if other is None:
            continue
        if other.value is None or not other.assessable:
            said.append(f"{name} nothing can be measured: {other.reason}.")
            continue
        result = subject(_criterion(row), contract)
        said.append(f"{name}, {_clause(result, other).measured}.")
    if row.needed is not None and held is not None:
        said.append(f"About {about(row.needed)} labels of these rows would tell.")
    return " ".join(said)


def _said(row: Row, found: Unlabelled) -> str:
    contract = found.asked.contract
    held = _subject(row, found)
    if held is None:
        return f"Cannot be estimated: {row.why}."
    where = among(row.place.segment, contract)
    clause = _clause(held, row.estimate)
    text = f"estimated: {f'{where}, ' if where else ''}{clause.measured}"
    promised = "" if row.criterion is None else f"; {clause.bound} was promised"
    return f"{capital(text)}{promised}."


def short_clause(row: Row, found: Unlabelled) -> str:
    """`of 100 flagged people about 40 are flagged in error (36 to 43)`."""
    return _clause(subject(_criterion(row), found.asked.contract), row.estimate).measured


def _clause(one: Subject, estimate: Estimate) -> Clause:
    compares = one.criterion.quantity.kind != "metric"
    return compare_clause(one, estimate) if compares else plain_clause(one, estimate)


def _subject(row: Row, found: Unlabelled) -> Subject | None:
    if row.estimate.value is None or not row.estimate.assessable or row.why:
        return None
    return subject(_criterion(row), found.asked.contract)


def _criterion(row: Row) -> Criterion:
    """The promise; where there is none one that bounds nothing, so that words can be found."""
    if row.criterion is not None:
        return row.criterion
    name = row.call.metric
    return Criterion(name, name, Quantity(row.call), ">=", -math.inf)


def _result(row: Row, estimate: Estimate) -> RowResult:
    criterion = _criterion(row)
    place = row.place
    return RowResult(
        criterion, place.segment, estimate, criterion.confidence, "undecided",
        place.rows, place.labelled, obstacle=row.why,
    )  # fmt: skip
