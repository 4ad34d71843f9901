"""Rows, a rubric and a run, as the tests of the endpoint ask for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

import sextant as sx
from sextant.judge_runs import JudgeRun

from .conftest import Judge

RUBRIC: dict[str, Any] = {
    "question": "Is the answer right?",
    "verdicts": ["pass", "fail"],
    "shows": "Question: {q}\nAnswer: {a}",
    "price": {"input": 1.0, "output": 2.0},
    "max_tokens": 50,
}
SECRET = "sk-test-not-to-be-written"


def rows(n: int = 6) -> pd.DataFrame:
    return pd.DataFrame({"id": range(n), "q": [f"q{at}" for at in range(n)], "a": "42"})


def run(judge: Judge, tmp_path: Path, n: int = 6, **more: Any) -> JudgeRun:
    given = {
        "rubric": RUBRIC, "endpoint": judge.url, "model": "m", "journal": tmp_path / "j.ndjson",
        "key": SECRET,
    }  # fmt: skip
    return sx.run_judge(more.pop("data", rows(n)), **(given | more))


def column(done: Any, name: str) -> list[str]:
    at = done.columns.index(name)
    return [row[at] for row in done.rows]
