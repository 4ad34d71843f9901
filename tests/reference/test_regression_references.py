"""Regression metrics on a public table against scikit-learn, and what bad tables are answered."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn import datasets, linear_model, metrics, model_selection
from statsmodels.stats.proportion import proportion_confint

import sextant as sx


def rows_of(table: pd.DataFrame, *criteria: str, **roles: object) -> dict[str, dict]:
    roles = {"label": "y", "prediction": "p", "task": "regression"} | roles
    answer = sx.evaluate(table, criteria=list(criteria), **roles).to_dict()
    return {row["metric"]: row for row in answer["results"]}


def only(table: pd.DataFrame, criterion: str, **roles: object) -> dict:
    (row,) = rows_of(table, criterion, **roles).values()
    return row


@pytest.fixture(scope="module")
def diabetes() -> pd.DataFrame:
    """Progression of diabetes after a year (Efron et al. 2004), predicted by cross-validation."""
    x, y = datasets.load_diabetes(return_X_y=True)
    predict = model_selection.cross_val_predict
    frame = pd.DataFrame({"y": y, "p": predict(linear_model.Ridge(0.1), x, y, cv=10)})
    frame["naive"] = np.median(y)
    for name, q in (("low", 0.1), ("high", 0.9)):
        frame[name] = predict(linear_model.QuantileRegressor(quantile=q, alpha=0), x, y, cv=10)
    return frame


def test_against_scikit_learn(diabetes: pd.DataFrame) -> None:
    y, p = diabetes["y"], diabetes["p"]
    found = rows_of(
        diabetes,
        "mae <= 60",
        "rmse <= 70",
        "bias <= 10",
        "mape <= 60%",
        "wape <= 60%",
        "r2 >= 0.2",
        "skill(naive) >= 10%",
        "quantile_loss(high, q=0.9) <= 20",
        "interval_coverage(low, high) >= 70%",
        "interval_width(low, high) <= 200",
    )
    expected = {
        "mae": metrics.mean_absolute_error(y, p),
        "rmse": metrics.root_mean_squared_error(y, p),
        "bias": (p - y).mean(),
        "mape": metrics.mean_absolute_percentage_error(y, p),
        "wape": metrics.mean_absolute_error(y, p) / y.abs().mean(),
        "r2": metrics.r2_score(y, p),
        "skill": metrics.d2_absolute_error_score(y, p),
        "quantile_loss": metrics.mean_pinball_loss(y, diabetes["high"], alpha=0.9),
        "interval_coverage": y.between(diabetes["low"], diabetes["high"]).mean(),
        "interval_width": (diabetes["high"] - diabetes["low"]).mean(),
    }
    for name, value in expected.items():
        row = found[name]
        assert row["estimate"] == pytest.approx(value, rel=1e-9, abs=1e-9), name
        assert row["low"] < value < row["high"]
        assert row["n"] == len(y)
        assert row["sentence"]


def test_the_intervals(diabetes: pd.DataFrame) -> None:
    """Student's t lies inside those of means; coverage has Clopper-Pearson's own."""
    e = (diabetes["p"] - diabetes["y"]).to_numpy()
    row = only(diabetes, "mae <= 60")
    t = stats.t.interval(0.95, len(e) - 1, abs(e).mean(), stats.sem(abs(e)))
    assert row["low"] <= t[0] + 1e-9
    assert row["high"] >= t[1] - 1e-9
    assert row["high"] - row["low"] < 1.1 * (t[1] - t[0])
    row = only(diabetes, "interval_coverage(low, high) >= 70%")
    inside = diabetes["y"].between(diabetes["low"], diabetes["high"]).sum()
    assert (row["low"], row["high"]) == pytest.approx(
        proportion_confint(inside, len(e), method="beta")
    )


def test_what_would_decide(diabetes: pd.DataFrame) -> None:
    row = only(diabetes, "r2 >= 0.45")
    assert row["verdict"] == "undecided"
    assert 100 < row["needed"] < 100_000
    assert "more labelled rows would decide it" in row["sentence"]


def test_percentage_errors_of_labels_at_0(diabetes: pd.DataFrame) -> None:
    """Never infinite: one label of 0 in 442 is set aside with a count, 10 forbid to meet it."""
    few = diabetes.assign(y=diabetes["y"].where(diabetes.index >= 1, 0.0))
    rest = diabetes.iloc[1:]
    row = only(few, "mape <= 90%")
    assert row["estimate"] == pytest.approx(
        metrics.mean_absolute_percentage_error(rest["y"], rest["p"])
    )
    assert row["verdict"] == "met"
    many = diabetes.assign(y=diabetes["y"].where(diabetes.index >= 10, 0.0))
    row = only(many, "mape <= 90%")
    assert row["verdict"] == "undecided"
    assert "2.3 % of the rows are set aside" in row["sentence"]
    row = only(diabetes.assign(y=0.0), "mape <= 90%")
    assert (row["verdict"], row["estimate"]) == ("undecided", None)
    assert "100.0 % of the rows are set aside" in row["sentence"]
    assert only(many, "wape <= 90%")["verdict"] == "met"


def test_percentage_errors_of_labels_next_to_0(diabetes: pd.DataFrame) -> None:
    near = diabetes.assign(y=diabetes["y"].where(diabetes.index >= 2, 0.01))
    row = only(near, "mape <= 90%")
    assert (row["verdict"], row["estimate"], row["needed"]) == ("undecided", None, None)
    assert "a few labels near 0 make most of the percentage error" in row["sentence"]


@pytest.mark.parametrize(
    ("change", "criterion", "reason"),
    [
        ({"p": 100.0, "y": 90.0}, "mae <= 20", "all values are the same"),
        ({"y": 5.0}, "r2 >= 0.5", "all labels are the same"),
        ({"y": np.nan}, "mae <= 20", "no labelled row"),
        ({"p": np.nan}, "mae <= 20", "100.0 % of the rows are set aside"),
        ({"p": np.inf}, "rmse <= 20", "100.0 % of the rows are set aside"),
        ({"low": np.nan}, "interval_coverage(low, high) >= 50%", "100.0 % of the rows"),
    ],
)
def test_what_cannot_be_judged(diabetes, change, criterion, reason) -> None:
    row = only(diabetes.assign(**change), criterion)
    assert row["verdict"] == "undecided"
    assert reason in row["sentence"]


def test_too_few_rows(diabetes: pd.DataFrame) -> None:
    row = only(diabetes.head(30), "mae <= 100")
    assert row["verdict"] == "undecided"
    assert "a mean needs 50 rows to be judged, here are 30" in row["sentence"]


def test_one_household_with_half_of_the_rows(diabetes: pd.DataFrame) -> None:
    unit = np.where(diabetes.index < 221, 0, diabetes.index)
    for criterion in ("mae <= 100", "r2 >= 0.1"):
        row = only(diabetes.assign(home=unit), criterion, unit="home")
        assert row["verdict"] == "undecided"
        assert "a few units" in row["sentence"]


def test_dependent_rows_widen_the_interval(diabetes: pd.DataFrame) -> None:
    """Every row four times over is no more evidence than once."""
    once = diabetes.assign(home=np.arange(len(diabetes)))
    four = pd.concat([once] * 4)
    for criterion in ("mae <= 60", "rmse <= 70", "r2 >= 0.2"):
        alone, copied = (only(table, criterion, unit="home") for table in (once, four))
        assert (copied["low"], copied["high"]) == pytest.approx((alone["low"], alone["high"]))


def test_gap_of_groups(diabetes: pd.DataFrame) -> None:
    table = diabetes.assign(half=np.where(diabetes.index < 221, "first", "second"))
    row = only(table, "gap(mae) <= 30 across half", segments={"half": "half"})
    parts = [(part["p"] - part["y"]).abs().mean() for _, part in table.groupby("half")]
    assert row["estimate"] == pytest.approx(abs(parts[0] - parts[1]))
