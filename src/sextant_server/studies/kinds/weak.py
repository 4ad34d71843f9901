"""Where is it weak? A search over combinations of columns, as `sextant weak` does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from sextant.charts import ForestGroup, ForestRow, forest
from sextant.contracts.model import Contract, Segment
from sextant.reports.fairness.shown import ends, figure
from sextant.reports.weak_segments.as_dict import as_dict
from sextant.reports.weak_segments.html import render as page
from sextant.segment_search import asked_of, banded
from sextant.studies.weak_segments.searching import searched
from sextant_server.sources.jobs import opened_version
from sextant_server.studies.kinds import reviewing
from sextant_server.studies.kinds.fairness_form import FairnessForm
from sextant_server.studies.kinds.figures import of_search
from sextant_server.studies.kinds.kind import Found, FromRows, Kind, Picture, Record, Table, Task

ERRORS = [
    ("wrong", "wrong decisions"),
    ("missed", "truly positive ones that are missed"),
    ("wrongly_flagged", "truly negative ones that are wrongly flagged"),
]
SAYS = (
    "Searches combinations of columns for groups in which the model errs more often than others. "
    "Half of the rows suggests them, the other half tests them, so that nothing is named by chance."
)


class WeakForm(FairnessForm):
    """The columns to search; a contract fills in the rest."""

    selected = None  # type: ignore[assignment]
    bounds = None  # type: ignore[assignment]
    error = forms.ChoiceField(choices=ERRORS, required=False, label="Which errors")
    depth = forms.TypedChoiceField(
        coerce=int, required=False, empty_value=None, label="Columns at once",
        choices=[(2, "up to two"), (1, "one"), (3, "up to three")],
    )  # fmt: skip
    min_rows = forms.IntegerField(
        min_value=20, max_value=10_000_000, required=False, label="Least rows of a group",
        help_text="100 where nothing is said",
    )  # fmt: skip

    def title(self) -> str:
        """What the job is called."""
        return "Where is it weak"

    def put(self, agreed: Contract) -> None:
        data = agreed.data
        if not data.segments:  # then every column is searched, which only the rows tell
            agreed = replace(agreed, data=replace(data, segments=(Segment("any", "any"),)))
        _question(self.settings(), agreed)


def compute(task: Task) -> Found:
    """Two scans: what the columns hold, then all of them at once."""
    contract = reviewing.agreed(task.asked, task.contract, task.version.source.name)
    opened = opened_version(task.version)
    every = not contract.data.segments
    asked = _question(task.asked, banded(contract, opened, every=every))
    search = searched(asked, opened, task.today, task.progress, task.code)
    record = as_dict(search)
    return Found(
        title=f"Where is it weak, by {len(asked.columns)} columns",
        headline=record["headline"],
        record=record,
        snapshot=search.data.snapshot,
    )


def _question(settings: Any, contract: Contract) -> Any:
    return asked_of(
        contract,
        settings.get("error") or "wrong",
        int(settings.get("depth") or 2),
        int(settings.get("min_rows") or 100),
    )


def tables(record: Record) -> list[Table]:
    """The segments that were confirmed."""
    rows = [
        (one["name"], *_ends(one["rate"]), one["rate"]["n"], *_ends(one["elsewhere"]),
         *_ends(one["people"]), one["rows"], one["p"])
        for one in record["segments"]
    ]  # fmt: skip
    return [Table("segments", "Weak segments", COLUMNS, rows)]


COLUMNS = ("segment", "errors", "low", "high", "n", "elsewhere", "low", "high", "more errors",
           "low", "high", "rows", "p")  # fmt: skip


def _ends(one: Any) -> list[Any]:
    return [one["estimate"], one["low"], one["high"]]


def pictures(record: Record) -> list[Picture]:
    """Every segment beside all other rows."""
    if not record["segments"]:
        return []
    highest = max(one["rate"]["high"] for one in record["segments"])
    groups = [
        ForestGroup(
            one["name"],
            tuple(
                ForestRow(name, f"{figure(rate)} ({ends(rate)})", *_ends(rate))
                for name, rate in (("here", one["rate"]), ("elsewhere", one["elsewhere"]))
            ),
            (0.0, min(1.1 * highest, 1.0)),
        )
        for one in record["segments"]
    ]
    return [Picture("segments", "Weak segments", forest(groups, record["headline"]))]


KIND = Kind(
    name="weak",
    title="Where is it weak?",
    template="studies/kinds/weak.html",
    from_rows=FromRows(SAYS, WeakForm, compute, "studies/kinds/fairness_new.html", binary=True),
    tables=tables,
    pictures=pictures,
    report=page,
    figure=of_search,
    check=lambda record: "",
)
