"""Trade-offs between two evidences of one contract: any metric, whatever depends on what."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.problems import ContractError

CRITERIA = ["mean(genres) >= 5", "mean(rating) >= 3", "rate(spike) <= 2%"]


def version(genres: float, rating: float, spike: float, n: int = 4_000) -> sx.Result:
    rng = np.random.default_rng(8)
    table = pd.DataFrame({
        "genres": rng.normal(genres, 2, n), "rating": rng.normal(rating, 0.5, n),
        "spike": (np.arange(n) < spike * n).astype(int),
    })  # fmt: skip
    return sx.evaluate(table, criteria=CRITERIA, task="generation")


def test_diversity_is_worth_what_was_agreed() -> None:
    old, new = version(8, 4.4, 0.01), version(12, 4.1, 0.01)
    rate = "1 of mean(genres) is worth {} of mean(rating)"
    assert sx.tradeoff(rate.format(0.2), old, new).verdict == "met"
    assert sx.tradeoff(rate.format(0.05), old, new).verdict == "missed"
    found = sx.tradeoff(rate.format(0.075), old, new, names=("May", "June"))
    assert found.verdict == "undecided"
    assert "June gains 4" in str(found)
    assert found.to_dict()["joint"] is False
    assert found.to_dict()["needed"] is None or found.to_dict()["needed"] > 0


def test_less_of_what_is_promised_to_be_small_is_a_gain() -> None:
    old, new = version(8, 4.4, 0.03), version(8, 4.4, 0.01)
    found = sx.tradeoff("rate(spike) may cost 0.1 of mean(rating)", old, new)
    assert found.verdict == "met"
    assert "lowers" in str(found)
    turned = sx.tradeoff("mean(genres) may cost 0.5% of rate(spike)", new, old)
    assert turned.verdict == "missed"


def test_both_sides_must_be_promised_and_of_one_contract() -> None:
    one = version(8, 4, 0.01, 200)
    with pytest.raises(ContractError, match="promises nothing about it"):
        sx.tradeoff("mean(genres) may cost 1 of mean(price)", one, one)
    with pytest.raises(ContractError, match="compares two"):
        sx.tradeoff("mean(genres) may cost 1 of mean(rating)", one)
    other = sx.evaluate(
        pd.DataFrame({"genres": [1.0, 2.0]}), criteria=["mean(genres) >= 1"], task="generation"
    )
    with pytest.raises(ContractError, match="different contracts"):
        sx.tradeoff("mean(genres) may cost 1 of mean(rating)", one, other)


def test_no_change_is_never_proven_to_be_worth_it() -> None:
    same = version(8, 4, 0.01, 400)
    found = sx.tradeoff("1 of mean(genres) is worth 0.1 of mean(rating)", same, same)
    assert found.verdict == "undecided"
