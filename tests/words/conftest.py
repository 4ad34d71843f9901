"""Contracts and results to speak of, in the fewest words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sextant.contracts.evidence import Needed, RowResult
from sextant.contracts.model import (
    Call,
    Contract,
    Costs,
    Criterion,
    Data,
    Label,
    Names,
    Quantity,
    Scope,
    Segment,
)
from sextant.stats.estimate import Estimate

MakeRow = Callable[..., RowResult]


@pytest.fixture
def contract() -> Contract:
    """People, two sexes and some races by their labels; costs in euros."""
    segments = (
        Segment("sex", "SEX", labels=((1, "men"), (2, "women"))),
        Segment(
            "race", "RAC1P", (), ((1, "White"), (9, "two or more races")), 200, "smaller groups"
        ),
        Segment("age", "AGEP", bands=(16, 65)),
    )
    return Contract(
        product="Pre-screen",
        outcome="Fewer checks",
        task="binary",
        data=Data("p.parquet", label=Label("employed"), segments=segments),
        criteria=(),
        costs=Costs(currency="EUR"),
        names=Names("", "people who work", "people without work"),
    )


@pytest.fixture
def make_row() -> MakeRow:
    """`make_row("accuracy >= 0.8", (value, low, high, n), "met", …)` without any parsing."""

    def make(
        text: str,
        numbers: tuple[float, float, float, float] | str,
        verdict: Any,
        *,
        params: dict[str, Any] | None = None,
        kind: Any = "metric",
        segment: dict[str, str] | None = None,
        between: tuple[str, str] | None = None,
        across: str = "sex",
        needed: Needed | None = None,
        obstacle: str = "",
        confidence: float = 0.95,
    ) -> RowResult:
        metric, op, bound = text.split()
        scope = Scope("across", ((across,),)) if kind != "metric" else Scope()
        if segment:
            scope = Scope("every", (tuple(segment),))
        of, against = between if between and kind == "contrast" else ("", "")
        quantity = Quantity(Call(metric, tuple((params or {}).items())), kind, of, against)
        criterion = Criterion(text, text, quantity, op, float(bound), scope, confidence)  # type: ignore[arg-type]
        if isinstance(numbers, str):
            estimate = Estimate.undefined(numbers)
        else:
            value, low, high, n = numbers
            estimate = Estimate(value, low, high, n, "Clopper-Pearson", between=between)
        pairs = tuple((segment or {}).items())
        return RowResult(criterion, pairs, estimate, confidence, verdict, 0, 0, needed, obstacle)

    return make
