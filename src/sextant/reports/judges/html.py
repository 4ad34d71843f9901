"""The record of a judge as one self-contained page: no script, no picture file, nothing fetched."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from sextant.charts import interval_bar
from sextant.contracts.evidence import Verdict
from sextant.contracts.model import Op
from sextant.reports.html import rendered
from sextant.reports.judges.terminal import name_of
from sextant.stats.estimate import Estimate


def render(record: Mapping[str, Any]) -> str:
    """The page as text; its content security policy allows its own style sheet alone."""
    return rendered(
        "judges/judges.html.j2",
        **record,
        bars=[bar(record, row, str(at)) for at, row in enumerate(record["rows"])],
        names=[name_of(row) for row in record["rows"]],
    )


def bar(record: Mapping[str, Any], row: Mapping[str, Any], key: str) -> Markup:
    """The interval of a row against the promise, or against the labels' own number."""
    together, promise = row["together"], record["promise"]
    if together["low"] is None and together["high"] is None:
        return Markup("")
    low = -math.inf if together["low"] is None else together["low"]
    high = math.inf if together["high"] is None else together["high"]
    estimate = Estimate(together["estimate"], low, high, together["n"], together["method"])
    verdict: Verdict = row["verdict"] or "undecided"
    bound = promise["bound"] if promise else (row["judge"] or 0.0)
    op: Op = promise["op"] if promise else ">="
    shown = row["shown"]
    label = f"{shown['figure']}, interval {shown['interval'].replace(' – ', ' to ')}"
    label += f"; promised {promise['words']}: {verdict}" if promise else f"; judge {shown['says']}"
    first, last = record["domain"]
    return Markup(  # noqa: S704 - escapes its label itself
        interval_bar(
            estimate, bound, op, verdict, domain=(first, last), label=label, key=f"judge-{key}"
        )
    )
