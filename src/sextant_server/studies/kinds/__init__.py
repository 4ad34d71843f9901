"""The kinds of studies. Whoever adds one lists it here."""

from sextant_server.studies.kinds import (
    baseline,
    calibration,
    comparison,
    fairness,
    judge,
    mitigation,
    thresholds,
    weak,
)
from sextant_server.studies.kinds.kind import Kind

KINDS: tuple[Kind, ...] = (
    comparison.KIND,
    baseline.KIND,
    thresholds.KIND,
    fairness.KIND,
    weak.KIND,
    mitigation.KIND,
    calibration.KIND,
    judge.KIND,
)
"""In the order in which they are offered."""


def kind_named(name: str) -> Kind | None:
    """The kind of this name; None where there is none."""
    return next((one for one in KINDS if one.name == name), None)
