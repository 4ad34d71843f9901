"""`sextant init` drafts contracts of every task; each runs as it stands on the table it is of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_diabetes, load_wine

from sextant.contracts.file.reading import read_contract


def wines(rng: np.random.Generator) -> pd.DataFrame:
    held = load_wine()
    names = np.array(["barolo", "grignolino", "barbera"])
    said = np.where(rng.random(178) < 0.9, held.target, rng.integers(0, 3, 178))
    return pd.DataFrame(
        {
            "category": names[held.target],
            "predicted": names[said],
            "region": rng.choice(["n", "s"], 178),
        }
    )


def diabetes(rng: np.random.Generator) -> pd.DataFrame:
    target = load_diabetes().target
    return pd.DataFrame({"target": target, "predicted": target + rng.normal(0, 40, target.size)})


def forecasts(rng: np.random.Generator) -> pd.DataFrame:
    calls = rng.poisson(80, 400)
    return pd.DataFrame(
        {
            "calls": calls,
            "forecast": calls + rng.normal(0, 9, 400).round(2),
            "hours_ahead": rng.integers(1, 48, 400),
        }
    )


def films(rng: np.random.Generator) -> pd.DataFrame:
    rows = 4_000
    stars = rng.integers(1, 6, rows)
    return pd.DataFrame(
        {
            "user_id": rng.integers(0, 200, rows),
            "movie_id": np.arange(rows) % 700,
            "rating": stars,
            "score": (stars + rng.normal(0, 1, rows)).clip(0),
        }
    )


def answers(rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "conversation_id": np.arange(400),
            "helpfulness": rng.integers(1, 6, 400),
            "faithful": rng.choice(["yes", "no"], 400, p=[0.95, 0.05]),
            "tokens": rng.integers(20, 900, 400),
        }
    )


def cases(rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "case": np.arange(400),
            "resolved": rng.integers(0, 2, 400),
            "steps": rng.poisson(7, 400),
            "cost_usd": rng.exponential(0.1, 400),
        }
    )


@pytest.mark.parametrize(
    ("made", "task", "metrics", "waiting"),
    [
        (wines, "multiclass", {"accuracy", "macro_f1", "macro_recall"}, set()),
        (diabetes, "regression", {"wape", "r2"}, {"rmse", "bias"}),
        (forecasts, "forecasting", {"wape"}, {"rmse", "bias"}),
        (films, "ranking", {"ndcg", "recall_at", "hit_rate"}, set()),
        (answers, "generation", {"pass_rate", "rate"}, {"quantile"}),
        (cases, "agent", {"success_rate"}, {"quantile"}),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_draft_of_every_task(
    invoke: Callable[..., object],
    tmp_path: Path,
    made: Callable[[np.random.Generator], pd.DataFrame],
    task: str,
    metrics: set[str],
    waiting: set[str],
    ending: str,
) -> None:
    """What counts in units of its own waits for a bound: none that it could not miss is written."""
    table, file = made(np.random.default_rng(1)), tmp_path / f"data.{ending}"
    table.to_csv(file, index=False) if ending == "csv" else table.to_parquet(file)
    contract = tmp_path / "draft.yaml"
    assert invoke("init", file, "-o", contract).exit_code == 0  # type: ignore[attr-defined]
    read = read_contract(contract)
    assert read.task == task
    assert {one.quantity.call.metric for one in read.criteria} == metrics
    contract.write_text(
        re.sub(r"# - (.*?)\?", r"- \g<1>100", contract.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    bounded = read_contract(contract).criteria
    assert {one.quantity.call.metric for one in bounded} == metrics | waiting
    found = invoke("check", contract, "--look", 1, "--json")
    assert found.exit_code in {0, 1, 3}, found.stderr  # type: ignore[attr-defined]
    results = json.loads(found.stdout)["results"]  # type: ignore[attr-defined]
    assert all(one["estimate"] is not None for one in results)
