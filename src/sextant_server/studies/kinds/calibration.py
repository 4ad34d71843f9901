"""Do scores mean what they say? From kept states at once; from rows with what is gained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.reports.reliability.html import render
from sextant.reports.reliability.pictures import picture
from sextant_server.studies.kinds import calibrating
from sextant_server.studies.kinds.calibration_form import CalibrationForm, LiveCalibrationForm
from sextant_server.studies.kinds.kind import FromRows, Kind, Live, Picture, Record, Table

MOST_PICTURED = 24
SAYS = (
    "Of 100 rows scored 80 do about 80 come true? Recalibrations are fitted on half of the rows and"
    " measured on the other half."
)
BINS = (
    "group", "from", "to", "mean score", "came true", "low", "high", "n", "answer", "method",
)  # fmt: skip
GAINS = (
    "group", "method", "loss", "before", "after", "gain", "low", "high", "n", "reason",
)  # fmt: skip
LOSSES = ("log_loss", "brier", "calibration_error")


def tables(record: Record) -> list[Table]:
    """The bins of every curve, what recalibrating gains, the mapping's points or numbers."""
    found = [Table("bins", "Bins of scores", BINS, _bins(record))]
    if (told := record["recalibration"]) is not None:
        found.append(Table("gains", "What recalibrating gains", GAINS, _gains(told)))
        found.append(_mapping(told["mapping"]))
    return found


def _bins(record: Record) -> list[tuple[Any, ...]]:
    return [
        (curve["name"], one["from"], one["to"], one["score"], one["share"], one["low"],
         one["high"], one["n"], one["word"], one["method"])
        for curve in record["curves"]
        for one in curve["bins"]
    ]  # fmt: skip


def _gains(told: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    rows = [("all rows", one["name"], one) for one in told["methods"]]
    rows += [(one["name"], told["method_text"], one) for one in told["groups"]]
    return [
        (group, method, loss.replace("_", " "), one[loss]["before"], one[loss]["after"],
         one[loss]["gain"], one[loss]["low"], one[loss]["high"], one[loss]["n"],
         one[loss]["reason"])
        for group, method, one in rows
        for loss in LOSSES
    ]  # fmt: skip


def _mapping(mapping: Mapping[str, Any]) -> Table:
    if points := mapping.get("points"):
        return Table("mapping", "The recalibration", ("score", "recalibrated"), points)
    numbers = [(name, value) for name, value in mapping.items() if name != "points"]
    return Table("mapping", "The recalibration", ("number", "value"), numbers)


def pictures(record: Record) -> list[Picture]:
    """The curve of all rows, then those of the groups."""
    within = float(record["question"]["within"])
    return [
        Picture(f"curve-{place}", f"Scores of {curve['name']}", picture(curve, within))
        for place, curve in enumerate(record["curves"][:MOST_PICTURED])
        if curve["bins"]
    ]


KIND = Kind(
    name="calibration",
    title="Do the scores mean what they say?",
    template="studies/kinds/calibration.html",
    from_rows=FromRows(SAYS, CalibrationForm, calibrating.compute, binary=True),
    live=Live(
        "The reliability of its scores in bins and groups, with joint intervals and a verdict.",
        LiveCalibrationForm,
        calibrating.compute_live,
        calibrating.obstacle,
    ),
    tables=tables,
    pictures=pictures,
    report=render,
)
