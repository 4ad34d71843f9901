"""The one number of a study that something else can rest on, read from its record.

A comparison's is the difference that makes its verdict, a judge's what people would say of all
rows, a review's and a search's the widest difference, an estimate's and a probe's the number of
what was promised or required first. Curves, thresholds and ways of mitigation
have none: they are told by their verdict, or by their headline.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.metrics.catalogue import CATALOGUE
from sextant.reports.estimate.chosen import of_criterion
from sextant.studies.probe.result import MODELS
from sextant_server.studies.kinds.kind import Figure, Record


def of_comparison(record: Record) -> Figure | None:
    """The difference of the question that makes the verdict; None where nothing was measured."""
    question = telling(record, record["verdict"])
    row = telling_row(question, record["verdict"])
    if not row.get("interval"):
        return None
    group = f" in {row['name']}" if row["name"] else ""
    what = f"{question['metric'].replace('_', ' ')}{group}"
    return Figure(what, row["estimate"], row["low"], row["high"], row["count"], "difference")


def of_judge(record: Record) -> Figure | None:
    """What people would say of all rows."""
    share = record["outcome"]["share"]
    what = "what people would say"
    return _figure(what, record["rows"][0]["together"], "share" if share else "value")


def of_review(record: Record) -> Figure | None:
    """The widest difference in which somebody is hurt."""
    hurt = record["hurt"]
    return _figure(f"{hurt[0]['group']}", hurt[0]["difference"], "difference") if hurt else None


def of_search(record: Record) -> Figure | None:
    """How much more often the first of the confirmed segments is decided wrongly."""
    found = record["segments"]
    return _figure(found[0]["name"], found[0]["difference"], "difference") if found else None


def of_change(record: Record) -> Figure | None:
    """How many rows of 100 differ in the column that moved most; None where none was compared."""
    found = [(one, window) for window in record["windows"] for one in window["columns"]]
    known = [each for each in found if each[0]["distance"]["estimate"] is not None]
    if not known:
        return None
    one, window = max(known, key=lambda each: each[0]["distance"]["estimate"])
    at = f" in {record['by']} {window['window']}" if record["by"] else ""
    return _figure(f"rows that differ in {one['column']}{at}", one["distance"], "share")


def of_estimate(record: Record) -> Figure | None:
    """What was promised and is nearest to a miss; without promises the first number of all rows."""
    for outlook in ("likely missed", "undecided", "nothing points to a miss"):
        for one in record["criteria"]:
            held = [row for row in of_criterion(record, one["criterion"])
                    if row["outlook"] == outlook]  # fmt: skip
            if one["outlook"] == outlook and held:
                return _estimated(held[0])
    held = [row for row in record["rows"] if row["criterion"] is None and not row["segment"]]
    return _estimated(held[0]) if held else None


def of_probe(record: Record) -> Figure | None:
    """What a model would reach of the first thing required; else of what answers are compared by.

    It is a number of a model that rows taught which do not test it, so a measured one.
    """
    if record["required"]:
        one = record["required"][0]
        name = named_metric(one["criterion"])
        return _figure(f"{spoken(name)} of a model", one, unit_of(name), name)
    models = [one for one in record["answers"] if one["kind"] in MODELS]
    main, sign = record["main"], -1 if record["main"] == "mae" else 1
    known = [one["numbers"][main] for one in models]
    known = [one for one in known if one["estimate"] is not None]
    if not known:
        return None
    best = max(known, key=lambda one: sign * one["estimate"])
    return _figure(f"{spoken(main)} of a model", best, unit_of(main), main)


def _estimated(row: Mapping[str, Any]) -> Figure | None:
    where = f", {row['place']}" if row["place"] else ""
    name = row["metric"].partition("(")[0]
    return _figure(f"estimated {spoken(name)}{where}", row["estimate"], unit_of(name))


def named_metric(criterion: str) -> str:
    """The metric that a criterion begins with: `recall >= 0.8` says recall."""
    return criterion.replace("(", " ").split(maxsplit=1)[0]


def spoken(metric: str) -> str:
    """`false positive rate`."""
    return metric.replace("_", " ")


def unit_of(metric: str) -> str:
    """In what a metric is counted, as strategy/bindings/units.py names it."""
    held = CATALOGUE.get(metric)
    if held is None:
        return "value" if metric == "mae" else "score"
    return "share" if held.unit == "percent" else held.unit


def telling(record: Record, verdict: str) -> Mapping[str, Any]:
    """The question that makes a comparison's verdict: the first that decides and has it."""
    deciding: list[Mapping[str, Any]] = [one for one in record["questions"] if not one["informs"]]
    held = [one for one in deciding if one["verdict"] == verdict]
    found: Mapping[str, Any] = (held or deciding or record["questions"])[0]
    return found


def telling_row(question: Mapping[str, Any], verdict: str) -> Mapping[str, Any]:
    """Its first row of that verdict, in groups the first such group."""
    rows: list[Mapping[str, Any]] = question["rows"]
    held = [one for one in rows if one["verdict"] == verdict]
    return (held or rows or [{}])[0]


def _figure(what: str, one: Mapping[str, Any], counted: str, of: str = "") -> Figure | None:
    if one["estimate"] is None:
        return None
    return Figure(what, one["estimate"], one["low"], one["high"], one["n"], counted, of)
