"""From what the form was told to what labels would show, as `sextant estimate` does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sextant.contracts.file.moments import as_moment
from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.model import Contract, Period
from sextant.reports.estimate.as_dict import as_dict
from sextant.studies.estimate.asked import Asked, checked
from sextant.studies.estimate.estimating import studied
from sextant_server.sources.jobs import opened_version
from sextant_server.sources.models import SourceVersion
from sextant_server.studies.kinds import calibrating
from sextant_server.studies.kinds.comparing import lines
from sextant_server.studies.kinds.kind import Found, Task
from sextant_server.studies.plain import in_a_headline

Settings = Mapping[str, Any]
THRESHOLD = 0.5
MOST_ROWS = 3_000
"""Numbers that a record keeps; of more, those of all rows of each window."""


def compute(task: Task) -> Found:
    """One scan of the rows, and one of those that teach."""
    version, taught = task.version, task.other or task.version
    asked = question(task.asked, agreed(task.asked, task.contract, version.source.name))
    before = replace(opened_version(taught), name=_called(taught))
    now = replace(opened_version(version), name=_called(version))
    found = studied(asked, before, now, task.today, task.code, task.progress)
    record = _kept(as_dict(found))
    return Found(
        title=f"How are we doing without labels: {_called(version)}"[:200],
        headline=in_a_headline(record["headline"]),
        record=record,
        verdict=found.verdict,
        answer=found.outlook,
        snapshot=found.current.snapshot,
    )


def agreed(settings: Settings, contract: Contract | None, source: str) -> Contract:
    """The contract that is followed, else one made of the roles and promises that were named.

    Periods that were named take the place of its own. Raises `ContractError` with every problem.
    """
    if contract is None:
        contract = _named(settings, source)
    if settings.get("taught_from") or settings.get("taught_to"):
        period = _period(settings, "taught_from", "taught_to")
        contract = replace(contract, data=replace(contract.data, period=period))
    return contract


def question(settings: Settings, contract: Contract) -> Asked:
    """What is asked, as `sextant estimate` puts it. Raises `ContractError`."""
    return checked(
        Asked(
            contract,
            by=str(settings.get("by") or ""),
            selection=str(settings.get("selection") or ""),
            label_time=str(settings.get("label_time") or ""),
            rows=_period(settings, "start", "end"),
        )
    )


def _named(settings: Settings, source: str) -> Contract:
    threshold = settings.get("threshold")
    cut = THRESHOLD if threshold is None else float(threshold)
    criteria = lines(settings.get("criteria"))
    if not criteria:
        return replace(calibrating.agreed(settings, None, source), threshold=cut)
    written = {
        "product": "Estimate", "outcome": "none stated", "task": "binary",
        "data": calibrating.roles_of(settings, source), "threshold": cut, "criteria": criteria,
    }  # fmt: skip
    return contract_from_mapping(written)


def _period(settings: Settings, start: str, end: str) -> Period | None:
    first, last = (as_moment(settings.get(one) or None) for one in (start, end))
    return None if first is None and last is None else Period(first, last)


def _called(version: SourceVersion) -> str:
    return f"{version.source.name}, version {version.number}"


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    """The record; of very many numbers those of all rows, and a note of how many are not kept."""
    rows = record["rows"]
    if len(rows) <= MOST_ROWS:
        return record
    kept = [one for one in rows if not one["segment"] or one["outlook"] == "likely missed"]
    kept = kept[:MOST_ROWS]
    note = f"{len(rows):,} numbers were estimated; {len(kept):,} are kept, those of all rows first."
    return {**record, "rows": kept, "notes": [*record["notes"], note]}
