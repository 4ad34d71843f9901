"""Groups grouped again say what rows say, and rows are hashed into few sets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.engines import query
from sextant.engines.rollup import covering, number_of

APART = ("sampled", "w0")
LISTED = [
    ("kept",), ("sampled",), ("w0",), ("kept", "y"), ("kept", "bin", "y"), ("kept", "s0", "y"),
    ("kept", "s0", "bin", "y"), ("kept", "s1", "y"), ("kept", "s1", "bin", "y"),
]  # fmt: skip


def test_every_set_is_made_of_one_that_contains_it() -> None:
    found = covering(LISTED, APART)
    assert list(found) == [
        ("kept", "s0", "bin", "y", "sampled", "w0"), ("kept", "s1", "bin", "y"),
    ]  # fmt: skip
    assert sorted(keys for held in found.values() for keys in held) == sorted(LISTED)
    for top, held in found.items():
        assert all(set(keys) <= set(top) for keys in held)


def test_sets_alone_and_of_nothing_else() -> None:
    assert covering([("kept",)], APART) == {("kept",): [("kept",)]}
    assert covering([("sampled",)], APART) == {("sampled",): [("sampled",)]}
    assert number_of(("a", "c"), ("a", "b", "c")) == 0b010


@pytest.fixture(scope="module")
def strange() -> pd.DataFrame:
    """Blanks, empty and missing words, an enumeration, numbers with -0 and NaN, no scores."""
    rng = np.random.default_rng(2)
    n = 400
    words = np.array(["a", " a", "a ", "", "  ", "NA", "ä", None], dtype=object)
    return pd.DataFrame(
        {
            "y": rng.choice([0, 1, None], n),
            "p": np.where(rng.uniform(size=n) < 0.05, np.nan, rng.uniform(size=n)),
            "word": words[rng.integers(0, len(words), n)],
            "kind": pd.Categorical(rng.choice(["x ", "x", "y"], n)),
            "number": rng.choice([0.0, -0.0, 1.0, 2.5, np.nan], n),
            "flag": rng.choice([True, False], n),
        }
    )


@pytest.mark.parametrize("decided", ["score", "prediction"])
def test_both_ways_yield_the_same_tally(
    strange: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, decided: str
) -> None:
    table = strange.assign(d=(strange["p"] > 0.5).astype(int))
    by = ["word", "kind", "number", "flag", "word x kind"]
    how = {"score": "p"} if decided == "score" else {"prediction": "d"}
    parted = sx.fairness(table, by=by, label="y", **how)  # type: ignore[arg-type]
    monkeypatch.setattr(query, "_parted", lambda *_: {})
    plain = sx.fairness(table, by=by, label="y", **how)  # type: ignore[arg-type]
    assert parted.tally == plain.tally
    assert parted.to_dict() == plain.to_dict()
