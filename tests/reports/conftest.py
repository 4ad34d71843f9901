"""A realistic record of one look: two products' worth of criteria in one contract."""

from __future__ import annotations

import math
from typing import Any

import pytest

from sextant.contracts.evidence import (
    CriterionResult,
    DataFacts,
    Evidence,
    Needed,
    RowResult,
    SegmentCoverage,
)
from sextant.contracts.model import (
    Call,
    Contract,
    Costs,
    Criterion,
    Data,
    Label,
    Names,
    Op,
    Quantity,
    Role,
    Scope,
    Score,
    Segment,
)
from sextant.stats.estimate import Estimate

CP = "Clopper-Pearson (exact)"
SEX = Segment("sex", "SEX", labels=((1, "men"), (2, "women")))
RACE = Segment(
    "race",
    "RAC1P",
    labels=((1, "White"), (6, "Asian"), (9, "two or more")),
    min_rows=200,
    fold="other",
)
T = ("threshold", 0.5)


def criterion(
    name: str,
    text: str,
    quantity: Quantity,
    op: Op,
    bound: float,
    scope: Scope = Scope(),
    role: Role = "primary",
    why: str = "",
) -> Criterion:
    return Criterion(name, text, quantity, op, bound, scope, role=role, why=why, written=text)


def call(metric: str, *params: tuple[str, Any]) -> Quantity:
    return Quantity(Call(metric, params))


def row(
    of: Criterion,
    estimate: Estimate,
    verdict: Any,
    segment: tuple[tuple[str, str], ...] = (),
    needed: Needed | None = None,
    obstacle: str = "",
) -> RowResult:
    rows = max(estimate.n, 1.0)
    return RowResult(of, segment, estimate, 0.95, verdict, rows, rows, needed, obstacle)


AUC = criterion("auc", "auc >= 0.85", call("auc"), ">=", 0.85)
BY_SEX = criterion(
    "recall-sex",
    "recall >= 0.8 in every sex",
    call("recall", T),
    ">=",
    0.8,
    Scope("every", (("sex",),)),
)
GAP = criterion(
    "fair",
    "gap(false_positive_rate) <= 0.05 across sex",
    Quantity(Call("false_positive_rate", (T,)), "gap"),
    "<=",
    0.05,
    Scope("across", (("sex",),)),
    "guardrail",
    "people without work must not be turned away because of their sex",
)
BY_RACE = criterion(
    "recall-race",
    "recall >= 0.75 in every race",
    call("recall", T),
    ">=",
    0.75,
    Scope("every", (("race",),)),
)
MISSING = criterion(
    "complete", "missing_rate(SCHL) <= 0.02", call("missing_rate", ("column", "SCHL")), "<=", 0.02
)
CLICKS = criterion(
    "clicks",
    "mean(click) of bts against random >= 0 across policy",
    Quantity(Call("mean", (("column", "click"),)), "contrast", "bts", "random"),
    ">=",
    0.0,
    Scope("across", (("policy",),)),
    "secondary",
)
OLD = criterion(
    "old",
    'precision(threshold=0.7) >= 0.9 in age = "65 and over"',
    call("precision", ("threshold", 0.7)),
    ">=",
    0.9,
    Scope("one", (("age",),), "65 and over"),
    "secondary",
)
FAST = criterion(
    "fast",
    "quantile(latency_ms, q=0.95) <= 300",
    call("quantile", ("column", "latency_ms"), ("q", 0.95)),
    "<=",
    300.0,
    role="guardrail",
    why="callers hang up",
)
COST = criterion("cost", "cost <= 4.5", call("cost", T), "<=", 4.5)

CONTRACT = Contract(
    product="Employment pre-screen",
    outcome="Cut manual income checks from 420 to 294 per 1,000 applications by 2027-03-31",
    task="binary",
    data=Data(
        "predictions.parquet",
        label=Label("employed"),
        score=Score("predicted_probability"),
        time="year",
        segments=(SEX, RACE, Segment("age", "AGEP", bands=(16, 25, 45, 65))),
    ),
    criteria=(AUC, BY_SEX, GAP, BY_RACE, MISSING, CLICKS, OLD, FAST, COST),
    costs=Costs(false_positive=5.0, false_negative=20.0, currency="EUR"),
    valid_for="90 days",
    names=Names("people", "people who work", "people without work"),
    model="employment-lgbm 3",
    locked="9f3c" + "0" * 58 + "b1",
)


def results() -> tuple[CriterionResult, ...]:
    def one(of: Criterion, *rows: RowResult, verdict: Any = None, **more: Any) -> CriterionResult:
        return CriterionResult(of, verdict or rows[0].verdict, rows, **more)

    men, women = (("sex", "men"),), (("sex", "women"),)
    races = [(("race", name),) for name in ("White", "Asian", "two or more")]
    needed = Needed(383, "met")
    no_label = Estimate.undefined("no flagged row with a label", method=CP)
    return (
        one(AUC, row(AUC, Estimate(0.904, 0.902, 0.906, 68785, "DeLong, logit, t"), "met")),
        one(
            BY_SEX,
            row(BY_SEX, Estimate(0.871, 0.866, 0.876, 16790, CP), "met", men),
            row(BY_SEX, Estimate(0.820, 0.814, 0.826, 17314, CP), "met", women),
            compared=2,
        ),
        one(
            GAP,
            row(
                GAP,
                Estimate(
                    0.071,
                    0.063,
                    0.079,
                    34681,
                    "worst of all pairs, square-and-add",
                    between=("women", "men"),
                ),
                "missed",
            ),
        ),
        one(
            BY_RACE,
            row(BY_RACE, Estimate(0.848, 0.844, 0.852, 27911, CP), "met", races[0]),
            row(BY_RACE, Estimate(0.839, 0.822, 0.855, 2004, CP), "met", races[1]),
            row(BY_RACE, Estimate(0.781, 0.738, 0.820, 411, CP), "undecided", races[2], needed),
            verdict="undecided",
            compared=3,
        ),
        one(MISSING, row(MISSING, Estimate(0.0003, 0.0002, 0.00046, 68785, CP), "met")),
        one(
            CLICKS,
            row(
                CLICKS,
                Estimate(
                    0.0004,
                    -0.0011,
                    0.0019,
                    20000,
                    "square-and-add on the groups' limits",
                    between=("bts", "random"),
                ),
                "undecided",
                needed=Needed(260000, "met"),
            ),
        ),
        one(OLD, row(OLD, no_label, "undecided", (("age", "65 and over"),))),
        one(
            FAST,
            row(
                FAST,
                Estimate(287.4, 281.2, math.inf, 71, "order statistics, exact"),
                "undecided",
                needed=Needed(33, "met"),
            ),
        ),
        one(COST, row(COST, Estimate(3.204, 3.052, 3.361, 68785, "square-and-add"), "met")),
    )


@pytest.fixture
def evidence() -> Evidence:
    """Missed by its gap; every kind of row: met, missed, undecided, undefined, unbounded."""
    data = DataFacts(
        source="predictions.parquet",
        rows=68913,
        labelled=68785,
        snapshot="41d2" + "a" * 58 + "07",
        period=("2015-01-01", "2015-12-31"),
        set_aside=(("no score", 120), ("score not a number", 8)),
        segments=(
            SegmentCoverage("sex", (("men", 33104), ("women", 35681))),
            SegmentCoverage(
                "race",
                (("White", 57911), ("Asian", 4404), ("two or more", 1411), ("other", 5059)),
                ("7", "4"),
                "other",
            ),
        ),
    )
    return Evidence(
        contract=CONTRACT,
        digest="9f3c" + "0" * 58 + "b1",
        look=1,
        data=data,
        verdict="missed",
        criteria=results(),
        code="sextant 0.1.0",
        checked_on="2026-11-06",
        notes=("two criteria name the same column under different bounds",),
    )
