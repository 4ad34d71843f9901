"""What would make it fairer? Ways of mitigation before and after, as `sextant mitigate` does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sextant.charts import ForestGroup, ForestRow, forest
from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError, Problem
from sextant.lab.needs import LabError, missing
from sextant.mitigating import mitigation_of
from sextant.reports.fairness.shown import ends, figure
from sextant.words.numbers import whole
from sextant_server.sources.jobs import opened_version
from sextant_server.studies.kinds import reviewing
from sextant_server.studies.kinds.comparing import lines
from sextant_server.studies.kinds.kind import Found, FromRows, Kind, Picture, Record, Table, Task
from sextant_server.studies.kinds.mitigation_form import MitigationForm, possible

MOST_TRAINED = 20_000
"""Rows that a model is trained on: reductions train one twenty times."""
SAYS = (
    "Tries what makes decisions fairer between groups: a threshold for each group, a model trained "
    "for it, reweighed rows. Fitted on one half of the rows; what it brings and costs is measured "
    "on the other half."
)
COLUMNS = ("way", "name", "measure", "aimed at", "before", "low", "high", "after", "low", "high",
           "change", "low", "high", "n", "worse of 1,000", "better of 1,000",
           "failed")  # fmt: skip


def compute(task: Task) -> Found:
    """One reading of the rows into memory; then every way is fitted and measured."""
    settings, version = task.asked, task.version
    contract = reviewing.agreed(settings, task.contract, version.source.name)
    if (threshold := settings.get("threshold")) is not None:
        contract = replace(contract, threshold=float(threshold))
    possible(settings, contract, [one["name"] for one in version.columns])
    opened = opened_version(version)

    def progress(share: float) -> None:
        task.work.progress(0.1 + 0.8 * share, "fitting and measuring")

    task.progress(0.0)
    try:
        found = mitigation_of(
            contract, opened, lines(settings.get("features")), settings.get("ways") or (),
            most_trained=MOST_TRAINED, progress=progress,
        )  # fmt: skip
    except LabError as error:
        raise ContractError([Problem("rows", str(error))]) from None
    record = found.to_dict()
    record["basis"] = _basis(record, contract, task)
    return Found(
        title=f"What would make it fairer, by {record['by']}",
        headline=record["headline"],
        record=record,
        snapshot=version.snapshot,
    )


def _basis(record: Record, contract: Contract, task: Task) -> list[dict[str, str]]:
    scored = contract.data.score is not None
    before = "the scores as they are" if scored else "a model trained on the same columns"
    facts = [
        ("Before", f"{before}, flagged from {contract.threshold:g}"),
        ("Rows fitted", whole(record["fitted"])),
        ("Rows measured", f"{whole(record['held_out'])}, of which none was fitted"),
        ("Rows left out", f"{whole(record['left'])} without label, group or score"),
        ("Confidence", f"{100 * record['confidence']:g} %"),
        ("Drawn by", f"seed {record['seed']}"),
        ("Computed by", task.code),
    ]  # fmt: skip
    if 0 < record["trained"] < record["fitted"]:
        text = f"{whole(record['trained'])} of those fitted, drawn by chance"
        facts.insert(2, ("Rows that models train on", text))
    if (period := contract.data.period) and contract.data.time:
        start, end = period.start, period.end
        told = [f"{word} {at}" for word, at in (("from", start), ("to", end)) if at is not None]
        facts.insert(1, ("Period", f"{contract.data.time} {' '.join(told)}, as the contract says"))
    return [{"term": term, "text": text, "code": ""} for term, text in facts]


def tables(record: Record) -> list[Table]:
    """Every way with each definition and each quality, before, after and the change."""
    return [Table("ways", "Ways, before and after", COLUMNS, [*_rows(record)])]


def _rows(record: Record) -> Iterator[tuple[Any, ...]]:
    for one in record["options"]:
        head = (one["title"], one["name"])
        tail = (1000 * one["worse"], 1000 * one["better"], one["failed"])
        if one["failed"]:
            yield (*head, *[None] * 12, None, None, one["failed"])
        for name, held in one["fairness"].items():
            yield (*head, held["title"], name == one["aims_at"], *_ends(held["before"]),
                   *_ends(held["after"]), *_ends(held["change"]), record["held_out"],
                   *tail)  # fmt: skip
        for name, change in one["quality"].items():
            yield (*head, name.replace("_", " "), False, *_ends(record["before"][name]),
                   *_ends(one["after"][name]), *_ends(change), change["n"], *tail)  # fmt: skip


def _ends(one: Mapping[str, Any]) -> list[Any]:
    return [one["estimate"], one["low"], one["high"]]


def pictures(record: Record) -> list[Picture]:
    """What every way aims at, how far apart the groups lie before and after."""
    held = [one for one in record["options"] if not one["failed"]]
    aims = [one["fairness"][one["aims_at"]] for one in held]
    highest = max(
        (aim[at]["high"] or 0.0 for aim in aims for at in ("before", "after")), default=0.0
    )
    if not highest:
        return []
    groups = [
        ForestGroup(
            f"{one['title']}: {aim['title']}",
            tuple(_row(at, aim[at]) for at in ("before", "after")),
            (0.0, min(1.1 * highest, 1.0)),
        )
        for one, aim in zip(held, aims, strict=True)
    ]
    return [Picture("ways", "How far apart, before and after", forest(groups, record["headline"]))]


def _row(name: str, one: Mapping[str, Any]) -> ForestRow:
    known = one["estimate"] is not None
    return ForestRow(name, f"{figure(one)} ({ends(one)})" if known else one["reason"], *_ends(one))


KIND = Kind(
    name="mitigation",
    title="What would make it fairer?",
    template="studies/kinds/mitigation.html",
    from_rows=FromRows(
        SAYS,
        MitigationForm,
        compute,
        "studies/kinds/mitigation_new.html",
        missing=missing,
        binary=True,
    ),
    tables=tables,
    pictures=pictures,
    check=lambda record: "",
)
