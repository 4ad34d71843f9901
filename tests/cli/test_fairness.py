"""`sextant fairness`: exit statuses, forms, groups as options, narrow terminals, bad input."""

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
    rng = np.random.default_rng(2)
    n = 4_000
    sex, y = rng.choice([1, 2], n), rng.integers(0, 2, n)
    right = rng.uniform(size=n) < np.where(sex == 1, 0.9, 0.7)
    table = pd.DataFrame({"SEX": sex, "y": y, "p": np.where(right == (y == 1), 800, 200)})
    table["AGEP"] = rng.integers(18, 90, n)
    path = tmp_path_factory.mktemp("fairness") / "rows.parquet"
    table.to_parquet(path)
    return path


def run(rows: Path, *arguments: str, columns: int = 100) -> Result:
    base = ["fairness", str(rows), "--label", "y", "--score", "p", "--scale", "1000", "--quiet"]
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(main, [*base, *arguments])


@pytest.mark.parametrize(
    ("bound", "status"),
    [((), 0), (("--bound", "equal_opportunity_difference=5%"), 1),
     (("--bound", "equal_opportunity_difference=20%"), 3),
     (("--bound", "equal_opportunity_difference=0.5"), 0)],
)  # fmt: skip
def test_the_exit_status_is_that_of_the_bounds_named(
    rows: Path, bound: tuple[str, ...], status: int
) -> None:
    assert run(rows, "--by", "sex=SEX", *bound).exit_code == status


def test_groups_with_names_bands_and_intersections(rows: Path) -> None:
    found = run(rows, "--by", "sex=SEX", "--by", "age=AGEP:30,60", "--by", "sex x age", "--json")
    record = json.loads(found.stdout)
    assert [one["name"] for one in record["groupings"]] == ["sex", "age", "sex × age"]
    assert len(record["groupings"][2]["groups"]) == 6


@pytest.mark.parametrize("columns", [20, 60, 100, 160])
def test_no_line_is_wider_than_the_terminal(rows: Path, columns: int) -> None:
    found = run(rows, "--by", "sex=SEX", columns=columns)
    assert max(len(line) for line in found.stdout.splitlines()) <= columns


def test_every_form(rows: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    found = run(rows, "--by", "SEX", "--markdown", "--html", str(page))
    assert found.stdout.startswith("### · Of 100")
    assert "<h1>Of 100" in page.read_text(encoding="utf-8")
    assert "<script" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "SEXX"), "Did you mean 'SEX'?"),
        (("--by", "SEX", "--bound", "x"), "names no share"),
        (("--by", "SEX", "--bound", "precision_difference=many"), "is no number"),
        ((), "No group is named"),
    ],
)
def test_bad_input_is_told_with_its_remedy(
    rows: Path, arguments: tuple[str, ...], said: str
) -> None:
    found = run(rows, *arguments)
    assert found.exit_code == 2
    assert said in found.stderr


def counted(tmp_path: Path, text: str, *arguments: str, columns: int = 100) -> Result:
    path = tmp_path / "report.csv"
    path.write_text(text, encoding="utf-8")
    base = ["fairness", str(path), "--counts", "--quiet"]
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(main, [*base, *arguments])


COUNTS = "sex,tp,fp,fn,tn\nwomen,310,120,90,480\nmen,420,80,60,440\n"
BARE = "sex,selection_rate\nwomen,0.43\nmen,0.5\n"


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (COUNTS, (), 0),
        (COUNTS, ("--bound", "equal_opportunity_difference=20%"), 0),
        (COUNTS, ("--bound", "equal_opportunity_difference=1%"), 1),
        (COUNTS, ("--bound", "equal_opportunity_difference=10%"), 3),
        (COUNTS, ("--label", "y"), 2),
        (COUNTS, ("--bound", "fairness=1%"), 2),
        (BARE, (), 0),
        (BARE, ("--bound", "demographic_parity_difference=50%"), 3),
        (BARE, ("--bound", "fairness=1%"), 2),
    ],
)
def test_a_report_of_counts_decides_as_rows_do(
    tmp_path: Path, text: str, arguments: tuple[str, ...], status: int
) -> None:
    assert counted(tmp_path, text, *arguments).exit_code == status


@pytest.mark.parametrize("columns", [20, 100])
def test_rates_without_n_in_every_form(tmp_path: Path, columns: int) -> None:
    page = tmp_path / "page.html"
    found = counted(tmp_path, BARE, "--html", str(page), columns=columns)
    assert max(len(line) for line in found.stdout.splitlines()) <= columns
    assert "No interval can be given" in page.read_text(encoding="utf-8")
    assert counted(tmp_path, BARE, "--markdown").stdout.startswith("### ◐ 2 groups")
    record = json.loads(counted(tmp_path, BARE, "--json").stdout)
    assert record["verdict"] is None
    assert record["definitions"][0]["n"] is None
