"""`sextant calibration`: exit status, forms, exports, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from sextant.cli.main import main


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(1)
    p = rng.uniform(0.1, 0.9, 3_000)
    path = tmp_path_factory.mktemp("data") / "scores.csv"
    table = pd.DataFrame({"p": 100 * p, "y": (rng.random(p.size) < p**2).astype(int)})
    table.assign(sex=rng.choice(["a", "b"], p.size)).to_csv(path, index=False)
    return path


def ask(*options: Any) -> Any:
    return CliRunner().invoke(main, ["calibration", *map(str, options), "--quiet"])


def test_forms_and_status(data: Path, tmp_path: Path) -> None:
    roles = (data, "--score", "p", "--scale", "100", "--label", "y", "--segment", "sex")
    shown = ask(*roles, "--html", tmp_path / "page.html")
    assert shown.exit_code == 1
    assert "do not mean what they say" in shown.output
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert page.count('<svg class="reliability"') == 3
    record = json.loads(ask(*roles, "--json").output)
    assert record["verdict"] == "missed"
    assert [one["name"] for one in record["curves"]] == ["all rows", "a", "b"]
    assert ask(*roles, "--markdown").output.startswith("### ✕")


@pytest.mark.parametrize("ending", [".json", ".csv", ".py"])
def test_exports(data: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"mapping{ending}"
    assert (
        ask(data, "--score", "p", "--scale", 100, "--label", "y", "--export", path).exit_code == 1
    )
    text = path.read_text(encoding="utf-8")
    if ending == ".json":
        assert json.loads(text)["method"] in ("platt", "beta", "isotonic")
    if ending == ".csv":
        assert text.startswith("score,recalibrated\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--score", "p"), "No label is named"),
        (("--label", "y"), "No score is named"),
        (("--score", "p", "--label", "y"), "outside 0 to 1"),
        (("--score", "q", "--label", "y"), "Column 'q' (the score) is not in"),
        (("--score", "p", "--label", "y", "--within", "70%"), "out of range"),
        (("--score", "p", "--label", "y", "--bins", "0"), "0 bins"),
        (("--score", "p", "--label", "y", "--since", "2024"), "no column says when"),
        (("--score", "p", "--label", "y", "--fit-on", "sex"), "names no value"),
        (("--score", "p", "--label", "y", "--within", "much"), "is no number"),
        (("--scale", "100", "--label", "y"), "--scale belongs to no score"),
    ],
)
def test_what_cannot_be_used(data: Path, options: tuple[str, ...], said: str) -> None:
    found = ask(data, *options)
    assert found.exit_code == 2
    assert said in found.output


def test_an_unknown_ending_is_refused(data: Path, tmp_path: Path) -> None:
    found = ask(
        data, "--score", "p", "--scale", 100, "--label", "y", "--export", tmp_path / "m.txt"
    )
    assert found.exit_code == 2
    assert ".json, .csv, .py" in found.output
