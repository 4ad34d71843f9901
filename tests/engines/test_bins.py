"""SQL puts every score and every value into the bin that Python puts it into."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from sextant.engines.bins import cut, score_bin, value_bucket
from sextant.engines.sql import DIALECT
from sextant.states import bins

X = exp.column("x")


def in_sql(expression: exp.Expr, values: np.ndarray) -> np.ndarray:
    connection = duckdb.connect()
    connection.register("given", {"x": values})
    found = connection.execute(f"SELECT {expression.sql(dialect=DIALECT)} AS found FROM given")
    return np.asarray(found.fetchnumpy()["found"])


def around(values: np.ndarray) -> np.ndarray:
    """The values and their neighbours on both sides."""
    return np.concatenate([values, np.nextafter(values, -np.inf), np.nextafter(values, np.inf)])


def scores() -> np.ndarray:
    """100,000 scores, and all the edges of bins, with their neighbours."""
    rng = np.random.default_rng(5)
    log = 2.0 ** -rng.uniform(0, 40, 40_000)
    octaves = 2.0 ** -np.arange(1.0, 25.0)
    edges = (octaves[:, None] * (1 + np.arange(256) / 256)).ravel()
    random = np.concatenate([rng.uniform(size=60_000), log, 1 - log])
    found = np.concatenate(
        [random, around(edges), around(1 - edges), [0.0, -0.0, 0.5, 1.0, 5e-324]]
    )
    return found[(found >= 0) & (found <= 1)]


@pytest.mark.parametrize("per_octave", [256, 32])
def test_scores(per_octave: int) -> None:
    held = scores()
    found = in_sql(score_bin(X, per_octave), held)
    np.testing.assert_array_equal(found, bins.score_bin(held, per_octave))


def values() -> np.ndarray:
    """100,000 values of all sizes, and the edges of buckets, with their neighbours."""
    rng = np.random.default_rng(6)
    sizes = 10.0 ** rng.uniform(-307, 308, 100_000)
    edges = (2.0 ** np.arange(-1022.0, 1023.0, 31)[:, None] * (1 + np.arange(64) / 64)).ravel()
    odd = [0.0, -0.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e308, 2.0**1023]
    positive = np.concatenate([sizes, around(edges), odd])
    return np.concatenate([positive, -positive])


def test_values() -> None:
    held = values()
    np.testing.assert_array_equal(in_sql(value_bucket(X), held), bins.value_bucket(held))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_any_score(held: list[float]) -> None:
    found = in_sql(score_bin(X, 256), np.array(held))
    np.testing.assert_array_equal(found, bins.score_bin(held))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=50))
def test_any_value(held: list[float]) -> None:
    found = in_sql(value_bucket(X), np.array(held))
    np.testing.assert_array_equal(found, bins.value_bucket(held))


@pytest.mark.parametrize(("op", "side"), [("<=", "right"), ("<", "left")])
def test_cuts_are_exact(op: str, side: str) -> None:
    """A threshold belongs to the scores at and above it; a bound to the values up to it."""
    edges = (0.1, 0.3, 0.7, 0.8)
    held = around(np.array([0.0, *edges, 0.1 + 0.2, 1.0]))
    found = in_sql(cut(X, edges, op), held)
    np.testing.assert_array_equal(found, np.searchsorted(edges, held, side=side))


def test_what_has_no_value_has_no_bin() -> None:
    held = np.array([np.nan, 1.0])
    for made in (score_bin(X, 256), value_bucket(X), cut(X, (0.5,), "<=")):
        text = f"SELECT {made.sql(dialect=DIALECT)} FROM (SELECT CAST(NULL AS DOUBLE) AS x)"
        assert duckdb.execute(text).fetchall() == [(None,)]
    assert in_sql(cut(X, (), "<="), held).tolist() == [0, 0]
