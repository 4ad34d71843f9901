"""Mean, quantile, rate and missing rate of real columns against NumPy, SciPy and statsmodels."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

import sextant as sx


def only_row(table: object, criterion: str, **roles: object) -> dict:
    (row,) = sx.evaluate(table, criteria=[criterion], **roles).to_dict()["results"]
    return row


@pytest.fixture(scope="module")
def census(shared_data: Path) -> pd.DataFrame:
    folder = shared_data / "census_ma_employment"
    return pd.read_parquet(folder / "census_ma_employment_demo.parquet")


@pytest.fixture(scope="module")
def adult(shared_data: Path) -> pd.DataFrame:
    return pd.read_parquet(shared_data / "adult/adult.parquet")


def test_mean(census: pd.DataFrame) -> None:
    """The interval is at least as wide as Student's t, and at this n hardly wider."""
    age = census["AGEP"].to_numpy(float)
    row = only_row(census, "mean(AGEP) >= 40")
    assert row["estimate"] == pytest.approx(age.mean(), abs=1e-9)
    t = stats.t.interval(0.95, len(age) - 1, age.mean(), stats.sem(age))
    assert row["low"] == pytest.approx(t[0], abs=1e-4)
    assert row["high"] == pytest.approx(t[1], abs=1e-4)


@pytest.mark.parametrize("q", [0.05, 0.5, 0.95])
def test_quantile_of_few_distinct_values(census: pd.DataFrame, q: float) -> None:
    """Ages are counted by value, so the sample's own quantile and its order statistics come out."""
    age = np.sort(census["AGEP"].to_numpy(float))
    row = only_row(census, f"quantile(AGEP, q={q}) <= 100")
    assert row["estimate"] == pytest.approx(np.quantile(age, q, method="inverted_cdf"))
    low, high = (int(stats.binom.ppf(side, len(age), q)) for side in (0.025, 0.975))
    assert row["low"] <= age[low - 1] <= row["estimate"] <= age[high] <= row["high"]
    assert row["high"] - row["low"] <= 2


def test_quantile_of_many_distinct_values(adult: pd.DataFrame) -> None:
    """Census weights run from 12,285 to 1,490,400: within the histogram's 1 %."""
    values = adult["fnlwgt"].to_numpy(float)
    row = only_row(adult, "quantile(fnlwgt, q=0.9) <= 1000000")
    assert row["estimate"] == pytest.approx(np.quantile(values, 0.9), rel=0.01)
    assert row["verdict"] == "met"


def test_rate_of_clicks(shared_data: Path) -> None:
    """Published: 38 and 42 clicks in 10,000 (Open Bandit Dataset, small version, campaign all)."""
    table = pd.read_parquet(shared_data / "open_bandit/open_bandit.parquet")
    table = table[table["campaign"] == "all"]
    segments = {"policy": "policy"}
    answer = sx.evaluate(
        table, segments=segments, criteria=["rate(click) >= 0.1% in every policy"]
    ).to_dict()
    found = {row["segment"]["policy"]: row for row in answer["results"]}
    for policy, clicks in (("random", 38), ("bts", 42)):
        low, high = proportion_confint(clicks, 10000, method="beta")
        row = found[policy]
        assert row["estimate"] == pytest.approx(clicks / 10000)
        assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-9)


def test_contrast_of_clicks_is_undecided(shared_data: Path) -> None:
    """An honest analysis of 80 clicks says: not enough evidence."""
    table = pd.read_parquet(shared_data / "open_bandit/open_bandit.parquet")
    row = only_row(
        table[table["campaign"] == "all"],
        "rate(click) of bts against random >= 0 across policy",
        segments={"policy": "policy"},
    )
    assert row["estimate"] == pytest.approx(0.0004, abs=1e-12)
    assert row["low"] < 0 < row["high"]
    assert row["verdict"] == "undecided"
    assert row["between"] == ["bts", "random"]


def test_missing_rate(adult: pd.DataFrame) -> None:
    """Adult writes a missing occupation as "?"; read as empty, pandas counts the same."""
    table = adult.assign(job=adult["occupation"].where(adult["occupation"] != "?"))
    row = only_row(table, "missing_rate(job) <= 2%")
    k, n = int(table["job"].isna().sum()), len(table)
    assert k > 0
    assert row["estimate"] == pytest.approx(k / n)
    low, high = proportion_confint(k, n, method="beta")
    assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-9)
    assert row["verdict"] == "missed"


def test_rates_of_what_passes_and_succeeds(census: pd.DataFrame) -> None:
    """A rubric's bar counts from its edge on; a success rate is the rate of a yes/no column."""
    table = census.assign(done=census["AGEP"] >= 65)
    for criterion, column in (
        ("pass_rate(AGEP, at_least=65) >= 10%", table["AGEP"] >= 65),
        ("pass_rate(AGEP, at_most=30) >= 10%", table["AGEP"] <= 30),
        ("pass_rate(AGEP, at_least=18, at_most=64) >= 10%", table["AGEP"].between(18, 64)),
        ("success_rate(done) >= 10%", table["done"]),
    ):
        row = only_row(table, criterion, task="agent")
        low, high = proportion_confint(column.sum(), len(table), method="beta")
        assert row["estimate"] == pytest.approx(column.mean())
        assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-9)


def test_a_bar_of_a_rubric_in_words() -> None:
    table = pd.DataFrame({"helpful": [5] * 90 + [3] * 10 + [None] * 2, "done": [1] * 95 + [0] * 7})
    assert only_row(table, "pass_rate(helpful, at_least=4) >= 80%", task="generation")[
        "sentence"
    ].startswith("Of 100 rows about 90 have at least 4 in helpful (82 to 95)")
    assert only_row(table, "success_rate(done) >= 80%", task="agent")["sentence"].startswith(
        "Of 100 rows about 7 fail"
    )
