"""The demo's contracts give the answers that README and demo/README.md tell of."""

from pathlib import Path

import pytest

import sextant as sx

EMPLOYMENT = {
    "outcome": "met",
    "ranking": "met",
    "trust": "met",
    "seen-sex": "met",
    "seen-race": "undecided",
    "demands": "missed",
    "money": "met",
    "schooling": "met",
    "honest-scores": "met",
    "seen-age": "missed",
    "four-fifths": "missed",
}
RECOMMENDER = {
    "better": "undecided",
    "no-harm": "met",
    "worth-the-place": "met",
    "logged": "met",
    "positions": "met",
}


def verdicts(answer: dict) -> dict[str, str]:
    return {one["id"]: one["verdict"] for one in answer["criteria"]}


def rows_of(answer: dict, criterion: str) -> dict[str, dict]:
    rows = [row for row in answer["results"] if row["criterion"] == criterion]
    return {next(iter(row["segment"].values()), ""): row for row in rows}


@pytest.fixture(scope="module")
def employment(demo: Path) -> dict:
    return sx.check(demo / "employment/contract.yaml", look=1).to_dict()


def test_employment_in_2015(employment: dict) -> None:
    assert employment["verdict"] == "missed"
    assert verdicts(employment) == EMPLOYMENT
    assert employment["data"]["rows"] == employment["data"]["labelled"] == 68785


def test_small_groups_are_undecided_not_dropped(employment: dict) -> None:
    race = rows_of(employment, "seen-race")
    undecided = {name for name, row in race.items() if row["verdict"] == "undecided"}
    assert undecided == {"another race", "smaller groups"}
    assert all(race[name]["needed"] > 0 for name in undecided)


def test_nobody_works_in_the_youngest_band(employment: dict) -> None:
    row = rows_of(employment, "seen-age")["under 16"]
    assert (row["estimate"], row["verdict"], row["n"]) == (None, "undecided", 0)


def test_employment_in_later_years(demo: Path) -> None:
    later = sx.check(demo / "employment/contract.yaml", look=1, start=2016, end=2018).to_dict()
    assert later["data"]["rows"] == 208892
    assert later["verdict"] == "missed"
    assert verdicts(later) == EMPLOYMENT | {"four-fifths": "undecided"}
    race = rows_of(later, "seen-race")
    assert race["another race"]["verdict"] == "met"
    assert race["American Indian"]["verdict"] == "undecided"


@pytest.mark.parametrize(("campaign", "clicks"), [("all", (38, 42)), ("women", (46, 46))])
def test_recommenders_are_not_told_apart(
    demo: Path, campaign: str, clicks: tuple[int, int]
) -> None:
    data = demo / f"recommender/impressions_{campaign}.parquet"
    answer = sx.check(demo / "recommender/contract.yaml", data, look=1).to_dict()
    assert answer["verdict"] == "undecided"
    assert verdicts(answer) == RECOMMENDER
    rates = rows_of(answer, "worth-the-place")
    assert rates["random"]["estimate"] == pytest.approx(clicks[0] / 10000)
    assert rates["bts"]["estimate"] == pytest.approx(clicks[1] / 10000)
