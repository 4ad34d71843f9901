"""`sextant compare --server`: what is sent, what is printed, what is refused before anything."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from sextant.cli.main import main

MADE = {
    "number": 7, "verdict": "met", "title": "b against a", "headline": "b is better than a.",
    "page": "/products/offers/studies/7/",
    "record": {"questions": [{"word": "better", "text": "accuracy"}]},
}  # fmt: skip


@pytest.fixture
def table(tmp_path: Path) -> str:
    y = [i % 2 for i in range(200)]
    rows = pd.DataFrame({"y": y, "a": [0.6] * 200, "b": [0.2 + 0.6 * one for one in y]})
    rows.to_csv(tmp_path / "rows.csv", index=False)
    return str(tmp_path / "rows.csv")


def asked(table: str, *more: str) -> list[str]:
    return ["compare", table, "--a", "a", "--b", "b", "--label", "y", "--quiet", *more]


def test_states_are_sent_and_the_answer_is_told(stub, table: str) -> None:
    stub.body, stub.status = json.dumps(MADE).encode(), 201
    said = CliRunner().invoke(main, asked(table, "--server", stub.url, "--product", "offers"))
    assert said.exit_code == 0, said.output
    assert "b is better than a." in said.output
    assert f"Study 7: {stub.url}/products/offers/studies/7/" in said.output
    (one,) = stub.asked
    assert (one.method, one.path) == ("POST", "/api/v1/products/offers/comparisons")
    line, _, states = one.body.partition(b"\n")
    assert json.loads(line)["names"] == ["a", "b"]
    assert states.startswith(b"TALLY")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--server", "http://localhost:1"), "--server needs --product"),
        (("--product", "offers", "--look", "2"), "The server counts the looks"),
        (("--product", "offers", "--markdown"), "Use --json"),
    ],
)
def test_what_is_refused(table: str, more: tuple[str, ...], says: str) -> None:
    said = CliRunner().invoke(main, asked(table, *more))
    assert said.exit_code == 2
    assert says in said.output
