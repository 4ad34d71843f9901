"""From settings to a fairness review: of an evidence's states at once, of rows in a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError, Problem
from sextant.engines.plan import build_plan
from sextant.fairness_review import groups_written, joined, loose
from sextant.metrics.tally import Grouping, Tally, covers
from sextant.metrics.tally_codec import dump_tally
from sextant.reports.fairness.as_dict import as_dict
from sextant.studies.fairness.asked import Asked, ask, decision_of
from sextant.studies.fairness.definitions import DEFINITIONS
from sextant.studies.fairness.result import Fairness
from sextant.studies.fairness.reviewing import reviewed, scanned
from sextant_server.sources.jobs import opened_version
from sextant_server.studies.kinds import reported
from sextant_server.studies.kinds.comparing import lines, number
from sextant_server.studies.kinds.kind import Found, Held, Task

Settings = Mapping[str, Any]


def obstacle(held: Held) -> str:
    """Why an evidence cannot be reviewed, from its contract alone; empty where it can."""
    contract = held.contract
    if contract.task != "binary":
        return "Groups are compared by yes/no decisions, and this contract has none."
    if not groupings(contract):
        return (
            "This evidence keeps no decisions by group. A contract that asks for a rate in every "
            "group, such as recall in every sex, lets its evidence be reviewed."
        )
    return ""


def groupings(contract: Contract) -> list[Grouping]:
    """The groupings in which the contract's evidence keeps decisions."""
    if contract.data.score is None and contract.data.prediction is None:
        return []
    wanted = decision_of(contract)
    held = build_plan(contract).requests
    return [
        at for at, requests in held.items() if at and any(covers(one, wanted) for one in requests)
    ]


def live(held: Held, settings: Settings) -> Found:
    """The review at these settings, from the states that the evidence kept."""
    evidence, contract = held.evidence, held.contract
    chosen = settings.get("by") or ""
    by = [chosen] if chosen else [" x ".join(at) for at in groupings(contract)]
    asked = ask(
        contract, by, _bounds(settings.get("bound"), contract), selected=settings["selected"]
    )
    version = evidence.run.version
    name = f"{version.source.name}, version {version.number}" if version else "rows kept elsewhere"
    day = evidence.recorded_at.date()
    found = reviewed(asked, held.tally, name, day, evidence.look, str(held.record.get("code", "")))
    return _found(found, None)


def compute(task: Task) -> Found:
    """The review of a version's rows in one scan; of a report's lines from their counts."""
    settings = task.asked
    if settings.get("lines"):
        found, held = reported.counted(task, bounds_of(settings))
        return _found(found, held.tally)
    contract = agreed(settings, task.contract, task.version.source.name)
    asked = question(settings, contract)
    tally = scanned(asked, opened_version(task.version), task.progress)
    name = f"{task.version.source.name}, version {task.version.number}"
    return _found(reviewed(asked, tally, name, task.today, code=task.code), tally)


def agreed(settings: Settings, contract: Contract | None, source: str) -> Contract:
    """The contract that is followed, else one made of what the form names.

    Groups that are named beside a contract are its segments, or columns of the table. Raises
    `ContractError` with every problem.
    """
    by = groups_written(lines(settings.get("by")))
    if contract is not None:
        return joined(contract, by, source) if by else contract
    label: Any = settings.get("label") or None
    if label and (positive := settings.get("positive")):
        label = {"column": label, "positive": positive}
    score: Any = settings.get("score") or None
    scale = number(settings.get("scale"), "scale")
    if score and scale:
        score = {"column": score, "scale": scale}
    roles = {
        "label": label, "score": score, "prediction": settings.get("prediction") or None,
        "unit": settings.get("unit") or None,
    }  # fmt: skip
    return loose(source, by, roles)


def question(settings: Settings, contract: Contract) -> Asked:
    """What is asked. Raises `ContractError`."""
    by = groups_written(lines(settings.get("by")))
    selected = settings.get("selected") or ""
    return ask(contract, list(by), bounds_of(settings), selected=selected)


def bounds_of(settings: Settings) -> dict[str, float]:
    """The bounds that are named, one a line. Raises `ContractError` for what is no share."""
    bounds = {}
    for line in lines(settings.get("bounds")):
        name, equals, value = line.partition("=")
        found = number(value, "bounds") if equals else None
        if found is None:
            what = f"'{line[:60]}' names no share."
            raise ContractError([Problem("bounds", what, f"Write {name.strip()[:40]}=10%.")])
        bounds[name.strip()] = found
    return bounds


def _bounds(points: float | None, contract: Contract) -> dict[str, float]:
    """One bound for every difference; the contract's own stand."""
    if points is None:
        return {}
    named = {
        f"{one.quantity.kind}({one.quantity.call.metric})"
        for one in contract.criteria
        if one.scope.kind == "across"
    }
    return {
        one.name: points / 100 for one in DEFINITIONS if one.kind == "gap" and one.also not in named
    }


def _found(found: Fairness, tally: Tally | None) -> Found:
    record = as_dict(found)
    by = ", ".join(one.name for one in found.groupings)
    return Found(
        title=f"Who is hurt, by {by}",
        headline=record["headline"],
        record=record,
        verdict=found.verdict or "",
        digest=found.digest,
        snapshot=found.data.snapshot,
        states=dump_tally(tally) if tally is not None else b"",
        look=0,
    )
