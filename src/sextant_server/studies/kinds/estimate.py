"""How are we doing without labels? What labels would show, as `sextant estimate` does."""

from __future__ import annotations

from typing import Any

from sextant.charts import ForestGroup, ForestRow, forest
from sextant.reports.estimate.chosen import figures, informing, of_criterion, title
from sextant.reports.estimate.html import VERDICTS, domain, render
from sextant_server.studies.kinds import estimating
from sextant_server.studies.kinds.estimate_form import EstimateForm
from sextant_server.studies.kinds.figures import of_estimate
from sextant_server.studies.kinds.kind import FromRows, Kind, Picture, Record, Table

SAYS = (
    "Estimates what labels of these rows would show, window by window and group by group, from "
    "rows that have them. It can say that a promise is likely missed, and never that it is kept."
)
NUMBERS = (
    "window", "group", "number", "promise", "outlook", "estimate", "low", "high", "n", "bound",
    "measured on labelled rows", "labels that would tell", "rows", "labelled", "in words",
)  # fmt: skip
COVERAGE = ("window", "rows", "labelled")
MUST_HOLD = ("what must hold", "state", "in words")


def tables(record: Record) -> list[Table]:
    """Every number, who has a label, and what must hold."""
    numbers = [
        (one["window"], ", ".join(f"{name} {value}" for name, value in one["segment"].items()),
         one["metric"], one["criterion"], one["outlook"], one["estimate"]["estimate"],
         one["estimate"]["low"], one["estimate"]["high"], one["estimate"]["n"], one["bound"],
         (one["measured"] or {}).get("estimate"), one["needed"], one["rows"], one["labelled"],
         one["sentence"])
        for one in record["rows"]
    ]  # fmt: skip
    covered = [(one["window"], one["rows"], one["labelled"]) for one in record["labels"]["windows"]]
    holds = [(one["what"], one["state"], one["sentence"]) for one in record["preconditions"]]
    return [
        Table("numbers", "Every number", NUMBERS, numbers),
        Table("labels", "Who has a label", COVERAGE, covered),
        Table("preconditions", "What must hold", MUST_HOLD, holds),
    ]


def pictures(record: Record) -> list[Picture]:
    """Each promise with its windows and groups, worst first; what was promised as a tick."""
    held = [(one["criterion"], of_criterion(record, one["criterion"]))
            for one in record["criteria"]]  # fmt: skip
    held.append((title(record), informing(record)))
    groups = [group for name, rows in held if (group := _group(name, rows))]
    if not groups:
        return []
    return [Picture("estimates", "What labels would show", forest(groups, record["headline"]))]


def _group(name: str, rows: list[Record]) -> ForestGroup | None:
    drawn = [one for one in rows if one["metric"] != "cost"]
    known = [one for one in drawn if one["estimate"]["low"] is not None]
    if not known:
        return None
    return ForestGroup(name, tuple(map(_row, drawn)), domain(known), drawn[0]["bound"])


def _row(one: Any) -> ForestRow:
    held = one["estimate"]
    name = one["place"] or one["metric"]
    verdict = VERDICTS.get(one["outlook"])
    return ForestRow(name, figures(one), held["estimate"], held["low"], held["high"], verdict)


KIND = Kind(
    name="estimate",
    title="How are we doing without labels?",
    template="studies/kinds/estimate.html",
    from_rows=FromRows(
        SAYS, EstimateForm, estimating.compute, "studies/kinds/estimate_new.html", binary=True
    ),
    tables=tables,
    pictures=pictures,
    report=render,
    figure=of_estimate,
)
