"""`sextant probe`: its statuses, its forms, what it writes, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from sextant.cli.baseline import command as answer
from sextant.cli.probe import command


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    rng = np.random.default_rng(1)
    x = rng.normal(size=240)
    y = np.where(rng.random(240) < 1 / (1 + np.exp(-2 * x)), "yes", "no")
    path = tmp_path_factory.mktemp("probe") / "rows.csv"
    pd.DataFrame({"x": x.round(3), "z": rng.integers(0, 9, 240), "y": y}).to_csv(path, index=False)
    return str(path)


OPTIONS = ["--target", "y", "--folds", "2"]


def test_the_forms_and_what_is_written(file: str, tmp_path: Path) -> None:
    page, rows = tmp_path / "page.html", tmp_path / "said.csv"
    wanted = ["--required", "recall >= 0.99", "--json", "--html", str(page)]
    kept = tmp_path / "kept.json"
    wanted += ["--predictions", str(rows), "--baseline", str(kept)]
    done = CliRunner().invoke(command, [file, *OPTIONS, *wanted])
    assert done.exit_code == 1, done.output
    record = json.loads(done.stdout)
    assert (record["schema"], record["study"], record["verdict"]) == (1, "probe", "missed")
    assert "is it feasible?" in page.read_text(encoding="utf-8")
    said = pd.read_csv(rows)
    assert len(said) == 240
    assert {"x", "z", "(label)", "(score)", "(doubtful)"} <= set(said.columns)
    new = tmp_path / "new.csv"
    new.write_text("x,z,id\n0.5,3,a\n,4,b\n")
    told = CliRunner().invoke(answer, [str(kept), str(new), "--output", str(tmp_path / "out.csv")])
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("2 rows with the answers of the baseline")
    out = pd.read_csv(tmp_path / "out.csv")
    assert list(out.columns) == ["x", "z", "id", "baseline"]
    assert out.baseline.between(0, 1).all()
    again = CliRunner().invoke(answer, [str(kept), file, "--output", str(tmp_path / "no.csv")])
    assert again.exit_code == 2
    assert "is the table that taught the baseline" in again.stderr
    assert not (tmp_path / "no.csv").exists()


def test_without_a_promise_the_status_is_0(file: str) -> None:
    done = CliRunner().invoke(command, [file, *OPTIONS, "--markdown"])
    assert done.exit_code == 0
    assert done.stdout.startswith("### ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--target", "yes"], "Column 'yes' (the target) is not in"),
        (["--confidence", "sure"], "--confidence 'sure' is no number"),
        (["--rule", "x >"], "A value is missing"),
        (["--rows", "3"], "3 rows are too few"),
    ],
)
def test_what_is_refused(file: str, options: list[str], said: str) -> None:
    done = CliRunner().invoke(command, [file, *OPTIONS, *options])
    assert done.exit_code == 2
    assert said in done.stderr
