"""From what a calibration's form was told to its answer, from the rows or from kept states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sextant.contracts.file.fields import Problems
from sextant.contracts.file.node import node_from_python
from sextant.contracts.file.sections import read_data
from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError
from sextant.metrics.reliability import BINS
from sextant.reports.reliability.record import record_of
from sextant.studies.calibration.asked import WITHIN, Asked, ask
from sextant.studies.calibration.calibrating import kept, split_by, studied
from sextant.studies.calibration.result import Calibration
from sextant_server.sources.jobs import opened_version
from sextant_server.studies.kinds.comparing import listed, number
from sextant_server.studies.kinds.kind import Found, Held, Task

Settings = Mapping[str, Any]


def compute(task: Task) -> Found:
    """One scan of the rows: curves, and what recalibrating gains."""
    contract = agreed(task.asked, task.contract, task.version.source.name)
    asked = question(task.asked, contract)
    source = opened_version(task.version)
    found = studied(asked, source, task.today, task.code, task.progress)
    named = f"{task.version.source.name}, version {task.version.number}"
    return _found(replace(found, data=replace(found.data, source=named)))


def compute_live(held: Held, settings: Settings) -> Found:
    """The curves from the states of an evidence."""
    asked = question(settings, held.contract)
    chosen = settings.get("segment") or ""
    names = [name for name in split_by(asked, held.tally) if name == chosen]
    record = held.record
    day = held.evidence.recorded_at.date()
    source = str(record["data"]["source"])
    return _found(kept(asked, held.tally, source, day, str(record["code"]), names))


def obstacle(held: Held) -> str:
    """Why an evidence cannot be asked; empty where it can."""
    contract = held.contract
    if contract.task != "binary" or contract.data.score is None:
        return "Its contract names no score: calibration is of probabilities."
    if not held.record.get("reliability"):
        return "It kept no scores with labels, or fewer than 20: no criterion asked for them."
    return ""


def agreed(settings: Settings, contract: Contract | None, source: str) -> Contract:
    """The contract that is followed, else one made of the roles that were named.

    Raises `ContractError` with every problem.
    """
    if contract is not None:
        return contract
    problems: Problems = []
    data = read_data(node_from_python(roles_of(settings, source)), problems).data
    if problems:
        raise ContractError(problems)
    return Contract("Calibration", "", "binary", data, ())


def roles_of(settings: Settings, source: str) -> dict[str, Any]:
    """The columns that were named, as a contract's `data` has them. Raises `ContractError`."""
    roles: dict[str, Any] = {"source": source}
    for role, extra in (("label", "positive"), ("score", "scale")):
        column, more = settings.get(role), settings.get(extra)
        if column and more:
            value: Any = number(more, extra) if role == "score" else more
            roles[role] = {"column": column, extra: value}
        elif column:
            roles[role] = column
    for role in ("unit", "time"):
        if settings.get(role):
            roles[role] = settings[role]
    if names := listed(settings.get("segments")):
        roles["segments"] = {name: name for name in names}
    return roles


def question(settings: Settings, contract: Contract) -> Asked:
    """What is asked, as `sextant calibration` puts it. Raises `ContractError`."""
    within = number(settings.get("within"), "within")
    return ask(
        contract,
        WITHIN if within is None else within,
        int(settings.get("bins") or BINS),
        since=str(settings.get("since") or "").strip() or None,
    )


def _found(found: Calibration) -> Found:
    record = record_of(found)
    score = record["question"]["score"]
    return Found(
        title=f"Calibration of {score}",
        headline=record["headline"],
        record=record,
        verdict=found.verdict,
        digest=found.digest,
        snapshot=found.data.snapshot,
    )
