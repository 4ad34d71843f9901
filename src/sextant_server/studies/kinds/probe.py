"""Is it feasible at all? What a labelled table promises, as `sextant probe` tells."""

from __future__ import annotations

from functools import partial
from typing import Any

from sextant.lab.needs import missing
from sextant.reports.probe.html import picture, render
from sextant_server.studies.kinds import probing
from sextant_server.studies.kinds.figures import of_probe
from sextant_server.studies.kinds.kind import FromRows, Kind, Picture, Record, Table
from sextant_server.studies.kinds.probe_form import ProbeForm

SAYS = (
    "From a labelled table, before anything is built: what can be had without a model, what models "
    "reach on rows that did not teach them, what more labels are worth, and what to do next."
)
ANSWERS = ("answer", "says", "measure", "value", "low", "high", "n", "lead", "low", "high")
REQUIRED = ("required", "of", "verdict", "value", "low", "high", "n", "labelled rows that decide")
GROWTH = ("model", "rows", "error measured", "error fallen by", "low", "high")


def tables(record: Record) -> list[Table]:
    """Who answers how well, what is required, the learning curves, the advice."""
    answers = [
        (one["title"], one["says"], name, number["estimate"], number["low"], number["high"],
         number["n"], *_lead(one, name, record))
        for one in record["answers"]
        for name, number in one["numbers"].items()
    ]  # fmt: skip
    required = [
        (one["criterion"], who, held["verdict"], held["estimate"], held["low"], held["high"],
         held["n"], one["needed"] if held is one else None)
        for one in record["required"]
        for who, held in (("the better model", one), ("the best without a model", one["without"]))
    ]  # fmt: skip
    measured = [(one["title"], at["rows"], at["error"], None, None, None)
                for one in record["growth"] for at in one["points"]]  # fmt: skip
    carried = [(one["title"], at["then"], None, at["gain"], at["low"], at["high"])
               for one in record["growth"] for at in one["futures"]]  # fmt: skip
    steps = [(place, text) for place, text in enumerate(record["steps"], 1)]
    return [
        Table("answers", "Who answers how well", ANSWERS, answers),
        *([Table("required", "What is required", REQUIRED, required)] if required else []),
        *([Table("more-labels", "What more labels are worth", GROWTH, [*measured, *carried])]
          if measured else []),
        Table("steps", "What to do next", ("step", "in words"), steps),
    ]  # fmt: skip


def _lead(one: Any, name: str, record: Record) -> tuple[Any, Any, Any]:
    lead = one["lead"] if name == record["main"] else None
    return (None, None, None) if lead is None else (lead["estimate"], lead["low"], lead["high"])


def pictures(record: Record) -> list[Picture]:
    """The learning curve of each model."""
    return [
        Picture(f"curve-{one['kind']}", f"What more labels are worth: {one['title'].lower()}",
                picture(one, record))
        for one in record["growth"]
    ]  # fmt: skip


KIND = Kind(
    name="probe",
    title="Is it feasible at all?",
    template="studies/kinds/probe.html",
    from_rows=FromRows(
        SAYS, ProbeForm, probing.compute, "studies/kinds/probe_new.html",
        missing=partial(missing, "A probe", ("sklearn",)),
    ),
    tables=tables,
    pictures=pictures,
    report=render,
    figure=of_probe,
    check=probing.verdict_of,
)  # fmt: skip
