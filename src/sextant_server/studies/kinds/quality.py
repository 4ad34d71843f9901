"""Is the data good, enough, allowed? A version's columns, as `sextant profile` reads them."""

from __future__ import annotations

from typing import Any

from sextant.contracts.model import Segment
from sextant.engines.repeats import open_both_files
from sextant.reports.quality.as_dict import as_dict
from sextant.reports.quality.html import render
from sextant.reports.quality.shown import HEAD, rows
from sextant.studies.quality.profiling import Asked, profiled
from sextant.studies.quality.rules import read_rules
from sextant.studies.representation.declared import population_of
from sextant_server.sources.jobs import opened_version, recorded_files
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds.forms import named
from sextant_server.studies.kinds.kind import Found, FromRows, Kind, Record, Table, Task
from sextant_server.studies.kinds.quality_form import QualityForm

SAYS = (
    "Reads every column once: what is missing, copied, out of range or personal, what gives the "
    "label away. Rules are drafted for you to edit, and checked like criteria."
)
SAMPLE = 2_000
"""Rows that are read for personal data."""


def compute(task: Task) -> Found:
    """A few scans of the rows, and of the reference where one was named."""
    asked = _asked(task.asked)
    task.progress(0.0)
    if task.other is None:
        first, second = opened_version(task.version), None
    else:
        first, second = open_both_files(_files(task.version), _files(task.other))
    profile = profiled(asked, first, second, task.today, task.code)
    record = as_dict(profile)
    return Found(
        title=f"{profile.source}: is it good, enough, allowed?"[:200],
        headline=record["headline"],
        record=record,
        verdict=profile.verdict or "",
    )


def _files(version: SourceVersion) -> tuple[list[Any], str]:
    return recorded_files(version), f"{version.source.name}, version {version.number}"


def _asked(held: Any) -> Asked:
    """The settings of the form, as the study takes them."""
    return Asked(
        label=held.get("label") or None,
        positive=held.get("positive") or None,
        segments=tuple(Segment(name, name) for name in named(held.get("segments"))),
        time=held.get("time") or None,
        ignore=tuple(named(held.get("ignore"))),
        rules=read_rules(held.get("rules") or ""),
        sample=SAMPLE,
        region=held.get("region") or None,
        population=population_of(held["population"]) if held.get("population") else None,
    )


def tables(record: Record) -> list[Table]:
    """Rules, findings, columns, and the rules that were drafted."""
    found = [Table("columns", "Columns", HEAD, rows(record))]
    if record["findings"]:
        said = [(one["kind"], ", ".join(one["columns"]), one["sentence"])
                for one in record["findings"]]  # fmt: skip
        found.append(Table("findings", "Findings", ("kind", "columns", "in words"), said))
    if record["rules"]:
        judged = [(one["rule"], one["verdict"], one["broken"], one["n"], one["needed"],
                   one["sentence"]) for one in record["rules"]]  # fmt: skip
        found.append(Table("rules", "Rules", RULES, judged))
    if people := record.get("population"):
        groups = [
            (split["split"], ", ".join(one["values"]), one["answer"], one["rows"],
             one["share"]["estimate"], one["share"]["low"], one["share"]["high"], one["share"]["n"],
             one["declared"], one["lacking"], one["needed"], one["sentence"])
            for split in people["splits"] for one in split["groups"]
        ]  # fmt: skip
        found.append(Table("population", "Groups of the population", GROUPS, groups))
    drafted = [(one,) for one in record["suggested"]]
    return [*found, Table("drafted", "Drafted rules", ("rule",), drafted)]


GROUPS = (
    "split", "group", "answer", "rows", "share", "low", "high", "n", "declared", "rows lacking",
    "rows needed", "in words",
)  # fmt: skip
RULES = ("rule", "verdict", "rows that break it", "n", "rows needed", "in words")

KIND = Kind(
    name="quality",
    title="Is the data good?",
    template="studies/kinds/quality.html",
    from_rows=FromRows(SAYS, QualityForm, compute, "studies/kinds/quality_new.html"),
    tables=tables,
    report=render,
    check=lambda record: record["verdict"] or "",
)
