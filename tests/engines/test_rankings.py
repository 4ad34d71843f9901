"""Each user's value from one scan, against the same sums in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from sextant.engines.errors import SourceError
from sextant.engines.scan import tally
from sextant.engines.source import open_source
from sextant.metrics.requests import Ranking
from sextant.states.counts import Counts
from sextant.states.moments import Moments
from sextant.states.shown import Shown

CRITERIA = (
    "ndcg(k=3) >= 0.1",
    "map(k=3, at_least=2) >= 0.1",
    "mrr(k=3) >= 0.1",
    "recall_at(k=3) >= 0.1",
    "precision_at(k=3, at_least=2) >= 0.1",
    "hit_rate(k=2) >= 10%",
    "top_mean(price, k=2) >= 1",
    "diversity(genre, k=3) >= 0.1",
)
ROLES = {"task": "ranking", "label": "stars", "score": "s", "unit": "user"}
Place = tuple[float, float]


def ideal(gains: list[float], k: int) -> float:
    return sum(g / math.log2(at + 2) for at, g in enumerate(sorted(gains, reverse=True)[:k]))


def ndcg(top: list[float], gains: list[float], one: Ranking) -> float:
    return sum(g / math.log2(at + 2) for at, g in enumerate(top)) / ideal(gains, one.k)


def precisions(top: list[float], hit: Callable[[float], bool]) -> list[float]:
    return [sum(map(hit, top[: at + 1])) / (at + 1) for at, gain in enumerate(top) if hit(gain)]


def value(rows: pd.DataFrame, one: Ranking) -> float | None:
    """A user's value; None where the user has none."""
    if one.column:
        first = rows[rows["s"].notna()].sort_values("s", ascending=False).head(one.k)
        held = first[one.column].dropna()
        if held.empty:
            return None
        return held.mean() if one.kind == "mean" else held.nunique() / len(held)
    known = rows.dropna(subset=["stars"])
    ordered = sorted(
        (-s, g) for s, g in zip(known["s"], known["stars"], strict=True) if not math.isnan(s)
    )
    gains, top = known["stars"].tolist(), [g for _, g in ordered[: one.k]]

    def hit(gain: float) -> bool:
        return gain > 0 if one.at_least is None else gain >= one.at_least

    relevant = sum(map(hit, gains))
    if not (relevant if one.kind != "ndcg" else max(gains, default=0)):
        return None
    places = [1 / (at + 1) for at, gain in enumerate(top) if hit(gain)]
    return {
        "ndcg": lambda: ndcg(top, gains, one),
        "map": lambda: sum(precisions(top, hit)) / min(relevant, one.k),
        "mrr": lambda: places[0] if places else 0.0,
        "recall": lambda: len(places) / relevant,
        "precision": lambda: len(places) / one.k,
        "hit": lambda: float(bool(places)),
    }[one.kind]()


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """80 users with 1 to 12 rows: ties, unseen items, unlabelled rows, users who like nothing."""
    rng = np.random.default_rng(9)
    user = np.repeat(np.arange(80), rng.integers(1, 13, 80))
    n = user.size
    frame = pd.DataFrame({"user": user, "stars": rng.choice([0.0, 0, 0, 1, 2, 5], n)})
    frame["s"] = (frame["stars"] + rng.normal(0, 2, n)).round(0)
    frame["price"] = rng.gamma(2, 9, n)
    frame["genre"] = rng.choice(["a", "b", "c"], n)
    frame["land"] = np.where(user % 2, "x", "y")
    frame.loc[rng.choice(n, 40, replace=False), "stars"] = np.nan
    frame.loc[rng.choice(n, 40, replace=False), "s"] = np.nan
    frame.loc[frame["user"] == 7, "stars"] = 0.0
    return frame


def assert_values(found: object, one: Ranking, rows: pd.DataFrame) -> None:
    each = [value(part, one) for _, part in rows.groupby("user")]
    held = [x for x in each if x is not None]
    if isinstance(found, Counts):
        assert found.get("yes") == sum(held)
        assert found.get("yes") + found.get("no") == len(held)
        return
    assert_alike(found, Moments.of(held))


def untied(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(s=table["s"] + np.arange(len(table)) / 1e4)


@pytest.mark.parametrize("ties", [False, True])
def test_values_of_every_segment(count, table: pd.DataFrame, ties: bool) -> None:
    """Where no label orders equal scores, the plain mean of a column has no order to check."""
    rows = table if ties else untied(table)
    checked = CRITERIA[:6] if ties else CRITERIA
    texts = [*checked, *(f"{text} in every land" for text in checked)]
    found = count(rows, *texts, segments={"land": "land"}, **ROLES)
    for one, cells in found.cells[()].items():
        assert_values(cells[()].whole, one, rows)
    for one, cells in found.cells[("land",)].items():
        for (land,), cell in cells.items():
            assert_values(cell.whole, one, rows[rows["land"] == land])


def test_a_place_does_what_a_score_does(count, table: pd.DataFrame) -> None:
    rows = untied(table)
    rows["place"] = rows.groupby("user")["s"].rank(ascending=False)
    by_score = count(rows, *CRITERIA, **ROLES)
    by_place = count(rows, *CRITERIA, **ROLES | {"prediction": "place", "score": None})
    for one, cells in by_score.cells[()].items():
        assert_alike(by_place.cells[()][one][()].whole, cells[()].whole)


def assert_alike(found: object, expected: object) -> None:
    if isinstance(expected, Moments):
        assert isinstance(found, Moments)
        assert (found.n, found.mean, found.m2) == pytest.approx(
            (expected.n, expected.mean, expected.m2)
        )
    else:
        assert found == expected


def test_all_in_one_scan_whatever_the_order_of_the_rows(make, table) -> None:
    source = open_source(table)
    found = tally(make(*CRITERIA, **ROLES), source)
    assert len(source.session.queries) == 3
    assert sum("GROUPING SETS" in query for query in source.session.queries) == 1
    mixed = tally(make(*CRITERIA, **ROLES), open_source(table.sample(frac=1, random_state=1)))
    for one, cells in found.cells[()].items():
        assert_alike(mixed.cells[()][one][()].whole, cells[()].whole)


def test_all_scores_equal_is_the_worst_order(count) -> None:
    rows = pd.DataFrame({"user": [1, 1, 1], "stars": [5.0, 0, 0], "s": [1.0, 1, 1]})
    found = count(rows, "mrr >= 0.1", **ROLES).cells[()]
    assert found[Ranking("mrr", 10)][()].whole.mean == pytest.approx(1 / 3)


def test_a_segment_of_items_cannot_split_users(make, table) -> None:
    contract = make("ndcg >= 0.1 in every genre", segments={"genre": "genre"}, **ROLES)
    with pytest.raises(SourceError, match="A segment differs between rows of one 'user'"):
        tally(contract, open_source(table))


def test_an_item_s_segment_does_not_disturb_other_metrics(count, table) -> None:
    found = count(table, "ndcg >= 0.1", "mean(price) >= 1 in every genre",
                  segments={"genre": "genre"}, **ROLES)  # fmt: skip
    assert set(found.cells) == {(), ("genre",)}


COVERAGE = "catalogue_coverage(film, k=3, users=20, items=40) >= 10%"


def lists_of(rows: pd.DataFrame) -> list[list[int]]:
    """Each user's different films among the first three rows that have a score."""
    ranked = rows.dropna(subset=["s"]).sort_values("s", ascending=False)
    return [part.head(3)["film"].dropna().astype(int).tolist()
            for _, part in ranked.groupby("user")]  # fmt: skip


def test_who_is_shown_what(count, table: pd.DataFrame) -> None:
    """Films that stand twice, films without a name, users without a score; in every land."""
    rng = np.random.default_rng(4)
    rows = untied(table).assign(film=rng.integers(0, 30, len(table)).astype(float))
    rows.loc[rng.choice(len(rows), 25, replace=False), "film"] = np.nan
    found = count(rows, COVERAGE, f"{COVERAGE} in every land", segments={"land": "land"}, **ROLES)
    request = Ranking("coverage", 3, None, "film")
    for grouping, values, part in (
        ((), (), rows),
        (("land",), ("x",), rows[rows["land"] == "x"]),
    ):
        cell = found.cells[grouping][request][values]
        expected = Shown.of(lists_of(part))
        assert cell.whole.users == expected.users
        assert sorted(cell.whole.n) == sorted(expected.n)
        assert cell.by_unit is None
    land = found.cells[("land",)][request]
    assert land[("x",)].whole + land[("y",)].whole == found.cells[()][request][()].whole
    assert dict(found.set_aside)["no film"] == 25


def test_an_item_is_the_same_in_every_file(count, table: pd.DataFrame) -> None:
    rows = untied(table).assign(film=np.arange(len(table)) % 30)
    as_text, as_double = (
        count(rows.assign(film=rows["film"].astype(kind)), COVERAGE, **ROLES)
        for kind in ("string", "float64")
    )
    ((request, cells),) = as_text.cells[()].items()
    assert cells[()].whole == as_double.cells[()][request][()].whole


def test_more_items_than_are_told_apart(make, table, monkeypatch) -> None:
    monkeypatch.setattr("sextant.engines.checks.MOST_ITEMS", 20)
    rows = table.assign(film=np.arange(len(table)))
    with pytest.raises(SourceError, match=r"'film' shows \d+ different items among the first 3"):
        tally(make(COVERAGE, **ROLES), open_source(rows))


def test_rows_that_cannot_be_used(make, count, table, tmp_path) -> None:
    bad = table.copy()
    bad.loc[0, "stars"], bad.loc[1, "stars"], bad.loc[2, "user"] = -1.0, np.inf, np.nan
    found = count(bad, *CRITERIA[:6], **ROLES)
    assert dict(found.set_aside) == {"no unit": 1, "label is infinite": 1, "label is below 0": 1}
    for one, cells in found.cells[()].items():
        assert_values(cells[()].whole, one, bad.drop([0, 1, 2]))
    with pytest.raises(SourceError, match="'stars' holds text"):
        tally(make("ndcg >= 0.1", **ROLES), open_source(table.assign(stars="good")))
