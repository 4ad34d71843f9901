"""What changed? Two versions of a table, column by column, as `sextant drift` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sextant.charts import ForestGroup, ForestRow, forest
from sextant.reports.drift.as_dict import as_dict
from sextant.reports.drift.chosen import columns, distance, furthest, title, windows
from sextant.reports.drift.course import MOST_LANES, broken_in, has_course, picture, promised
from sextant.reports.drift.course import furthest as furthest_of
from sextant.reports.drift.html import render
from sextant.studies.drift.result import VERDICTS, Asked
from sextant.studies.drift.studying import studied
from sextant_server.sources.jobs import opened_version
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.drawing.course import during
from sextant_server.studies.kinds.change_form import ChangeForm
from sextant_server.studies.kinds.figures import of_change
from sextant_server.studies.kinds.forms import named
from sextant_server.studies.kinds.kind import Found, FromRows, Kind, Picture, Record, Table, Task
from sextant_server.studies.plain import in_a_headline

WIDTH = 760
MOST_COMPARISONS = 1_500
"""Columns in windows that a record keeps; of more, those windows that a reader is shown."""
SAYS = (
    "Compares the rows with those of a reference, column by column: what moved, how far, and "
    "whether that is more than chance. The alarms are set so that they can be left switched on."
)


def compute(task: Task) -> Found:
    """One scan of each version."""
    asked, names = _asked(task)
    since = task.asked.get("since")
    reference, current = opened_version(task.other or task.version), opened_version(task.version)
    found = studied(
        asked, reference, current, names, task.today, task.code, task.progress,
        date.fromisoformat(since) if since else None,
    )  # fmt: skip
    return Found(
        title=_title(asked, since)[:200],
        headline=in_a_headline((record := _kept(as_dict(found)))["headline"]),
        record=record,
        verdict=found.verdict,
        answer=found.answer,
        snapshot=found.current.snapshot,
    )


def _asked(task: Task) -> tuple[Asked, list[str]]:
    """What is asked, and the columns that are named."""
    held = task.asked
    run_length = held.get("run_length")
    asked = Asked(
        _called(task.other or task.version),
        _called(task.version),
        margin=float(held.get("margin") or 5) / 100,
        run_length=float(run_length) if run_length else None,
        by=held.get("every") or held.get("by") or "",
        score=held.get("score") or "",
        time=(held.get("time") or "") if held.get("every") else "",
        season=held.get("season") or "",
        contract=task.contract,
    )
    return asked, named(held.get("only"))


def _title(asked: Asked, since: str | None) -> str:
    if since:
        return f"What changed in {asked.current} since {since}"
    return f"What changed between {asked.reference} and {asked.current}"


def _called(version: SourceVersion) -> str:
    return f"{version.source.name}, version {version.number}"


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    """The record, of very many comparisons with the windows that a reader is shown."""
    found = record["windows"]
    if sum(len(one["columns"]) for one in found) <= MOST_COMPARISONS:
        return record
    shown = [one["window"] for one in windows(record)]
    named = promised(record)[:MOST_LANES]
    kept = [
        {**one, "columns": columns(one)} if one["window"] in shown else _short(one, named)
        for one in found
    ]
    note = (
        f"{len(found):,} windows were compared; the {len(shown)} that changed most are kept with "
        "their foremost columns, the others with the one that moved furthest."
    )
    return {**record, "windows": kept, "notes": [*record["notes"], note]}


def _short(window: dict[str, Any], named: Sequence[str]) -> dict[str, Any]:
    """A window as its course needs it: one column, and the promises that are drawn."""
    first = sorted(window["columns"], key=lambda one: -(one["distance"]["estimate"] or 0.0))[:1]
    told = [
        {key: value for key, value in one.items() if key not in {"sentence", "before"}}
        for one in window.get("performance", ())
        if one["criterion"] in named
    ]
    return {**window, "columns": first, "performance": told}


def tables(record: Record) -> list[Table]:
    """Every column of every window."""
    rows = [
        (window["window"], one["column"], one["answer"], *_ends(one["distance"]),
         one["distance"]["n"], one["p"], one["adjusted"], one["detectable"], one["needed"],
         one["sentence"])
        for window in record["windows"]
        for one in window["columns"]
    ]  # fmt: skip
    found = [Table("columns", "Columns", COLUMNS, rows)]
    for name, called, header, more in (
        ("course", "Course", COURSE, _course(record)),
        ("promises", "Promises by window", PROMISES, _promises(record)),
        ("carried", "What carries a change", CARRIED, _carried(record)),
        ("words", "Words", WORDS, _words(record)),
        ("effects", "Effects on criteria", EFFECTS, _effects(record)),
    ):
        if more:
            found.append(Table(name, called, header, more))
    return found


def _course(record: Record) -> list[tuple[Any, ...]]:
    """A row for each window, where there are several."""
    if not has_course(record):
        return []
    return [
        (one["window"], one["rows"], one["answer"],
         ", ".join(row["column"] for row in one["columns"] if row["answer"] == "changed"),
         *(_ends(held) if (held := furthest_of(one)) else (None, None, None)),
         ", ".join(broken_in(one)))
        for one in record["windows"]
    ]  # fmt: skip


def _promises(record: Record) -> list[tuple[Any, ...]]:
    return [
        (window["window"], one["criterion"], one["verdict"], *_ends(one["now"]), one["now"]["n"],
         *(_ends(one["before"]) if "before" in one else (None, None, None)))
        for window in record["windows"]
        for one in window.get("performance", ())
    ]  # fmt: skip


def _carried(record: Record) -> list[tuple[Any, ...]]:
    """A row for each segment that carries a column's change; older records have none."""
    return [
        (window["window"], one["column"], driver["kind"], part["segment"],
         part["before"]["estimate"], part["after"]["estimate"], driver["distance"],
         *_ends(driver["left"]), driver["left"]["n"])
        for window in record["windows"]
        for one in window["columns"]
        if (driver := one.get("driver"))
        for part in driver["parts"]
    ]  # fmt: skip


def _words(record: Record) -> list[tuple[Any, ...]]:
    return [
        (window["window"], one["column"], word["word"], *_ends(word["before"]),
         *_ends(word["after"]), word["after"]["n"], word["adjusted"])
        for window in record["windows"]
        for one in window["columns"]
        if one.get("words")
        for word in one["words"]["moved"]
    ]  # fmt: skip


def _effects(record: Record) -> list[tuple[Any, ...]]:
    return [
        (window["window"], one["column"], effect["criterion"], *_ends(effect["before"]),
         *_ends(effect["after"]), effect["after"]["n"], effect["unknown"])
        for window in record["windows"]
        for one in window["columns"]
        for effect in one.get("effects", ())
    ]  # fmt: skip


COLUMNS = ("window", "column", "answer", "share of rows that differ", "low", "high", "n", "p",
           "adjusted", "smallest change shown", "rows needed", "in words")  # fmt: skip


COURSE = ("window", "rows", "answer", "columns changed", "most rows that differ", "low", "high",
          "promises broken")  # fmt: skip
PROMISES = ("window", "promise", "verdict", "value", "low", "high", "n", "in the reference", "low",
            "high")  # fmt: skip
CARRIED = ("window", "column", "how", "segment", "share before", "share now", "differ",
           "differ without it", "low", "high", "n")  # fmt: skip
WORDS = ("window", "column", "word", "share before", "low", "high", "share now", "low now",
         "high now", "n", "adjusted")  # fmt: skip
EFFECTS = ("window", "column", "criterion", "in the reference", "low", "high", "with today's mix",
           "low then", "high then", "n", "share of rows unknown")  # fmt: skip


def _ends(one: Mapping[str, Any]) -> list[Any]:
    return [one["estimate"], one["low"], one["high"]]


def pictures(record: Record) -> list[Picture]:
    """The columns that moved most, the share that matters as a line."""
    shown = windows(record)
    if not any(one["columns"] for one in shown):
        return []
    top = max([record["margin"], *(furthest(one) for one in shown)])
    domain = (0.0, min(1.0, 1.3 * top))
    groups = [
        ForestGroup(title(one, record), tuple(map(_forest_row, columns(one))), domain,
                    record["margin"])
        for one in shown
    ]  # fmt: skip
    found = [Picture("columns", "Columns that moved", forest(groups, record["headline"]))]
    if has_course(record):
        found.append(Picture("course", "Course", picture(record, width=WIDTH)))
    return found


def _forest_row(column: Mapping[str, Any]) -> ForestRow:
    held = column["distance"]
    return ForestRow(
        column["column"], distance(column), held["estimate"], held["low"], held["high"],
        VERDICTS[column["answer"]],
    )  # fmt: skip


KIND = Kind(
    name="change",
    title="What changed?",
    template="studies/kinds/change.html",
    from_rows=FromRows(SAYS, ChangeForm, compute, "studies/kinds/change_new.html"),
    tables=tables,
    pictures=pictures,
    report=render,
    figure=of_change,
    during=during,
)
