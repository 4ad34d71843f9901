"""Is B better than A? Two versions judged on the same rows, as `sextant compare` does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.charts import ForestGroup, ForestRow, forest
from sextant.reports.comparison.html import page
from sextant_server.studies.kinds import comparing
from sextant_server.studies.kinds.comparison_form import ComparisonForm
from sextant_server.studies.kinds.figures import of_comparison
from sextant_server.studies.kinds.kind import FromRows, Kind, Picture, Record, Table

MOST_PICTURED = 60
SAYS = (
    "Both versions judge the same rows, so that only the rows on which they differ count. A version"
    " is a column of scores or decisions, or one score at two cuts."
)


def tables(record: Record) -> list[Table]:
    """Differences, who is affected, and the rows that were set aside."""
    found = [Table("differences", "Differences", DIFFERENCES, _differences(record))]
    if record["changes"]:
        found.append(Table("changes", "Who gets another answer", CHANGES, _changes(record)))
    aside = record["data"]["set_aside"]
    return [*found, Table("set-aside", "Rows set aside", ("reason", "rows"), aside)]


DIFFERENCES = (
    "question", "role", "group", "answer", "A", "B", "difference", "low", "high", "confidence", "n",
    "asked", "smallest difference shown", "rows needed", "method", "reason",
)  # fmt: skip
CHANGES = (
    "group", "n", "worse", "worse low", "worse high", "better", "better low", "better high",
    "of all worse", "of all better",
)  # fmt: skip


def _differences(record: Record) -> list[tuple[Any, ...]]:
    return [
        (one["text"], one["role"], row["name"] or "all", row["word"], row["a_value"],
         row["b_value"], row["estimate"], row["low"], row["high"], row["confidence"], row["count"],
         row["limit"], row["detectable"], row["needed"], row["method"], row["reason"])
        for one in record["questions"]
        for row in one["rows"]
    ]  # fmt: skip


def _changes(record: Record) -> list[tuple[Any, ...]]:
    def of(one: Any, *names: str) -> list[Any]:
        return [one[name] if one else None for name in names]

    ends = ("estimate", "low", "high")
    rows = [record["changes"]["overall"], *record["changes"]["groups"]]
    return [
        (", ".join(row["segment"].values()) or "all", row["n"],
         *of(row["worse"], *ends), *of(row["better"], *ends),
         *of(row["of_worse"], "estimate"), *of(row["of_better"], "estimate"))
        for row in rows
    ]  # fmt: skip


def pictures(record: Record) -> list[Picture]:
    """Every difference with its interval; of very many groups the first."""
    groups, left = [], MOST_PICTURED
    for one in record["questions"]:
        rows = tuple(_forest_row(row, one) for row in one["rows"][:left])
        left -= len(rows)
        if rows:
            low, high = one["domain"]
            bound = one["rows"][0]["limit"] if one["verdict"] else 0.0
            groups.append(ForestGroup(one["text"], rows, (low, high), bound))
    said = f"Differences of {record['b']['name']} against {record['a']['name']}"
    return [Picture("differences", "Differences", forest(groups, f"{said}. {record['headline']}"))]


def _forest_row(row: Mapping[str, Any], question: Mapping[str, Any]) -> ForestRow:
    shown = bool(row["interval"])
    return ForestRow(
        row["name"] or f"A {row['a']}, B {row['b']}",
        f"{row['difference']} ({row['interval']})" if shown else row["reason"],
        row["estimate"] if shown else None,
        row["low"],
        row["high"],
        row["verdict"] or None,
    )


KIND = Kind(
    name="comparison",
    title="Is B better than A?",
    template="studies/kinds/comparison.html",
    from_rows=FromRows(
        SAYS, ComparisonForm, comparing.compute, "studies/kinds/comparison_new.html"
    ),
    tables=tables,
    pictures=pictures,
    report=page,
    figure=of_comparison,
)
