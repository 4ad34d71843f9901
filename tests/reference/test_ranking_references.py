"""Recommendations on MovieLens against an implementation of their own, and scikit-learn's NDCG."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import label_ranking_average_precision_score, ndcg_score

import sextant as sx

K, LIKED = 10, 4.0


def rows_of(table: pd.DataFrame, *criteria: str, **roles: object) -> dict[str, dict]:
    roles = {"label": "rating", "score": "s", "unit": "user", "task": "ranking"} | roles
    answer = sx.evaluate(table, criteria=list(criteria), **roles).to_dict()
    return {row["metric"]: row for row in answer["results"]}


def only(table: pd.DataFrame, criterion: str, **roles: object) -> dict:
    (row,) = rows_of(table, criterion, **roles).values()
    return row


@pytest.fixture(scope="module")
def films(shared_data: Path) -> pd.DataFrame:
    """Every user's later half of ratings, scored by the films' mean in the earlier halves.

    Films that nobody rated before have no score: unseen items.
    """
    ratings = pd.read_parquet(shared_data / "movielens_small/ratings.parquet")
    ratings = ratings.rename(columns={"userId": "user", "movieId": "film"})
    ratings = ratings.sort_values(["user", "timestamp", "film"])
    late = (
        ratings.groupby("user").cumcount() >= ratings.groupby("user")["film"].transform("size") / 2
    )
    before, after = ratings[~late], ratings[late].copy()
    shrunk = (before.groupby("film")["rating"].sum() + 5 * 3.5) / (
        before.groupby("film")["rating"].size() + 5
    )
    after["s"] = after["film"].map(shrunk)
    after["popularity"] = after["film"].map(before["film"].value_counts() / 610).fillna(0)
    return after


def independent(films: pd.DataFrame) -> pd.DataFrame:
    """Each user's values by NumPy: sorted by score, of equal scores the worse first."""
    found = []
    for _, rows in films.groupby("user"):
        gain, score = rows["rating"].to_numpy(), rows["s"].to_numpy()
        ranked = ~np.isnan(score)
        order = np.lexsort((gain[ranked], -score[ranked]))
        top = gain[ranked][order][:K]
        discount = 1 / np.log2(np.arange(2, K + 2))
        best = np.sort(gain)[::-1][:K]
        hits, relevant = top >= LIKED, (gain >= LIKED).sum()
        places = np.flatnonzero(hits) + 1
        one = {"ndcg": (top * discount[: top.size]).sum() / (best * discount[: best.size]).sum()}
        if relevant:
            one |= {
                "map": (np.arange(1, places.size + 1) / places).sum() / min(relevant, K),
                "mrr": 1 / places[0] if places.size else 0.0,
                "recall_at": places.size / relevant,
                "precision_at": places.size / K,
                "hit_rate": float(places.size > 0),
            }
        found.append(one)
    return pd.DataFrame(found)


def test_against_an_independent_implementation(films: pd.DataFrame) -> None:
    expected = independent(films)
    at = f"(k={K}, at_least={LIKED:g}) >= 0.05"
    names = ("map", "mrr", "recall_at", "precision_at", "hit_rate")
    found = rows_of(films, f"ndcg(k={K}) >= 0.05", *(f"{name}{at}" for name in names))
    for name, row in found.items():
        values = expected[name].dropna()
        assert row["estimate"] == pytest.approx(values.mean(), abs=1e-12), name
        assert row["n"] == len(values)
        t = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
        assert row["low"] < values.mean() < row["high"]
        if name != "hit_rate":  # of few misses the buckets' variance says little: twice as wide
            assert row["high"] - row["low"] == pytest.approx(t[1] - t[0], rel=0.35), name


def test_ndcg_against_scikit_learn(films: pd.DataFrame) -> None:
    """Without ties and unseen items; it skips users of a single film."""
    rng = np.random.default_rng(1)
    table = films.dropna(subset=["s"]).copy()
    table["s"] += rng.uniform(0, 1e-6, len(table))
    table = table[table.groupby("user")["film"].transform("size") > 1]
    each = [ndcg_score([rows["rating"]], [rows["s"]], k=K) for _, rows in table.groupby("user")]
    assert only(table, f"ndcg(k={K}) >= 0.5")["estimate"] == pytest.approx(np.mean(each))


def test_map_against_scikit_learn(films: pd.DataFrame) -> None:
    rng = np.random.default_rng(2)
    table = films.dropna(subset=["s"]).copy()
    table["s"] += rng.uniform(0, 1e-6, len(table))
    each = [
        label_ranking_average_precision_score([rows["rating"] >= LIKED], [rows["s"]])
        for _, rows in table.groupby("user")
        if (rows["rating"] >= LIKED).any()
    ]
    row = only(table, "map(k=5000, at_least=4) >= 0.1")
    assert row["estimate"] == pytest.approx(np.mean(each))


def test_what_is_shown(films: pd.DataFrame) -> None:
    """Popularity bias: the first ten are better known than the rest."""
    table = films.assign(s=films["s"] + films["popularity"])
    shown, all_rows = (only(table, f"top_mean(popularity, k={k}) >= 0") for k in (10, 5000))
    assert shown["low"] > all_rows["high"]
    first = table.dropna(subset=["s"]).sort_values("s", ascending=False).groupby("user").head(5000)
    each = first.groupby("user")["popularity"].mean()
    assert all_rows["estimate"] == pytest.approx(each.mean())


def test_coverage_of_the_catalogue(films: pd.DataFrame) -> None:
    """The mean over random hundreds of users; and the whole, which is a plain count."""
    rng = np.random.default_rng(3)
    ranked = films.dropna(subset=["s"]).copy()
    ranked["s"] += rng.uniform(0, 1e-9, len(ranked))
    top = ranked.sort_values("s", ascending=False).groupby("user").head(K)
    lists = [part["film"].to_numpy() for _, part in top.groupby("user")]
    items, users = 9_724, len(lists)
    drawn = [
        np.unique(np.concatenate([lists[at] for at in rng.permutation(users)[:100]])).size
        for _ in range(400)
    ]
    called = f"catalogue_coverage(film, k={K}, users={{}}, items={items}) >= 5%"
    hundred, everybody = (only(ranked, called.format(n)) for n in (100, users))
    error = np.std(drawn) / len(drawn) ** 0.5 / items
    assert hundred["estimate"] == pytest.approx(np.mean(drawn) / items, abs=4 * error)
    assert hundred["low"] <= np.quantile(drawn, 0.025) / items
    assert hundred["high"] >= np.quantile(drawn, 0.975) / items
    assert everybody["estimate"] == pytest.approx(top["film"].nunique() / items)
    assert everybody["n"] == users


def test_a_catalogue_without_a_size_has_no_coverage(films: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="items"):
        only(films, "catalogue_coverage(film, users=100) >= 5%")
    row = only(films, "catalogue_coverage(film, users=5000, items=9724) >= 5%")
    assert "needs as many to be seen, here are 6" in row["sentence"]
    row = only(films, "catalogue_coverage(film, users=100, items=40) >= 5%")
    assert "more than the 40 that the catalogue is said to have" in row["sentence"]


def test_one_user_with_half_of_the_rows_counts_as_one(films: pd.DataFrame) -> None:
    """Ratings of 600 users and one who rated as many films as all of them."""
    many = films.assign(user=9999)
    row = only(pd.concat([films, many]), "ndcg(k=10) >= 0.5")
    assert row["n"] == films["user"].nunique() + 1
    alone = only(films, "ndcg(k=10) >= 0.5")
    assert row["estimate"] == pytest.approx(alone["estimate"], abs=0.002)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"rating": 0.0}, "no user with a relevant row"),
        ({"rating": np.nan}, "no labelled row"),
        ({"user": 1}, "all values are the same"),
    ],
)
def test_what_cannot_be_judged(films: pd.DataFrame, change: dict, reason: str) -> None:
    row = only(films.assign(**change), "ndcg >= 0.5")
    assert row["verdict"] == "undecided"
    assert reason in row["sentence"]


def test_the_user_must_be_named(films: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="is taken per user, and data names no unit"):
        only(films, "ndcg >= 0.5", unit=None)
    with pytest.raises(ValueError, match="needs an order"):
        only(films, "ndcg >= 0.5", score=None)
    with pytest.raises(ValueError, match=r"k = 2\.5 is no whole number"):
        only(films, "ndcg(k=2.5) >= 0.5")
