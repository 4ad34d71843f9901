"""Equal to Fairlearn's MetricFrame and to published figures; AI Fairness 360's by definition."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import fairlearn.metrics as fairlearn
import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from sklearn.metrics import accuracy_score, precision_score

import sextant as sx

METRICS = {
    "selection_rate": fairlearn.selection_rate,
    "true_positive_rate": fairlearn.true_positive_rate,
    "false_negative_rate": fairlearn.false_negative_rate,
    "false_positive_rate": fairlearn.false_positive_rate,
    "precision": lambda y, d: precision_score(y, d, zero_division=np.nan),
    "accuracy": accuracy_score,
    "count": fairlearn.count,
}


@pytest.fixture(scope="module")
def compas(shared_data: Path) -> pd.DataFrame:
    table = pd.read_csv(shared_data / "compas/compas_two_years_no_names.csv")
    table["high"] = (table["decile_score"] >= 5).astype(int)
    return table


@pytest.fixture(scope="module")
def adult(shared_data: Path) -> pd.DataFrame:
    """The test part, scored by a logistic regression on the training part."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    table = pd.read_parquet(shared_data / "adult/adult.parquet")
    table.columns = [str(name).replace("-", "_") for name in table.columns]
    target = next(
        name for name in table.columns if table[name].astype(str).str.contains(">50K").any()
    )
    table["y"] = table[target].astype(str).str.contains(">50K").astype(int)
    numeric = table.drop(columns=["y"]).select_dtypes("number")
    train = (table["split"] == "train").to_numpy()
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    model.fit(numeric[train], table["y"][train])
    table["p"] = model.predict_proba(numeric)[:, 1]
    return table[~train].reset_index(drop=True)


def frame(table: pd.DataFrame, y: str, d: Any, by: list[str]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return fairlearn.MetricFrame(
            metrics=METRICS, y_true=table[y], y_pred=d, sensitive_features=table[by]
        )


@pytest.mark.slow
@pytest.mark.parametrize("by", [["race"], ["sex"], ["race", "sex"]])
@pytest.mark.parametrize("data", ["compas", "adult"])
def test_equal_to_metric_frame(
    data: str, by: list[str], request: pytest.FixtureRequest, shared_data: Path
) -> None:
    table = request.getfixturevalue(data)
    if data == "compas":
        y, d, given = "two_year_recid", table["high"], {"prediction": "high"}
    else:
        y, d, given = "y", (table["p"] >= 0.5).astype(int), {"score": "p"}
    theirs = frame(table, y, d, by)
    written = " x ".join(by)
    ours = sx.fairness(table, by=written, label=y, **given).to_metric_frame(written)  # type: ignore[arg-type]
    names = list(METRICS)
    assert list(ours.by_group.index) == list(theirs.by_group.dropna(subset=["count"]).index)
    assert ours.by_group.index.names == theirs.by_group.index.names
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pairs = [
            (ours.by_group[names], theirs.by_group.dropna(subset=["count"])),
            (ours.overall[names], theirs.overall),
            (ours.group_min()[names], theirs.group_min()),
            (ours.group_max()[names], theirs.group_max()),
        ] + [
            (getattr(ours, what)(method)[names], getattr(theirs, what)(method=method))
            for what in ("difference", "ratio")
            for method in ("between_groups", "to_overall")
        ]
    for mine, other in pairs:
        assert_allclose(mine.astype(float), other.astype(float), rtol=1e-12, equal_nan=True)


def test_equal_to_fairlearns_definitions(adult: pd.DataFrame) -> None:
    found = sx.fairness(adult, by="sex", label="y", score="p").fairness.grouping("sex")
    values = {one.definition.name: one.estimate.value for one in found.judged}
    d = (adult["p"] >= 0.5).astype(int)
    for name in (
        "demographic_parity_difference", "demographic_parity_ratio",
        "equalized_odds_difference", "equal_opportunity_difference",
    ):  # fmt: skip
        theirs = getattr(fairlearn, name)(adult["y"], d, sensitive_features=adult["sex"])
        assert_allclose(values[name], theirs, rtol=1e-12)


def test_the_published_figures_of_compas(compas: pd.DataFrame) -> None:
    """ProPublica 2016: false positive rates 44.9 and 23.5 %, false negative 28.0 and 47.7 %."""
    found = sx.fairness(compas, by="race", label="two_year_recid", prediction="high")
    frame = found.to_metric_frame().by_group
    assert frame.loc["African-American", "false_positive_rate"].round(4) == 0.4485
    assert frame.loc["Caucasian", "false_positive_rate"].round(4) == 0.2345
    assert frame.loc["African-American", "false_negative_rate"].round(4) == 0.2799
    assert frame.loc["Caucasian", "false_negative_rate"].round(4) == 0.4772


def test_the_published_figures_of_adult(shared_data: Path) -> None:
    """Over 50,000 dollars: men 30.38 %, women 10.93 %; difference 0.1945, ratio 0.360."""
    table = pd.read_parquet(shared_data / "adult/adult.parquet")
    target = next(n for n in table.columns if table[n].astype(str).str.contains(">50K").any())
    table["rich"] = table[target].astype(str).str.contains(">50K").astype(int)
    found = sx.fairness(table, by="sex", label="rich", prediction="rich")
    frame = found.to_metric_frame().by_group
    rates = frame["base_rate"].rename(index=lambda name: str(name).strip())
    assert rates.round(4).to_dict() == {"Female": 0.1093, "Male": 0.3038}
    judged = {one.definition.name: one for one in found.fairness.groupings[0].judged}
    difference = judged["demographic_parity_difference"]
    assert round(difference.estimate.value or 0, 4) == 0.1945
    assert round(judged["demographic_parity_ratio"].estimate.value or 0, 3) == 0.36
    assert difference.verdict == "missed"


def test_ai_fairness_360s_definitions_of_two_groups(compas: pd.DataFrame) -> None:
    """Its definitions counted here anew, and what aif360 0.6.1 itself says of these rows.

    `ClassificationMetric` with race as protected attribute, African-American unprivileged. Its
    `disparate_impact` is the ratio of the unprivileged to the privileged, here above 1.
    """
    two = compas[compas["race"].isin(["African-American", "Caucasian"])]
    found = sx.fairness(two, by="race", label="two_year_recid", prediction="high")
    values = {
        one.definition.name: one.estimate.value or 0 for one in found.fairness.groupings[0].judged
    }
    black = two["race"] == "African-American"
    y, d = two["two_year_recid"] == 1, two["high"] == 1
    parity = d[black].mean() - d[~black].mean()
    opportunity = d[black & y].mean() - d[~black & y].mean()
    false_alarms = d[black & ~y].mean() - d[~black & ~y].mean()
    assert_allclose(values["demographic_parity_difference"], abs(parity))
    assert_allclose(values["demographic_parity_ratio"], d[~black].mean() / d[black].mean())
    assert_allclose(values["equal_opportunity_difference"], abs(opportunity))
    assert_allclose(values["equalized_odds_difference"], max(abs(opportunity), abs(false_alarms)))
    theirs = {
        "demographic_parity_difference": 0.2402002032197631,
        "demographic_parity_ratio": 1 / 1.6902240031631133,
        "equal_opportunity_difference": 0.19737296377737334,
        "equalized_odds_difference": 0.21392495582112797,
    }
    for name, value in theirs.items():
        assert_allclose(values[name], value, rtol=1e-12)


def test_german_credit_says_that_it_cannot_say(shared_data: Path) -> None:
    """Age over 25: a mean difference of −0.149448 in the labels (AI Fairness 360's example)."""
    table = pd.read_csv(shared_data / "german_credit/german_credit.csv")
    table["good"] = (table["class-label"] == 1).astype(int)
    table["old"] = np.where(table["age"] > 25, "over 25", "to 25")
    result = sx.fairness(table, by="old", label="good", prediction="good", selected="helps")
    frame = result.to_metric_frame().by_group
    difference = frame.loc["to 25", "base_rate"] - frame.loc["over 25", "base_rate"]
    assert difference.round(6) == -0.149448
    judged = {one.definition.name: one for one in result.fairness.groupings[0].judged}
    assert judged["demographic_parity_difference"].verdict == "undecided"
    assert judged["demographic_parity_ratio"].verdict == "undecided"
    needed = judged["demographic_parity_difference"].needed
    assert needed is not None
    assert needed.rows is not None
    assert needed.rows > 500
