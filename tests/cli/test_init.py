"""`sextant init` guesses the roles of a table's columns and writes a contract that runs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sextant.contracts.file.reading import read_contract
from sextant.contracts.model import Data


def draft(invoke, file: Path, folder: Path) -> tuple[Data, str]:
    """The data section of the contract drafted for a file, and what was said."""
    contract = folder / "draft.yaml"
    found = invoke("init", file, "-o", contract)
    assert found.exit_code == 0, found.stderr
    assert f"Wrote {contract}. Edit it, then: sextant check {contract}" in found.stdout
    return read_contract(contract).data, found.stdout


def check(invoke, folder: Path) -> tuple[int, dict]:
    found = invoke("check", folder / "draft.yaml", "--look", 1, "--json")
    return found.exit_code, json.loads(found.stdout)


def roles(data: Data) -> dict[str, object]:
    return {
        "label": data.label and (data.label.column, data.label.positive),
        "score": data.score and (data.score.column, data.score.scale),
        "prediction": data.prediction,
        "time": data.time,
        "unit": data.unit,
        "segments": {segment.name: segment.column for segment in data.segments},
    }


@pytest.fixture
def log() -> pd.DataFrame:
    rng = np.random.default_rng(2)
    n = 500
    return pd.DataFrame(
        {
            "day": pd.date_range("2026-01-01", periods=n, freq="h").astype(str),
            "customer_id": rng.integers(0, 200, n),
            "Sex": rng.choice(["f", "m", None], n),
            "age": rng.integers(18, 90, n),
            "amount": rng.lognormal(3, 1, n).round(2),
            "fraud_probability": rng.integers(0, 101, n),
            "decision": rng.choice(["yes", "no"], n),
            "fraud": rng.choice([0, 1, None], n, p=[0.8, 0.15, 0.05]),
        }
    )


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_roles_of_a_usual_log(invoke, tmp_path: Path, log, kind: str) -> None:
    file = tmp_path / f"log.{kind}"
    log.to_csv(file, index=False) if kind == "csv" else log.to_parquet(file)
    data, said = draft(invoke, file, tmp_path)
    assert roles(data) == {
        "label": ("fraud", None),
        "score": ("fraud_probability", 100.0),
        "prediction": "decision",
        "time": "day",
        "unit": "customer_id",
        "segments": {"sex": "Sex", "age": "age"},
    }
    assert data.source == str(file)
    assert "500 rows in" in said
    status, answer = check(invoke, tmp_path)
    assert status in {0, 1, 3}
    assert answer["data"]["rows"] == 500


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"x": [1.5, 2.5]}),
        pd.DataFrame({"a b": ["u", "v"], 'q"x': [1, 2], "é;": ["1", None]}),
        pd.DataFrame({"score": [0.1, 0.9], "label": ["good: yes", "bad #1"], "sex": ["'", '"']}),
        pd.DataFrame({"label": [0, 1], "prediction": [1, 1], "x": ["yes", "no"]}),
        pd.DataFrame({"y": [1, 1, 1], "p": [0.2, 0.4, 0.1]}),
        pd.DataFrame({"time": [0.1, 0.2], "score": [700, 20], "class": ["UP", "DOWN"]}),
        pd.DataFrame({"nothing": [None, None]}),
        pd.DataFrame({"score": ["8", "9"], "time": ["1", "2"], "age": ["17", "18"]}),
        pd.DataFrame({"label": pd.Series(dtype=int), "score": pd.Series(dtype=float)}),
        pd.DataFrame({"when": pd.to_datetime(["2026-01-01", None]), "x": [True, False]}),
        pd.DataFrame({"in": [1, 2], "every": ["a", "b"], "x": [1, 2], "across": [0.5, 0.7]}),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_draft_of_any_table_parses_and_runs(invoke, tmp_path: Path, table, kind) -> None:
    file = tmp_path / f"t.{kind}"
    table.to_csv(file, index=False) if kind == "csv" else table.to_parquet(file)
    draft(invoke, file, tmp_path)
    status, _ = check(invoke, tmp_path)
    assert status in {0, 1, 3}


SHARED = {
    "adult/adult.parquet": {"label": ("income", ">50K"), "score": None},
    "bank_marketing/bank_additional_full.parquet": {"label": ("y", None)},
    "census_ma_employment/census_ma_employment_demo.parquet": {
        "label": ("employed", None),
        "score": ("predicted_probability_permille", 1000.0),
        "time": "year",
    },
    "compas/compas_two_years_no_names.csv": {"unit": None},
    "cookie_cats/cookie_cats.parquet": {},
    "credit_default_taiwan/credit_card_clients.parquet": {},
    "elec2/elec2.csv": {"label": ("class", None), "time": None},
    "open_bandit/open_bandit.parquet": {"label": ("click", None), "score": None},
}


def test_every_shared_table_gets_a_draft_that_runs(invoke, tmp_path: Path, shared_data) -> None:
    tables = sorted(
        file
        for kind in ("*.parquet", "*.csv", "*.csv.gz")
        for file in shared_data.glob(f"*/{kind}")
    )
    assert len(tables) >= 20
    failed = []
    for at, file in enumerate(tables):
        folder = tmp_path / str(at)
        folder.mkdir()
        data, _ = draft(invoke, file, folder)
        status, answer = check(invoke, folder)
        found = roles(data)
        name = str(file.relative_to(shared_data))
        expected = SHARED.get(name, {})
        if status not in {0, 1, 3} or expected != {key: found[key] for key in expected}:
            failed.append((name, status, found, answer.get("error")))
    assert failed == []


def test_a_contract_is_not_overwritten_unasked(invoke, met) -> None:
    before = met.contract.read_text()
    data = met.path / "a.parquet"
    found = invoke("init", data, "-o", met.contract)
    assert (found.exit_code, met.contract.read_text()) == (2, before)
    assert "is already there. Choose another with -o, or --force." in found.stderr
    assert invoke("init", data, "-o", met.contract, "--force").exit_code == 0
    assert met.contract.read_text() != before


@pytest.mark.parametrize("source", ["none.parquet", ".", "/etc/passwd", "s3://b/a.parquet"])
def test_a_source_that_is_none(invoke, tmp_path: Path, source: str) -> None:
    found = invoke("init", source, "-o", tmp_path / "c.yaml")
    assert (found.exit_code, found.stdout, (tmp_path / "c.yaml").exists()) == (2, "", False)
    assert found.stderr.count("\n") == 1


def test_the_source_is_written_as_seen_from_the_contract(invoke, met, monkeypatch) -> None:
    (met.path / "contracts").mkdir()
    monkeypatch.chdir(met.path)
    assert invoke("init", "a.parquet", "-o", "contracts/c.yaml").exit_code == 0
    assert read_contract(met.path / "contracts/c.yaml").data.source == "../a.parquet"
    assert invoke("check", "contracts/c.yaml", "--look", 1).exit_code in {0, 1, 3}


@pytest.mark.parametrize(
    ("label", "positive", "option", "bounded"),
    [
        ("fraud", (0, 1), (), True),
        ("fraud", (0, 1), ("--no-risk",), False),
        ("outcome", ("charged_back_abuse", "good"), (), False),
        ("outcome", ("good", "will_default"), (), True),
        ("churn", (0, 1), (), False),
        ("churn", (0, 1), ("--risk",), True),
    ],
)
def test_a_risk_model_is_to_say_whom_it_challenges_without_cause(
    invoke, tmp_path: Path, log, label: str, positive: tuple, option: tuple, bounded: bool
) -> None:
    no, yes = positive
    log[label] = log.pop("fraud").map({0: no, 1: yes})
    log = log.rename(columns={"fraud_probability": "score"})
    log.to_csv(tmp_path / "log.csv", index=False)
    found = invoke("init", tmp_path / "log.csv", "-o", tmp_path / "draft.yaml", *option)
    assert found.exit_code == 0, found.stderr
    criteria = read_contract(tmp_path / "draft.yaml").criteria
    friction = [one for one in criteria if one.quantity.call.metric == "friction"]
    assert [one.role for one in friction] == (["guardrail"] if bounded else [])
