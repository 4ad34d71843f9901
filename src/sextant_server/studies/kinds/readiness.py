"""Is the data ready: collect, label, buy, synthesise or stop? One answer, its proof below."""

from __future__ import annotations

from typing import Any

from sextant.contracts.model import Segment
from sextant.reports.readiness.as_dict import as_dict
from sextant.reports.sheet.as_dict import HEAD, rows
from sextant.studies.enough.expected import expected_of
from sextant.studies.enough.judging import enough
from sextant.studies.quality.profiling import Asked, profiled
from sextant.studies.quality.rules import read_rules
from sextant.studies.readiness import Pace, ready
from sextant.studies.representation.declared import population_of
from sextant.studies.sheet.declared import about_of
from sextant.studies.sheet.making import sheet_of
from sextant_server.sources.jobs import opened_version
from sextant_server.studies.kinds.kind import Found, FromRows, Kind, Record, Table, Task
from sextant_server.studies.kinds.quality import GROUPS, SAMPLE
from sextant_server.studies.kinds.readiness_form import ReadinessForm, expectations

SAYS = (
    "Brings together whether rows are enough to decide the contract, whom they stand for, what is "
    "wrong with them and what nobody has said about them. The answer is one sentence."
)


def compute(task: Task) -> Found:
    """The profile's scans, and one for the labels where a contract is followed."""
    held, agreed = task.asked, task.contract
    data = agreed.data if agreed else None
    label = data.label if data else None
    version = opened_version(task.version)
    there = set(version.columns)
    task.progress(0.0)
    asked = Asked(
        label=label.column if label and label.column in there else None,
        positive=str(label.positive) if label and label.positive is not None else None,
        segments=tuple(Segment(one.name, one.column, bands=one.bands)
                       for one in (data.segments if data else ()) if one.column in there),
        rules=read_rules(held.get("rules") or ""),
        sample=SAMPLE,
        population=population_of(held["population"]) if held.get("population") else None,
    )  # fmt: skip
    profile = profiled(asked, version, None, task.today, task.code)
    sheet = sheet_of(profile, agreed, about_of(held.get("about") or {}))
    found = None
    if agreed is not None:
        task.progress(0.6)
        expected = expected_of(expectations(held.get("expect")))
        found = enough(agreed, version, expected, task.today, task.code)
    answer = ready(sheet, found, Pace(held.get("monthly"), held.get("months")))
    record = as_dict(answer)
    return Found(
        title=f"{profile.source}: is the data ready?"[:200],
        headline=record["headline"],
        record=record,
        verdict=answer.verdict,
        answer=record["answer"],
        digest=found.digest if found else "",
    )


def tables(record: Record) -> list[Table]:
    """What to do, the rows needed, the groups, the fields of the data sheet."""
    reasons = [(one["do"], one["about"], one["rows"], one["sentence"]) for one in record["reasons"]]
    found = [Table("reasons", "What to do", ("do", "about", "rows", "in words"), reasons)]
    if record["enough"]:
        needed = [
            (one["criterion"], one["where"], one["answer"], one["rows"], one["labelled"],
             one["needed"], one["sentence"])
            for one in record["enough"]["results"]
        ]  # fmt: skip
        found.append(Table("enough", "Rows there and rows needed", ENOUGH, needed))
    if people := record["population"]:
        groups: list[tuple[Any, ...]] = [
            (split["split"], ", ".join(one["values"]), one["answer"], one["rows"],
             one["share"]["estimate"], one["share"]["low"], one["share"]["high"], one["share"]["n"],
             one["declared"], one["lacking"], one["needed"], one["sentence"])
            for split in people["splits"] for one in split["groups"]
        ]  # fmt: skip
        found.append(Table("population", "Groups of the population", GROUPS, groups))
    said = [(one["term"], one["text"]) for one in record["sheet"]["facts"]]
    return [
        *found,
        Table("sheet", "Data sheet", ("what", "said"), said),
        Table("fields", "Fields of the data sheet", HEAD, rows(dict(record["sheet"]))),
    ]


ENOUGH = ("criterion", "where", "answer", "rows", "labelled", "needed", "in words")

KIND = Kind(
    name="readiness",
    title="Is the data ready?",
    template="studies/kinds/readiness.html",
    from_rows=FromRows(SAYS, ReadinessForm, compute, "studies/kinds/readiness_new.html"),
    tables=tables,
    check=lambda record: record["verdict"],
)
