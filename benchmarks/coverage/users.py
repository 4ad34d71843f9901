"""Populations of users whose rankings are judged: every number of every user, under two orders."""

from __future__ import annotations

import numpy as np

ITEMS = 12
PLACES = 5
DISCOUNT = 1 / np.log2(np.arange(ITEMS) + 2)
USERS = 100_000
SEED = 7
KINDS = {
    "alike": "the orders are alike in quality and share most of their noise",
    "apart": "alike in quality, each with noise of its own",
    "better": "B's order is better for everybody",
    "few": "4 of 100 users get another, better order; the others the very same",
    "one item": "one relevant item to a user; B's order is better",
    "rare gains": "3 of 100 users go from the worst order to the best; the others lose a little",
}
Values = dict[str, np.ndarray]
"""A number per user by the kind of value: ndcg, map, mrr, recall, precision, hit."""


def population(kind: str, users: int = USERS) -> tuple[Values, Values]:
    """The same users under A and under B; those without a relevant item are left out."""
    rng = np.random.default_rng(SEED)
    if kind == "one item":
        relevant = np.zeros((users, ITEMS))
        relevant[:, 0] = 1.0
    else:
        relevant = (rng.random((users, ITEMS)) < rng.beta(1, 3, users)[:, None]).astype(float)
        relevant = relevant[relevant.any(axis=1)]
    common, own_a, own_b = rng.normal(size=(3, *relevant.shape))
    shared = 0.95 if kind == "alike" else 0.0 if kind == "apart" else 0.6
    sharp = {"better": 1.25, "one item": 1.25}.get(kind, 1.0)
    a = relevant + shared * common + (1 - shared**2) ** 0.5 * own_a
    b = sharp * relevant + shared * common + (1 - shared**2) ** 0.5 * own_b
    lucky = rng.random(len(a)) < {"few": 0.04, "rare gains": 0.03}.get(kind, 1.0)
    if kind == "few":
        b[~lucky] = a[~lucky]
        b[lucky] += relevant[lucky]
    if kind == "rare gains":
        a[lucky], b[lucky] = -relevant[lucky], relevant[lucky]
        b[~lucky] = a[~lucky] - 0.05 * relevant[~lucky]
    return values(relevant, a), values(relevant, b)


def values(relevant: np.ndarray, score: np.ndarray) -> Values:
    """Each user's numbers of the first places, the highest score first; shape [users, items]."""
    order = np.argsort(-score, axis=1, kind="stable")
    hits = np.take_along_axis(relevant, order, axis=1)[:, :PLACES]
    many = relevant.sum(axis=1)
    ideal = np.cumsum(DISCOUNT)[np.minimum(many, PLACES).astype(int) - 1]
    place = np.arange(1, PLACES + 1)
    precise = np.cumsum(hits, axis=1) / place
    return {
        "ndcg": hits @ DISCOUNT[:PLACES] / ideal,
        "map": (hits * precise).sum(axis=1) / np.minimum(many, PLACES),
        "mrr": (hits / place).max(axis=1),
        "recall": hits.sum(axis=1) / many,
        "precision": hits.sum(axis=1) / PLACES,
        "hit": hits.max(axis=1),
    }


def by_bucket(
    rng: np.random.Generator, users: int, draws: int, of: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which of `of` users are drawn, where each falls (draw and bucket), and users by bucket.

    Shapes [draws * users], the same, and [draws, 256].
    """
    drawn = rng.integers(0, of, draws * users)
    place = rng.integers(0, 256, draws * users) + 256 * np.repeat(np.arange(draws), users)
    return drawn, place, np.bincount(place, minlength=256 * draws).reshape(draws, 256).astype(float)


def totals(place: np.ndarray, column: np.ndarray, draws: int) -> np.ndarray:
    """Sums of a column by draw and bucket, [draws, 256]."""
    return np.bincount(place, column, 256 * draws).reshape(draws, 256)
