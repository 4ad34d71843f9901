"""Figures that others published, found again on the files that they published them about."""

from pathlib import Path

import pandas as pd
import pytest

import sextant as sx


def by_segment(answer: dict, segment: str) -> dict[str, dict]:
    return {row["segment"][segment]: row for row in answer["results"]}


@pytest.fixture(scope="module")
def compas(shared_data: Path) -> pd.DataFrame:
    """All 7,214 defendants; "high" is a decile of 5 or more, as in the publication."""
    table = pd.read_csv(shared_data / "compas/compas_two_years_no_names.csv")
    assert len(table) == 7214
    return table.assign(high=(table["decile_score"] >= 5).astype(int))


def test_compas_error_rates(compas: pd.DataFrame) -> None:
    """Larson, Mattu, Kirchner, Angwin: How we analyzed the COMPAS recidivism algorithm, 2016."""
    answer = sx.evaluate(
        compas,
        label="two_year_recid",
        prediction="high",
        segments={"race": "race"},
        criteria=["false_positive_rate <= 0.3 in every race", "recall >= 0.6 in every race"],
    ).to_dict()
    rate = {(row["metric"], row["segment"]["race"]): row["estimate"] for row in answer["results"]}
    assert rate["false_positive_rate", "African-American"] == pytest.approx(0.4485, abs=5e-5)
    assert rate["false_positive_rate", "Caucasian"] == pytest.approx(0.2345, abs=5e-5)
    assert 1 - rate["recall", "African-American"] == pytest.approx(0.2799, abs=5e-5)
    assert 1 - rate["recall", "Caucasian"] == pytest.approx(0.4772, abs=5e-5)


def test_compas_gap_is_missed(compas: pd.DataFrame) -> None:
    two = compas[compas["race"].isin(["African-American", "Caucasian"])]
    answer = sx.evaluate(
        two,
        label="two_year_recid",
        prediction="high",
        segments={"race": "race"},
        criteria=["gap(false_positive_rate) <= 0.05 across race"],
    ).to_dict()
    (row,) = answer["results"]
    assert row["estimate"] == pytest.approx(0.4485 - 0.2345, abs=1e-4)
    assert set(row["between"]) == {"African-American", "Caucasian"}
    assert row["verdict"] == answer["verdict"] == "missed"


@pytest.fixture(scope="module")
def adult(shared_data: Path) -> pd.DataFrame:
    table = pd.read_parquet(shared_data / "adult/adult.parquet")
    assert len(table) == 48842
    return table.assign(high_income=table["income"] == ">50K")


def test_adult_income_by_sex(adult: pd.DataFrame) -> None:
    """The usual figures of fairness studies on Adult: 30.38 % of the men, 10.93 % of the women."""
    answer = sx.evaluate(
        adult, segments={"sex": "sex"}, criteria=["rate(high_income) >= 0.2 in every sex"]
    ).to_dict()
    found = by_segment(answer, "sex")
    assert found["Male"]["estimate"] == pytest.approx(0.3038, abs=5e-5)
    assert found["Female"]["estimate"] == pytest.approx(0.1093, abs=5e-5)
    assert found["Male"]["verdict"] == "met"
    assert found["Female"]["verdict"] == "missed"
    assert answer["data"]["rows"] == 48842


def test_adult_difference_and_ratio(adult: pd.DataFrame) -> None:
    """Difference -0.1945 and ratio 0.360, as fairness libraries print them for these data."""
    answer = sx.evaluate(
        adult,
        segments={"sex": "sex"},
        criteria=[
            "gap(rate(high_income)) <= 0.1 across sex",
            "ratio(rate(high_income)) >= 0.8 across sex",
        ],
    ).to_dict()
    gap, ratio = answer["results"]
    assert gap["estimate"] == pytest.approx(0.1945, abs=5e-5)
    assert ratio["estimate"] == pytest.approx(0.360, abs=5e-4)


@pytest.mark.parametrize(
    ("file", "score"),
    [
        ("census_ma_employment.parquet", "predicted_probability"),
        (
            "census_ma_employment_demo.parquet",
            {"column": "predicted_probability_permille", "scale": 1000},
        ),
    ],
)
def test_census_auc_by_year(shared_data: Path, file: str, score: object) -> None:
    """NannyML's quick start on the same file: by year nothing drops (AUC to 4 places)."""
    answer = sx.evaluate(
        shared_data / "census_ma_employment" / file,
        label="employed",
        score=score,
        segments={"year": "year"},
        criteria=["auc >= 0.85 in every year"],
    ).to_dict()
    found = {year: row["estimate"] for year, row in by_segment(answer, "year").items()}
    published = {"2015": 0.9034, "2016": 0.9020, "2017": 0.9051, "2018": 0.9057}
    assert found == pytest.approx(published, abs=6e-5)
    assert answer["verdict"] == "met"
    assert answer["data"]["rows"] == 277677
