"""Two rankings of the same items, user by user, against plain sums."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sextant as sx
from sextant.contracts.problems import ContractError

K = 3
ROLES: dict[str, Any] = {"a": "old", "b": "new", "label": "stars", "unit": "user"}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """200 users of 2 to 9 items; some unseen by a version, some without a label."""
    rng = np.random.default_rng(5)
    user = np.repeat(np.arange(200), rng.integers(2, 10, 200))
    stars = rng.choice([0.0, 0, 1, 2, 5], user.size)
    rows = pd.DataFrame({"user": user, "stars": stars, "plan": np.where(user % 2, "x", "y")})
    rows["old"], rows["new"] = (stars + rng.normal(0, noise, user.size) for noise in (4, 2))
    rows.loc[rng.choice(user.size, 60, replace=False), "old"] = np.nan
    rows.loc[rng.choice(user.size, 30, replace=False), "stars"] = np.nan
    return rows


def compare(rows: pd.DataFrame, *metrics: str, **given: Any) -> sx.ComparisonResult:
    return sx.compare(rows, metrics=list(metrics), task="ranking", **ROLES | given)


def values(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """NDCG, recall and hits of each user's first three."""
    found = {}
    for user, part in rows.dropna(subset=["stars"]).groupby("user"):
        gain = part["stars"].to_numpy()
        if not (gain > 0).any():
            continue
        held = part.dropna(subset=[column]).sort_values(column, ascending=False)
        top = held["stars"].to_numpy()[:K]
        discount = 1 / np.log2(np.arange(2, K + 2))
        best = np.sort(gain)[::-1][:K]
        found[user] = {
            "ndcg": top @ discount[: top.size] / (best @ discount[: best.size]),
            "recall_at": (top > 0).sum() / (gain > 0).sum(),
            "hit_rate": float((top > 0).any()),
        }
    return pd.DataFrame(found).T


def rows_of(found: sx.ComparisonResult) -> dict[str, dict[str, Any]]:
    return {one["metric"]: one for one in found.to_dict()["results"] if not one["segment"]}


def test_differences_are_the_users_own(table: pd.DataFrame) -> None:
    names = ("ndcg", "recall_at", "hit_rate")
    seen = rows_of(compare(table, *(f"{name}(k={K})" for name in names)))
    a, b = values(table, "old"), values(table, "new")
    for name in names:
        row, apart = seen[name], b[name] - a[name]
        assert row["a"]["estimate"] == pytest.approx(a[name].mean()), name
        assert row["b"]["estimate"] == pytest.approx(b[name].mean()), name
        assert row["difference"] == pytest.approx(apart.mean()), name
        assert row["n"] == len(apart)
        student = stats.t.interval(0.95, len(apart) - 1, apart.mean(), stats.sem(apart))
        assert row["low"] < apart.mean() < row["high"]
        if name != "hit_rate":  # of few users that differ the buckets' variance says little
            assert row["high"] - row["low"] == pytest.approx(student[1] - student[0], rel=0.35)


def test_whose_list_is_better_is_told_of_users(table: pd.DataFrame) -> None:
    found = compare(table, f"ndcg(k={K})", segments=["plan"])
    apart = values(table, "new")["ndcg"] - values(table, "old")["ndcg"]
    changes = found.comparison.changes
    assert changes is not None
    assert changes.kind == "lists"
    assert changes.overall.n == len(apart)
    assert changes.overall.better.value == pytest.approx((apart > 1e-12).mean(), abs=0.01)
    assert "users about" in " ".join(found.to_dict()["changes"]["sentences"])
    assert found.answer == "better"


def test_places_do_what_scores_do(table: pd.DataFrame) -> None:
    rows = table.assign(
        first=table.groupby("user")["old"].rank(ascending=False),
        then=table.groupby("user")["new"].rank(ascending=False),
    )
    places = {which: {"column": name, "decisions": True}
              for which, name in (("a", "first"), ("b", "then"))}  # fmt: skip
    ours, theirs = (rows_of(compare(rows, "map(k=3)", **given)) for given in (places, {}))
    for name in ("map", "mrr", "hit_rate"):
        assert ours[name]["difference"] == pytest.approx(theirs[name]["difference"])


def test_the_same_order_twice_is_no_difference(table: pd.DataFrame) -> None:
    row = rows_of(compare(table.assign(new=table["old"] * 2), "ndcg"))["ndcg"]
    assert row["difference"] == 0
    assert row["verdict"] == "undecided"
    assert "serve every user alike" in row["sentence"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"unit": None}, "is taken per user, and no unit is named"),
        ({"a": "old@0.5"}, "an order is not cut"),
        ({"metrics": ["recall"]}, "recall is not for ranking"),
        ({"label": None}, "needs the true answers"),
    ],
)
def test_what_cannot_be_compared(table: pd.DataFrame, given: dict, problem: str) -> None:
    asked = {"metrics": ["ndcg"], "task": "ranking"} | ROLES | given
    with pytest.raises(ContractError, match=problem):
        sx.compare(table, **{name: one for name, one in asked.items() if one is not None})
