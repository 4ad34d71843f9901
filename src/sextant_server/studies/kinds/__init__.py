"""The kinds of studies. Whoever adds one lists it here."""

from dataclasses import asdict
from typing import Any

from sextant_server.studies.kinds import (
    baseline,
    calibration,
    change,
    comparison,
    estimate,
    fairness,
    judge,
    mitigation,
    probe,
    quality,
    readiness,
    thresholds,
    weak,
)
from sextant_server.studies.kinds.kind import Kind
from sextant_server.studies.models import Study

KINDS: tuple[Kind, ...] = (
    comparison.KIND,
    baseline.KIND,
    thresholds.KIND,
    fairness.KIND,
    weak.KIND,
    mitigation.KIND,
    calibration.KIND,
    judge.KIND,
    change.KIND,
    estimate.KIND,
    quality.KIND,
    readiness.KIND,
    probe.KIND,
)
"""In the order in which they are offered."""


def figure_of(study: Study) -> dict[str, Any] | None:
    """The number that others can rest on, as a study keeps it beside its record."""
    kind = kind_named(study.kind)
    found = kind.figure(study.record) if kind else None
    return {key: value for key, value in asdict(found).items() if value != ""} if found else None


def kind_named(name: str) -> Kind | None:
    """The kind of this name; None where there is none."""
    return next((one for one in KINDS if one.name == name), None)
