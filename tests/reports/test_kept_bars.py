"""A bar drawn from a record shows the estimate that the record was made of."""

from __future__ import annotations

import json
import math
from typing import Any

from sextant.charts import interval_bar
from sextant.contracts.evidence import Evidence, RowResult
from sextant.reports.bars import bar, estimate_of
from sextant.reports.record import record_of
from sextant.reports.select import criterion_domain


def kept(evidence: Evidence) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(json.dumps(record_of(evidence)))
    return record


def pairs(evidence: Evidence) -> list[tuple[dict[str, Any], RowResult]]:
    """Each row of the record beside the row of the evidence, by segment."""
    found = []
    for shown, result in zip(kept(evidence)["criteria"], evidence.criteria, strict=True):
        rows = {tuple(sorted(row["segment"].items())): row for row in shown["rows"]}
        found += [(rows.get(tuple(sorted(row.segment)), shown["top"]), row) for row in result.rows]
    return found


def test_every_estimate_comes_back_whole(evidence: Evidence) -> None:
    for shown, row in pairs(evidence):
        assert estimate_of(shown) == row.estimate


def test_the_bar_of_a_row_is_the_bar_of_its_estimate(evidence: Evidence) -> None:
    for (shown, row), result in zip(
        pairs(evidence), [one for one in evidence.criteria for _ in one.rows], strict=True
    ):
        domain = criterion_domain(result)
        drawn = interval_bar(
            row.estimate,
            row.criterion.bound,
            row.criterion.op,
            shown["verdict"],
            domain=domain,
            label=shown["spoken"],
            key="k",
        )
        assert bar(shown, list(domain), "k") == drawn


def test_an_open_end_is_infinite_again(evidence: Evidence) -> None:
    tops = {one["id"]: one["top"] for one in kept(evidence)["criteria"]}
    assert estimate_of(tops["fast"]).high == math.inf
    nothing = estimate_of(tops["old"])
    assert (nothing.value, nothing.low, nothing.high) == (None, -math.inf, math.inf)


def test_the_bound_is_written_only_where_asked(evidence: Evidence) -> None:
    shown = kept(evidence)["criteria"][0]
    top, domain = shown["top"], shown["domain"]
    assert f">{top['bound']}<" in bar(top, domain, "k", True)
    assert f">{top['bound']}<" not in bar(top, domain, "k")
