"""Reviews of reports by other tools: `fairness_counts`, their counts with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sextant import __version__
from sextant.contracts.evidence import Verdict
from sextant.contracts.model import Contract
from sextant.engines.errors import SourceError
from sextant.fairness_review import FairnessResult, loose, named
from sextant.studies.fairness.asked import Asked, ask, check_bounds, crossed
from sextant.studies.fairness.reported.bare import Bare, bare
from sextant.studies.fairness.reported.figures import Report
from sextant.studies.fairness.reported.reading import MOST_BYTES, of_frame, of_text, report_of
from sextant.studies.fairness.reported.stated import Stated, stated
from sextant.studies.fairness.reviewing import reviewed

DECISIONS = "counts as reported"
"""What stands where a review of rows names the column of decisions."""


@dataclass(frozen=True, slots=True, repr=False)
class ReportedRates:
    """Rates of groups whose numbers of rows nobody says: no interval, and nothing is ever met."""

    found: Bare

    @property
    def verdict(self) -> Verdict | None:
        """Undecided where a bound was named, else None."""
        return self.found.verdict

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant fairness --counts --json` (schema 1)."""
        from sextant.reports.fairness.bare import as_dict

        return as_dict(self.found)

    def to_html(self) -> str:
        """One self-contained page."""
        from sextant.reports.fairness.bare import page

        return page(self.to_dict())

    def to_markdown(self) -> str:
        """A pull-request comment."""
        from sextant.reports.fairness.bare import render

        return render(self.to_dict())

    def __repr__(self) -> str:
        from sextant.reports.fairness.bare import terminal

        return terminal(self.to_dict(), width=100)


def fairness_counts(
    data: Any,
    *,
    by: str | Sequence[str] = (),
    bounds: Mapping[str, float] | None = None,
    confidence: float = 0.95,
    selected: str = "",
    names: Mapping[str, str] | None = None,
    look: int = 1,
    today: date | None = None,
) -> FairnessResult | ReportedRates:
    """Who is hurt, from what another tool has counted of every group.

    `data`: the path of a CSV or JSON file, a pandas frame, a list of dictionaries, or a Fairlearn
    `MetricFrame`. Each line is a group, with `tp`, `fp`, `fn` and `tn`; or with a `count` and rates
    that only one set of whole numbers gives. `by`: the columns that group, by default those before
    the first that is known. `bounds`, `confidence`, `selected`, `names` and `look` as in
    `fairness`. Rates without numbers of rows come back as `ReportedRates`, without a verdict.

    Raises `ContractError` or `SourceError`, each with every problem and its remedy.
    """
    groups = [by] if isinstance(by, str) else list(by)
    columns = list(dict.fromkeys(name for one in groups for name in crossed(one)))
    report, name = read(data, columns)
    held = stated(report, name)
    if held is None:
        check_bounds(bounds or {})
        return ReportedRates(bare(report, name, dict(bounds or {})))
    asked = question(held, groups, bounds, confidence, selected, names)
    day, code = today or date.today(), f"sextant {__version__}"
    return FairnessResult(reviewed(asked, held.tally, name, day, look, code), held.tally)


def read(data: Any, columns: Sequence[str] = ()) -> tuple[Report, str]:
    """A report and what it is called. Raises `SourceError` for what is none."""
    if isinstance(data, str | Path):
        return of_text(text_of(Path(data)), Path(data).name, columns), Path(data).name
    frame = getattr(data, "by_group", data)
    if hasattr(frame, "iloc") and hasattr(frame, "columns"):
        return of_frame(frame, "a frame", columns), "a frame"
    if isinstance(data, list) and all(isinstance(row, dict) for row in data):
        table = [{str(key): _cell(cell) for key, cell in row.items()} for row in data]
        return report_of(table, "a list", columns, exact=True), "a list"
    what = f"A {type(data).__name__} is no report of groups."
    raise SourceError([f"{what} Give a CSV or JSON file, a pandas frame or a MetricFrame."])


def _cell(cell: Any) -> str:
    return "" if cell is None else str(cell)


def text_of(path: Path) -> str:
    """A report's text. Raises `SourceError` where it is not there, too long, or no text."""
    try:
        with path.open("rb") as file:
            held = file.read(4 * MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is none"
        raise SourceError([f"{str(path)[:200]} cannot be read: {why}. Check the path."]) from None
    if len(held) > 4 * MOST_BYTES:
        raise SourceError(
            [f"{path.name} is larger than {4 * MOST_BYTES:,} bytes: it is no report."]
        )
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError([f"{path.name} is no UTF-8 text. Save it as CSV or JSON."]) from None


def question(
    held: Stated,
    groups: Sequence[str],
    bounds: Mapping[str, float] | None,
    confidence: float,
    selected: str,
    names: Mapping[str, str] | None,
) -> Asked:
    """What is asked of a report: every column by itself, and all of them crossed, by default."""
    roles = {"prediction": DECISIONS} | ({"label": "label"} if held.labelled else {})
    contract: Contract = named(loose("a report", list(held.by), roles), names)
    asked_of = list(groups) or [*held.by, *([" x ".join(held.by)] if len(held.by) > 1 else [])]
    found = ask(contract, asked_of, bounds, confidence, selected)
    if lacking := [at for at in found.groupings if at not in held.tally.cells]:
        what = f"{' x '.join(lacking[0])} does not follow from groups of {' x '.join(held.by)}."
        raise SourceError([f"{what} Name one of them, or all of them crossed."])
    return found
