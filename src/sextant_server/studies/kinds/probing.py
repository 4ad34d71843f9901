"""From what the form was told to a probe of a version's rows, as `sextant probe` makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.problems import ContractError, Problem
from sextant.lab.needs import LabError
from sextant.probing import probe_of
from sextant.reports.probe.as_dict import as_dict
from sextant.studies.probe.asked import TASKS, Asked, checked, price_of
from sextant.studies.probe.judging import LABEL, SCORE
from sextant.words.probe.voice import PAGES
from sextant_server.sources.jobs import opened_version
from sextant_server.studies.kinds.comparing import lines
from sextant_server.studies.kinds.forms import named
from sextant_server.studies.kinds.kind import Found, Task
from sextant_server.studies.plain import in_a_headline

Settings = Mapping[str, Any]
MOST_READ = 20_000
"""Rows that a worker reads: models are trained on parts of them some sixty times."""
THRESHOLD, FOLDS = 0.5, 5
THREADS = 1
"""Of a worker, which shares its machine with the pages."""


def compute(task: Task) -> Found:
    """The rows are read into memory; then what needs no model, two models, and more labels."""
    asked, version = question(task.asked), task.version
    named_ = f"{version.source.name}, version {version.number}"

    def progress(share: float) -> None:
        task.work.progress(0.05 + 0.85 * share, "training and testing")

    task.progress(0.0)
    opened = replace(opened_version(version), name=named_)
    try:
        found = probe_of(asked, opened, task.today, task.code, progress, THREADS)
    except LabError as error:
        raise ContractError([Problem("rows", str(error))]) from None
    record = as_dict(found.probe, PAGES)
    return Found(
        title=f"Is {asked.target} feasible, from {named_}"[:200],
        headline=in_a_headline(record["headline"]),
        record=record,
        verdict=verdict_of(record),
        answer=answer_of(record),
        snapshot=version.snapshot,
    )


def question(settings: Settings) -> Asked:
    """What is asked, as `sextant probe` puts it. Raises `ContractError` for what makes no sense."""
    price, currency = price_of(settings.get("label_cost") or None)
    threshold = settings.get("threshold")
    asked = Asked(
        target=str(settings["target"]),
        positive=settings.get("positive") or None,
        rule=settings.get("rule") or None,
        required=tuple(lines(settings.get("required"))),
        unit=settings.get("unit") or None,
        time=settings.get("time") or None,
        keep=tuple(named(settings.get("keep"))),
        ignore=tuple(named(settings.get("ignore"))),
        threshold=THRESHOLD if threshold is None else float(threshold),
        folds=FOLDS,
        more=int(settings["more"]) if settings.get("more") else None,
        price=price,
        currency=currency,
        most=MOST_READ,
    )
    checked(asked)
    _understood(asked.required)
    return asked


def _understood(required: tuple[str, ...]) -> None:
    """Raises `ContractError` for a promise that is understood of no task.

    Whether it suits the target is only known when rows are read.
    """
    if not required:
        return
    first: ContractError | None = None
    for task in TASKS:
        said = "score" if task == "binary" else "prediction"
        written = {
            "product": "Probe", "outcome": "none stated", "task": task, "threshold": THRESHOLD,
            "data": {"source": "a probe", "label": LABEL, said: SCORE},
            "criteria": list(required),
        }  # fmt: skip
        try:
            contract_from_mapping(written)
        except ContractError as error:
            first = first or error
        else:
            return
    assert first is not None
    raise ContractError([replace(one, where="required") for one in first.problems])


def verdict_of(record: Mapping[str, Any]) -> str:
    """Whether what is required is within reach: by the better model, or without any."""
    return "met" if _needs_none(record) else record["verdict"] or ""


def answer_of(record: Mapping[str, Any]) -> str:
    """The same in the words of the question; empty where nothing is required."""
    if _needs_none(record):
        return "no model needed"
    words = {"": "", "met": "feasible", "missed": "out of reach", "undecided": "undecided"}
    return words[verdict_of(record)]


def _needs_none(record: Mapping[str, Any]) -> bool:
    held = [one["without"]["verdict"] for one in record["required"]]
    return bool(held) and all(one == "met" for one in held)
