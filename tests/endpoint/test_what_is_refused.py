"""Addresses, rubrics and columns that are refused, and how often an endpoint is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sextant.contracts.problems import ContractError
from sextant.endpoint.client import EndpointError, Pace, address
from sextant.engines.errors import SourceError

from .asking import RUBRIC, rows, run
from .conftest import Judge


def test_no_more_a_minute_than_asked():
    now, waits = [0.0], []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    pace = Pace(120, lambda: now[0], sleep)
    for _ in range(5):
        pace.wait()
    assert waits == pytest.approx([0.5] * 4)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://x/v1", "no address"),
        ("api.example.org", "no address"),
        ("https://user:pw@x/v1", "secret"),
        ("https://x/v1?key=1", "secret"),
    ],
)
def test_addresses_that_are_refused(url: str, said: str):
    with pytest.raises(EndpointError, match=said):
        address(url)


def test_addresses_are_completed():
    assert address("https://x.org/v1/") == "https://x.org/v1/chat/completions"
    assert address("https://x.org/v1/chat/completions") == "https://x.org/v1/chat/completions"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"verdicts": ["pass"]}, "at least two"),
        ({"verdicts": ["a", "a"]}, "at least two"),
        ({"shows": "nothing"}, "shows no column"),
        ({"shows": "{a.__class__}"}, "more than a column"),
        ({"shows": "{a!r:>9}"}, "more than a column"),
        ({"shows": "{"}, "cannot be read"),
        ({"question": ""}, "no question"),
        ({"pair": ["q", "a"]}, "1 and 2"),
        ({"price": {"input": -1, "output": 1}}, "price"),
        ({"max_tokens": 0}, "tokens"),
        ({"temperature": 9}, "out of range"),
        ({"verdict": 1}, "no key"),
    ],
)
def test_rubrics_that_are_refused(judge: Judge, tmp_path: Path, change: Any, said: str):
    with pytest.raises(ContractError, match=said):
        run(judge, tmp_path, rubric=RUBRIC | change)
    assert not judge.bodies


def test_columns_that_are_not_there_or_taken(judge: Judge, tmp_path: Path):
    with pytest.raises(SourceError, match="'a'"):
        run(judge, tmp_path, data=rows().drop(columns="a"))
    with pytest.raises(ContractError, match="already"):
        run(judge, tmp_path, data=rows().assign(judge=1))
