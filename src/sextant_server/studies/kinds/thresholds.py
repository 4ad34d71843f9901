"""Where do we cut? Every threshold weighed from an evidence's states, as `sextant threshold` does.

The page answers at the settings of its address; a script answers the same in the browser, from the
counts that stand in the page (`state`), without asking the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sextant.contracts.requests import request_of
from sextant.metrics.requests import Scores
from sextant.reports.as_dict import number
from sextant.reports.thresholds.html import render
from sextant.reports.thresholds.pictures import cost_picture, shares_picture
from sextant.reports.thresholds.record import cut, money_of, record_of
from sextant.reports.thresholds.tables import cuts_table, groups_table
from sextant.stats.estimate import Estimate
from sextant.studies.thresholds.best import PAIRS, dearer_by
from sextant.studies.thresholds.exploring import explored
from sextant.studies.thresholds.result import Exploration
from sextant.words.thresholds.figures import nouns, written
from sextant.words.thresholds.preview import preview_record
from sextant_server.evidence.evaluating import CODE
from sextant_server.studies.kinds.kind import Found, Held, Kind, Live, Picture, Record, Table
from sextant_server.studies.kinds.thresholds_form import ThresholdForm

CELLS, CELLS_OF_GROUPS = 1_000, 150
SAYS = "What each threshold costs, which may be the cheapest, and what to leave to people."
MEASURES = ("flagged", "recall", "precision", "false_positive_rate", "friction", "cost")


def obstacle(held: Held) -> str:
    """Why an evidence has no threshold to choose; empty where it has."""
    contract = held.contract
    if contract.task != "binary" or contract.data.score is None:
        return "Its contract names no score of two classes, so there is nothing to cut."
    if contract.data.label is None:
        return "Its contract names no label, so no error can be counted."
    asked = (request_of(one) for one in contract.criteria)
    if not any(isinstance(one, Scores) for one in asked):
        return "No criterion of its contract rests on the score, so its states hold none."
    return ""


def compute(held: Held, settings: Mapping[str, Any]) -> Found:
    """All cuts at these settings, from the kept states."""
    evidence = held.evidence
    setting, at = settings["setting"], settings["at"]
    version = evidence.run.version
    found = explored(
        held.contract, setting, held.tally, version.source.name if version else "its states",
        evidence.recorded_at.date(), CODE, CELLS, CELLS_OF_GROUPS, 1,
    )  # fmt: skip
    record = record_of(found) | {"at": _at(found, at), "state": _state(found, at)}
    record["preview"] = preview_record(found, at)
    if why := settings.get("why", "").strip():
        record["choice"] = {"threshold": at, "written": written(at), "why": why}
    title = f"Where do we cut? {written(at)}"
    chosen = f"Chosen: a threshold of {written(at)}. " if "choice" in record else ""
    return Found(
        title=title,
        headline=f"{chosen}{record['headline']}",
        record=record | {"headline": f"{chosen}{record['headline']}"},
        verdict=record["verdict"] or "",
        digest=found.digest,
        snapshot=found.data.snapshot,
    )


def _at(found: Exploration, at: float) -> dict[str, Any]:
    """Every measure at the threshold looked at, and what it costs more than today's."""
    place, today = found.cuts.index(at), found.today
    shown = cut(found, place, at)
    if found.best is None:
        return shown | {"more": None}
    n = found.cuts.labelled
    more = Estimate(0.0, 0.0, 0.0, n, PAIRS)
    if place != today:
        ends = dearer_by(found.cuts, found.setting)(place, np.array([today]), found.setting.alpha)
        value, low, high = (float(one[0]) for one in ends)
        more = Estimate(value, low, high, n, PAIRS)
    return shown | {"more": money_of(more, found)}


def _state(found: Exploration, at: float) -> dict[str, Any] | None:
    """The counts from which the browser answers by itself; None for dependent rows."""
    cuts, setting = found.cuts, found.setting
    if cuts.by_unit is not None or found.best is None:
        return None
    names = nouns(found.contract)
    return {
        "thresholds": [number(cuts.threshold(one)) for one in range(cuts.size)],
        "low": cuts.low.tolist(),
        "high": cuts.high.tolist(),
        "positives": cuts.pos.astype(int).tolist(),
        "negatives": cuts.neg.astype(int).tolist(),
        "unlabelled": cuts.unlabelled.astype(int).tolist(),
        "today": setting.current,
        "at": at,
        "alpha": setting.alpha,
        "known": setting.known,
        "currency": setting.costs.currency,
        "rows": names.rows,
    }


def tables(record: Record) -> list[Table]:
    """The curve with every limit, and what groups have."""
    columns = ["threshold"]
    for name in MEASURES:
        columns += [name, f"{name} low", f"{name} high"]
    rows = [
        (one["threshold"], *(x for name in MEASURES for x in one[name])) for one in record["curve"]
    ]
    found = [Table("curve", "Every threshold", tuple(columns), rows)]
    head, body = cuts_table(record)
    found.append(Table("today-and-best", "Today and the best", tuple(head), body))
    for one in record["groups"]:
        head, body = groups_table(one)
        title = f"By {one['segment']}"
        found.append(Table(f"by-{_plain(one['segment'])}", title, tuple(head), body))
    return [*found, *_shown(record)]


def _shown(record: Record) -> list[Table]:
    """What a user is shown on each route, at every risk; nothing of an older record."""
    rows = [
        (risk, one["route"], one["when"], one["says"], one["rests_on"])
        for risk, held in record.get("preview", {}).items()
        for one in held["routes"]
    ]
    head = ("risk", "route", "when", "says", "rests on")
    return [Table("shown", "What a user is shown", head, rows)] if rows else []


def _plain(name: str) -> str:
    return "".join(one if one.isalnum() and one.isascii() else "-" for one in name).strip("-")


def pictures(record: Record) -> list[Picture]:
    """Cost and shares over the threshold."""
    drawn = (
        ("cost", "Cost by threshold", cost_picture(record)),
        ("shares", "Shares by threshold", shares_picture(record)),
    )
    return [Picture(*one) for one in drawn if one[2]]


KIND = Kind(
    name="thresholds",
    title="Where do we cut?",
    template="studies/kinds/thresholds.html",
    live=Live(
        SAYS,
        ThresholdForm,
        compute,
        obstacle=obstacle,
        controls="studies/kinds/thresholds_controls.html",
        scripts=("studies/beta.js", "studies/cuts.js", "studies/thresholds.js"),
        styles=("studies/thresholds.css",),
    ),
    tables=tables,
    pictures=pictures,
    report=render,
)
