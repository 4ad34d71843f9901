"""From a file of any task to its evidence page: drafted, signed, run, shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from sklearn.datasets import load_diabetes, load_digits
from sklearn.linear_model import LinearRegression, LogisticRegression

from sextant_server.accounts.models import User
from sextant_server.contracts.actions import first_text
from sextant_server.contracts.reading import read
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.jobs.models import Job
from sextant_server.studies.models import Study

As = Callable[[User | None], Client]


def digits() -> pd.DataFrame:
    """Handwritten digits, read by what the first 600 taught."""
    held = load_digits()
    taught = LogisticRegression(max_iter=200, C=0.001).fit(held.data[:600], held.target[:600])
    named = np.array(
        ["nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    )
    return pd.DataFrame(
        {"category": named[held.target[600:]], "predicted": named[taught.predict(held.data[600:])]}
    )


def diabetes() -> pd.DataFrame:
    """A year's progression of diabetes, from a straight line through the first 150 people."""
    held = load_diabetes()
    line = LinearRegression().fit(held.data[:150], held.target[:150])
    sex = np.where(held.data[150:, 1] > 0, "a", "b")
    return pd.DataFrame(
        {"target": held.target[150:], "predicted": line.predict(held.data[150:]), "sex": sex}
    )


def calls() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    ahead = rng.integers(1, 73, 1_500)
    calls = rng.poisson(80, 1_500)
    return pd.DataFrame(
        {
            "calls": calls,
            "hours_ahead": ahead,
            "region": rng.choice(["n", "s"], 1_500),
            "forecast": (calls + rng.normal(0, 4 + ahead / 6)).round(2),
        }
    )


def films() -> pd.DataFrame:
    rng = np.random.default_rng(2)
    stars = rng.integers(1, 6, 4_000)
    return pd.DataFrame(
        {
            "user_id": rng.integers(0, 300, 4_000),
            "movie_id": rng.integers(0, 700, 4_000),
            "rating": stars,
            "score": (stars + rng.normal(0, 1.5, 4_000)).clip(0),
        }
    )


def answers() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "helpfulness": rng.choice([3, 4, 5], 600, p=[0.1, 0.4, 0.5]),
            "faithful": rng.choice(["yes", "no"], 600, p=[0.95, 0.05]),
            "tokens": rng.integers(20, 900, 600),
            "channel": rng.choice(["a", "b"], 600),
        }
    )


def cases() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    return pd.DataFrame(
        {
            "resolved": rng.integers(0, 100, 600) < 84,
            "steps": rng.poisson(7, 600),
            "cost_usd": rng.exponential(0.1, 600),
            "channel": rng.choice(["a", "b"], 600),
        }
    )


@pytest.mark.parametrize(
    ("made", "task", "shows", "pair", "asks"),
    [
        (
            digits,
            "multiclass",
            ["What it takes for what", "are taken for", "Right, where it was said"],
            ("predicted", "category"),
            "accuracy",
        ),
        (diabetes, "regression", ["wape"], ("predicted", "target"), "absolute_error"),
        (
            calls,
            "forecasting",
            ["wape", "hours_ahead", "under "],
            ("forecast", "calls"),
            "absolute_error",
        ),
        (films, "ranking", ["ndcg", "users"], ("score", "movie_id"), "ndcg"),
        (
            answers,
            "generation",
            ["pass_rate(helpfulness, at_least=4)"],
            ("helpfulness", "tokens"),
            "",
        ),
        (cases, "agent", ["success_rate(resolved)"], ("steps", "cost_usd"), ""),
    ],
)
def test_from_a_file_to_its_evidence(
    story: Telling, as_: As, tmp_path: Path, made: Any, task: str, shows: list[str],
    pair: tuple[str, str], asks: str,
) -> None:  # fmt: skip
    base = f"/products/{story.product.slug}/"
    file = tmp_path / f"{task}.parquet"
    made().to_parquet(file)
    source = story.upload("predictions", file)
    story.confirm(source)
    text = first_text(story.product)
    reading = read(text, story.product)
    assert not reading.problems
    assert f"task: {task}" in text
    for line in text.splitlines():
        if line.startswith("outcome:"):
            text = text.replace(line, "outcome: Cut errors from 9 to 3 % by 2027-06-30")
    story.run(story.contract(text), source)
    offered = as_(story.people["dana"]).get(f"{base}studies/").content.decode()
    assert offered.count(f"the contract is of {task}, so name other columns there.") >= 3
    browser = as_(story.people["vera"])
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(f"{base}evidence/1/")
    assert answer.status_code == 200
    assert len(queries) <= 12
    said = answer.content.decode()
    assert "Four counts" not in said  # of two classes alone
    assert "What its errors mean" not in said
    for one in shows:
        assert one in said
    _compared(as_(story.people["dana"]), f"{base}studies/new/comparison/", pair, asks)


def _compared(browser: Client, url: str, pair: tuple[str, str], asks: str) -> None:
    """What the form of a comparison has filled in, it takes; and the job answers it."""
    filled = browser.get(url).context["form"].initial
    assert filled.get("a", pair[0]) == pair[0]
    assert filled.get("questions", "").startswith(asks)
    answer = browser.post(url, {**filled, "a": pair[0], "b": pair[1]})
    assert answer.status_code == 302, answer.context["form"].errors
    work_off()
    assert Study.objects.count() == 1, Job.objects.latest("pk").problems
