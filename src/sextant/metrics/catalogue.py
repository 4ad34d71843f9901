"""Every metric by name: the one list that contracts, documentation and words read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sextant.metrics import (
    calibration,
    columns,
    combined,
    decisions,
    facts,
    multiclass,
    quality,
    ranking,
    regression,
    scoring,
)
from sextant.metrics.metric import Metric

CATALOGUE: Mapping[str, Metric] = MappingProxyType(
    {
        metric.name: metric
        for family in (
            decisions,
            combined,
            scoring,
            calibration,
            multiclass,
            regression,
            ranking,
            columns,
            quality,
            facts,
        )
        for metric in family.METRICS
    }
)
