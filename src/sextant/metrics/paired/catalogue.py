"""Every metric by which two versions can be compared, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sextant.metrics.metric import Metric
from sextant.metrics.paired import classes, decisions, numbers, orders
from sextant.metrics.paired.metric import PairedMetric

PAIRED: Mapping[str, PairedMetric] = MappingProxyType(
    {one.name: one for family in (decisions, numbers, classes, orders) for one in family.METRICS}
)
SINGLE: Mapping[str, Metric] = MappingProxyType({one.name: one.metric for one in PAIRED.values()})
"""The metric of one version, by the same names: what questions are read against."""
