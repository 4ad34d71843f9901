"""The recipes by kind of task: each contract is read, measured and told in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.file.reading import TASKS, contract_from_text

PAGE = (Path(__file__).parents[2] / "docs" / "tasks.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
N = 3000


def offers(rng: np.random.Generator) -> pd.DataFrame:
    price = rng.gamma(6, 2500, N) + 1000
    guess = price + rng.normal(0, 700, N)
    return pd.DataFrame(
        {
            "sold_for": price,
            "guide_price": guess,
            "guide_low": guess - 1200 - price / 100,
            "guide_high": guess + 1200 + price / 100,
            "dealer": rng.integers(0, 200, N),
            "years_old": rng.integers(0, 15, N),
        }
    )


def mails(rng: np.random.Generator) -> pd.DataFrame:
    names = np.array(["billing", "complaints", "marketing", "orders"])
    label = rng.choice(names, N, p=[0.4, 0.2, 0.1, 0.3])
    frame = pd.DataFrame({"department": label, "customer": rng.integers(0, 1500, N)})
    frame["routed_to"] = np.where(rng.random(N) < 0.85, label, rng.choice(names, N))
    frame["second_choice"] = np.where(rng.random(N) < 0.6, label, rng.choice(names, N))
    return frame


def forecasts(rng: np.random.Generator) -> pd.DataFrame:
    calls, ahead = rng.gamma(20, 10, N), rng.integers(1, 73, N)
    frame = pd.DataFrame({"calls": calls, "hours_ahead": ahead, "site": rng.integers(0, 150, N)})
    frame["forecast"] = calls + rng.normal(0, 12 + ahead / 12, N)
    frame["same_hour_last_week"] = calls + rng.normal(0, 30, N)
    frame["p10"], frame["p90"] = frame["forecast"] - 22, frame["forecast"] + 22
    return frame


def ratings(rng: np.random.Generator) -> pd.DataFrame:
    user = np.repeat(np.arange(400), 12)
    stars = rng.choice([0, 1, 2, 3, 4, 5], user.size, p=[0.3, 0.1, 0.1, 0.2, 0.2, 0.1])
    return pd.DataFrame(
        {
            "user": user,
            "stars": stars,
            "predicted": stars + rng.normal(0, 1, user.size),
            "plan": np.where(user % 3, "free", "paid"),
            "popularity": rng.random(user.size),
            "genre": rng.choice(list("abcdefgh"), user.size),
            "film": rng.integers(0, 1500, user.size),
        }
    )


def answers(rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "conversation": rng.integers(0, 1200, N),
            "topic": rng.choice(["billing", "delivery"], N),
            "helpfulness": rng.choice([2, 3, 4, 5], N, p=[0.02, 0.04, 0.34, 0.6]),
            "faithfulness": rng.choice([1, 4, 5], N, p=[0.02, 0.2, 0.78]),
            "refused": rng.random(N) < 0.02,
            "seconds": rng.gamma(4, 0.6, N),
            "tokens": rng.integers(50, 1150, N),
            "cost_usd": rng.gamma(3, 0.002, N),
        }
    )


def cases(rng: np.random.Generator) -> pd.DataFrame:
    calls = 1 + rng.poisson(6, N)
    return pd.DataFrame(
        {
            "customer": rng.integers(0, 1500, N),
            "channel": rng.choice(["mail", "chat"], N),
            "resolved": rng.random(N) < 0.86,
            "steps": 2 + rng.poisson(8, N),
            "tool_calls": calls,
            "tool_errors": rng.binomial(calls, 0.03),
            "cost_usd": rng.gamma(3, 0.1, N),
            "retries": rng.poisson(0.2, N),
            "tokens": rng.gamma(4, 4000, N),
            "seconds": rng.gamma(4, 12, N),
            "unsafe_action": rng.random(N) < 0.0005,
        }
    )


TABLES: dict[str, Callable[[np.random.Generator], pd.DataFrame]] = {
    "offers.parquet": offers,
    "mails.parquet": mails,
    "forecasts.parquet": forecasts,
    "ratings.parquet": ratings,
    "answers.parquet": answers,
    "cases.parquet": cases,
}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_is_measured(recipe: str) -> None:
    contract = contract_from_text(recipe)
    table = TABLES[contract.data.source](np.random.default_rng(1))
    result = sx.check(contract, table, look=1)
    for row in result.to_dict()["results"]:
        assert row["estimate"] is not None, row["sentence"]
        assert row["low"] is not None, row["sentence"]
        assert row["sentence"].endswith(".")
    assert result.verdict == "met", result


def test_every_table_is_used_and_every_task_has_a_recipe() -> None:
    contracts = [contract_from_text(recipe) for recipe in RECIPES]
    assert {one.data.source for one in contracts} == set(TABLES)
    assert {one.task for one in contracts} | {"binary"} == set(TASKS)
