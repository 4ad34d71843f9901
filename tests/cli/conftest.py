"""What the tests of the command share: a contract in a folder, and ways to run `sextant`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sextant.cli.main import main

SEXTANT = [sys.executable, "-m", "sextant"]
CRITERIA = ("recall >= 0.3", "accuracy >= 0.5")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder with a contract and its data."""

    path: Path

    @property
    def contract(self) -> Path:
        return self.path / "contract.yaml"

    @property
    def ledger(self) -> Path:
        return self.path / "contract.looks.json"

    def data(self, table: pd.DataFrame, name: str = "a.parquet") -> Path:
        file = self.path / name
        table.to_parquet(file) if name.endswith("parquet") else table.to_csv(file, index=False)
        return file

    def write(self, *criteria: str, source: str = "a.parquet", **roles: Any) -> Path:
        """The contract; roles that are None are left out."""
        data = {"source": source, "label": "y", "score": "p"} | roles
        whole = {
            "product": "P",
            "outcome": "Halve it by 2027",
            "task": "binary",
            "data": {key: value for key, value in data.items() if value is not None},
            "criteria": list(criteria or CRITERIA),
        }
        self.contract.write_text(json.dumps(whole, indent=1), encoding="utf-8")
        return self.contract

    def check(self, *options: object) -> Result:
        return run("check", self.contract, *options)

    def answer(self, *options: object) -> tuple[int, dict[str, Any], str]:
        """Exit status, the JSON object (all that is on standard output), standard error."""
        result = self.check("--json", *options)
        return result.exit_code, json.loads(result.stdout), result.stderr


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def invoke() -> Callable[..., Result]:
    return run


def make_rows(n: int = 400) -> pd.DataFrame:
    """y follows p; g is a or b, each for half of the rows."""
    rng = np.random.default_rng(1)
    p = rng.uniform(size=n).round(4)
    y = (rng.uniform(size=n) < p).astype(int)
    return pd.DataFrame({"y": y, "p": p, "g": np.where(np.arange(n) % 2, "a", "b")})


@pytest.fixture
def rows() -> pd.DataFrame:
    return make_rows()


@pytest.fixture
def met(folder: Folder, rows: pd.DataFrame) -> Folder:
    """A folder whose contract is met by its data."""
    folder.data(rows)
    folder.write()
    return folder
