"""The catalogue as documentation: one metric as text, as JSON, all of them as a page."""

from __future__ import annotations

import math
from itertools import groupby
from typing import Any

from sextant.metrics.metric import Metric, Parameter

BETTER = {"higher": "higher is better", "lower": "lower is better", "either": "neither way"}


def call(metric: Metric) -> str:
    """How the metric is written: `fbeta(beta=…, threshold=0.5)`."""
    parts = [
        parameter.name.upper() if parameter.kind == "column" else f"{parameter.name}=…"
        for parameter in metric.parameters
    ]
    return metric.name + (f"({', '.join(parts)})" if parts else "")


def entry(metric: Metric) -> str:
    """One metric as plain text."""
    lines = [call(metric), f"  {metric.summary[0].upper()}{metric.summary[1:]}.", ""]
    lines += [f"  {name:<10}{value}" for name, value in _facts(metric).items()]
    lines += [f"  {parameter.name:<10}{_told(parameter)}" for parameter in metric.parameters]
    return "\n".join(lines)


def as_dict(metric: Metric) -> dict[str, Any]:
    """One metric as JSON values."""
    low, high = metric.range
    return {
        "name": metric.name,
        "family": metric.family,
        "summary": metric.summary,
        "formula": metric.formula,
        "interval": metric.interval,
        "domain": metric.domain,
        "source": metric.source,
        "unit": metric.unit,
        "better": metric.better,
        "range": [low if math.isfinite(low) else None, high if math.isfinite(high) else None],
        "needs_labels": metric.labelled,
        "tasks": list(metric.tasks),
        "version": metric.version,
        "parameters": [
            {"name": p.name, "kind": p.kind, "required": p.required, "doc": p.doc}
            for p in metric.parameters
        ],
    }


def as_markdown_page(metrics: list[Metric]) -> str:
    """The reference page of these metrics."""
    lines = [
        "# Metrics",
        "",
        "Every metric that a criterion can name. An estimate always comes with its interval and",
        "its n; where a method does not hold, the answer is *undecided*, with the reason. This",
        "page is made from the catalogue by `sextant metrics --markdown`.",
    ]
    for family, members in groupby(metrics, key=lambda metric: metric.family):
        lines += ["", f"## {family[0].upper()}{family[1:]}"]
        for metric in members:
            lines += ["", f"### `{call(metric)}`", ""]
            lines += [f"{metric.summary[0].upper()}{metric.summary[1:]}.", "", "| | |", "|---|---|"]
            facts = {k: v.replace("|", "\\|") for k, v in _facts(metric).items()}
            lines += [f"| {name} | {value} |" for name, value in facts.items()]
            lines += [f"| `{p.name}` | {_told(p)} |" for p in metric.parameters]
    return "\n".join(lines)


def _facts(metric: Metric) -> dict[str, str]:
    return {
        "formula": metric.formula,
        "interval": metric.interval,
        "domain": metric.domain,
        "unit": f"{metric.unit}, {BETTER[metric.better]}",
        "needs": "labels" if metric.labelled else "no labels",
        "source": metric.source,
    }


def _told(parameter: Parameter) -> str:
    return parameter.doc + (" (required)" if parameter.required else "")
