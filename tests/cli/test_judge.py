"""`sextant judge agree` and `next`: exit statuses, forms, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sextant.cli.main import main


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(3)
    n = 1500
    truth = rng.random(n) < 0.9
    table = pd.DataFrame(
        {
            "id": range(n),
            "ok": np.where(np.arange(n) < 300, truth.astype(int), None),
            "says": np.where(rng.random(n) < 0.95, truth, ~truth).astype(int),
            "p": rng.random(n),
            "topic": rng.choice(["a", "b"], n),
        }
    )
    path = tmp_path_factory.mktemp("judge") / "rows.csv"
    table.to_csv(path, index=False)
    return path


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["judge", *map(str, args)])


ASK = ("--human", "ok", "--judge", "says", "--quiet")


@pytest.mark.parametrize(("promise", "status"), [(">= 80%", 0), (">= 97%", 1), (">= 89%", 3)])
def test_the_exit_status_is_the_verdict(rows: Path, promise: str, status: int):
    done = run("agree", rows, *ASK, "--promise", promise)
    assert done.exit_code == status, done.output
    assert "By people's standard" in done.output


def test_every_form(rows: Path, tmp_path: Path):
    page = tmp_path / "page.html"
    done = run("agree", rows, *ASK, "--segment", "topic", "--json", "--html", page)
    assert done.exit_code == 0
    record = json.loads(done.stdout)
    assert [row["segment"] for row in record["rows"]] == [{}, {"topic": "a"}, {"topic": "b"}]
    assert page.read_text().startswith("<!doctype html>")
    assert run("agree", rows, *ASK, "--markdown").stdout.startswith("### ")


def test_unusable_input(rows: Path):
    done = run("agree", rows, "--human", "okay", "--judge", "says")
    assert done.exit_code == 2
    assert "Did you mean 'ok'" in done.output
    assert run("agree", rows, *ASK, "--favours", "longer").exit_code == 2


def test_next_writes_the_rows_to_judge(rows: Path, tmp_path: Path):
    out = tmp_path / "next.csv"
    given = ("--human", "ok", "--judge", "says", "--key", "id", "--rows", 40, "--out", out,
             "--by", "judge")  # fmt: skip
    done = run("next", rows, *given)
    assert done.exit_code == 0, done.output
    drawn = pd.read_csv(out)
    assert list(drawn.columns) == ["id", "stratum", "probability"]
    assert len(drawn) == 40
    assert drawn["id"].min() >= 300
    assert "--stratum says" in done.output


def test_next_by_bands_of_a_number(rows: Path, tmp_path: Path):
    out = tmp_path / "next.csv"
    given = ("--human", "ok", "--key", "id", "--rows", 40, "--out", out, "--by", "judge")
    assert run("next", rows, *given, "--judge", "p").exit_code == 2
    done = run("next", rows, *given, "--judge", "p", "--bands", "0.3,0.7")
    assert done.exit_code == 0
    assert "--segment p_band=p:0.3,0.7" in done.output
    judged = run("agree", rows, "--human", "ok", "--judge", "p", "--segment", "p_band=p:0.3,0.7",
                 "--stratum", "p_band", "--quiet")  # fmt: skip
    assert judged.exit_code == 0, judged.output
