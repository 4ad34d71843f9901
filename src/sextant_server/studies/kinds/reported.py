"""A review of what another tool has counted, from the lines of a small file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError, Problem
from sextant.engines.errors import SourceError
from sextant.fairness_reported import question, text_of
from sextant.studies.fairness.asked import crossed
from sextant.studies.fairness.reported.figures import known
from sextant.studies.fairness.reported.reading import of_text
from sextant.studies.fairness.reported.stated import Stated, stated
from sextant.studies.fairness.result import Fairness
from sextant.studies.fairness.reviewing import reviewed
from sextant.words.fairness.bare import WHY
from sextant_server.sources.jobs import recorded_files
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds.comparing import lines
from sextant_server.studies.kinds.kind import Task

Settings = Mapping[str, Any]


def checked(settings: Settings, followed: Contract | None, version: SourceVersion) -> None:
    """Raises `ContractError` for what can be seen without the file: a contract, foreign columns."""
    if followed is not None:
        what = "A contract is about rows, and counts of groups have none."
        raise ContractError([Problem("contract", what, "Choose no contract.")])
    if not any(known(column["name"]) for column in version.columns):
        what = f"{version.source.name} has no column that counts: tp, fp, fn, tn, count, or rates."
        raise ContractError([Problem("version", what, "Choose the rows of a report of groups.")])


def counted(task: Task, bounds: Mapping[str, float]) -> tuple[Fairness, Stated]:
    """The review of a version's lines. Raises `SourceError` or `ContractError`."""
    settings, version = task.asked, task.version
    name = f"{version.source.name}, version {version.number}"
    files = recorded_files(version)
    if len(files) > 1:
        raise SourceError([f"{name} is {len(files)} files. A report of groups is one."])
    groups = [one for one in lines(settings.get("by")) if "=" not in one]
    columns = list(dict.fromkeys(part for one in groups for part in crossed(one)))
    held = stated(of_text(text_of(files[0]), name, columns), name)
    if held is None:
        raise SourceError([f"{WHY} Add a column count."])
    asked = question(held, groups, bounds, 0.95, settings.get("selected") or "", None)
    return reviewed(asked, held.tally, name, task.today, code=task.code), held
