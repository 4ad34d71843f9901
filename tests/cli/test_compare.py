"""`sextant compare`: exit statuses, forms, narrow terminals, options, bad input."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sextant.cli.main import main


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`good` is right in 95 of 100 rows, `bad` in 80, `same` like `bad` but for one."""
    path = tmp_path_factory.mktemp("versions")
    rng = np.random.default_rng(1)
    y = rng.integers(0, 2, 1_000)
    table = pd.DataFrame({"id": np.arange(1_000), "y": y, "age": rng.integers(20, 90, 1_000)})
    for name, right in (("good", 0.95), ("bad", 0.8)):
        table[name] = np.where(rng.uniform(size=1_000) < right, 0.2 + 0.6 * y, 0.8 - 0.6 * y)
    table["same"] = table["bad"].where(table["id"] > 0, 0.5)
    table.to_parquet(path / "rows.parquet")
    table[["id", "y", "bad"]].rename(columns={"bad": "p"}).to_csv(path / "old.csv", index=False)
    table[["id", "good"]].rename(columns={"good": "p"}).to_parquet(path / "new.parquet")
    return path


def run(folder: Path, *arguments: str, columns: int = 100) -> Result:
    named = [str(folder / one) if "." in one and (folder / one).is_file() else one
             for one in arguments]  # fmt: skip
    return CliRunner(env={"COLUMNS": str(columns)}).invoke(main, ["compare", *named, "--quiet"])


@pytest.mark.parametrize(
    ("a", "b", "more", "status"),
    [
        ("bad", "good", (), 0),
        ("good", "bad", (), 1),
        ("bad", "same", (), 3),
        ("bad", "same", ("--margin", "1%"), 0),
        ("bad", "nothing", (), 2),
    ],
)
def test_the_exit_status_is_the_answer(
    folder: Path, a: str, b: str, more: tuple[str, ...], status: int
) -> None:
    found = run(folder, "rows.parquet", "--a", a, "--b", b, "--label", "y", *more)
    assert found.exit_code == status


def test_two_tables_meet_by_their_key(folder: Path) -> None:
    found = run(folder, "old.csv", "new.parquet", "--key", "id", "--a", "p", "--label", "y")
    assert found.exit_code == 0
    assert "new is better than old" in found.output


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(folder: Path, width: int) -> None:
    found = run(folder, "rows.parquet", "--a", "bad", "--b", "good", "--label", "y",
                "--segment", "age:30,50,65", columns=width)  # fmt: skip
    assert max(map(len, found.output.splitlines())) <= width
    assert "\x1b" not in found.output


def test_the_json_object_is_complete_and_strict(folder: Path) -> None:
    found = run(folder, "rows.parquet", "--a", "bad", "--b", "good", "--label", "y", "--json",
                "--segment", "years=age:65", "--metric", "recall", "--metric",
                "false_positive_rate within 1% in every years")  # fmt: skip
    held = json.loads(found.stdout, parse_constant=pytest.fail)
    assert set(held) == {"schema", "versions", "comparison", "data", "verdict", "answer",
                         "headline", "questions", "results", "changes"}  # fmt: skip
    assert held["answer"] == "better"
    assert [one["role"] for one in held["questions"][:2]] == ["primary", "guardrail"]
    ids = [one["id"] for one in held["questions"]]
    assert {one["question"] for one in held["results"]} == set(ids)
    assert len(ids) == len(set(ids))


def test_bad_input_as_json_names_every_problem(folder: Path) -> None:
    found = run(folder, "rows.parquet", "--a", "bad", "--b", "good", "--label", "y", "--json",
                "--metric", "recal", "--metric", "auc in every sx")  # fmt: skip
    problems = json.loads(found.stdout)["error"]["problems"]
    assert found.exit_code == 2
    assert len(problems) == 2


def test_markdown_and_the_page(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    found = run(folder, "rows.parquet", "--a", "bad", "--b", "good", "--label", "y",
                "--markdown", "--html", str(page))  # fmt: skip
    assert found.stdout.startswith("### ● good is better than bad")
    text = page.read_text()
    assert "What changes for whom" in text
    assert "<script" not in text
    assert 'style="' not in text
    assert text.count("<svg") > 10


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        (("--margin", "much"), "--margin 'much' is no number"),
        (("--positive", "1"), "Add --label COLUMN"),
        (("--segment", "age=age:young"), "no numbers. Write --segment age=age:25,45,65"),
        (("--name-a", "old"), "Give --name-a and --name-b"),
        (("--html", "nowhere/page.html"), "There is no folder nowhere"),
    ],
)
def test_options_that_cannot_be_read(folder: Path, more: tuple[str, ...], problem: str) -> None:
    found = run(folder, "rows.parquet", "--a", "bad", "--b", "good", *more)
    assert found.exit_code == 2
    assert problem in found.output


def test_three_tables_are_one_too_many(folder: Path) -> None:
    found = run(folder, "old.csv", "new.parquet", "rows.parquet", "--a", "p", "--key", "id")
    assert found.exit_code == 2
    assert "name two" in found.output


def test_a_scale_a_threshold_and_names(folder: Path) -> None:
    table = pd.read_parquet(folder / "rows.parquet")
    table.assign(bad=table["bad"] * 100, good=table["good"] * 100).to_parquet(
        folder / "hundred.parquet"
    )
    named = "--label", "y", "--positive", "1", "--name-a", "then", "--name-b", "now"
    found = run(
        folder, "hundred.parquet", "--a", "bad@0.7", "--b", "good", "--scale", "100", *named
    )
    assert found.exit_code == 0
    assert "now is better than then" in found.output
    assert "cut at 0.7, out of 100" in found.output


def test_numbers_may_be_decisions(folder: Path) -> None:
    table = pd.read_parquet(folder / "rows.parquet")
    signs = table.assign(**{name: np.where(table[name] > 0.5, 1, -1) for name in ("bad", "good")})
    signs.to_parquet(folder / "signs.parquet")
    given = "signs.parquet", "--a", "bad", "--b", "good", "--label", "y"
    assert run(folder, *given).exit_code == 2
    assert run(folder, *given, "--decisions").exit_code == 0


def test_every_form_says_whether_a_trade_off_is_kept(folder: Path, tmp_path: Path) -> None:
    page, trade = tmp_path / "page.html", "1% of recall is worth 2% of precision"
    given = "rows.parquet", "--a", "good", "--b", "bad", "--label", "y", "--trade", trade
    comment = run(folder, *given, "--markdown", "--html", str(page))
    assert comment.exit_code == 1
    (held,) = json.loads(run(folder, *given, "--json").output)["tradeoffs"]
    assert (held["verdict"], held["answer"]) == ("missed", "not worth it")
    text = page.read_text().replace("\u00a0", " ")
    for said in (held["headline"], *held["sentences"]):
        assert said in comment.output
        assert said in text
    assert "What may be given up for what" in text
    assert held["agreed"] in text
