"""The page on trade-offs does what it says: its command and its Python run, output as shown."""

from __future__ import annotations

import shutil
from pathlib import Path

from .console import ROOT, check_page


def test_every_example_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "demo/employment").mkdir(parents=True)
    rows = "demo/employment/predictions.parquet"
    shutil.copy(ROOT / rows, tmp_path / rows)
    kinds = check_page(ROOT / "docs/tradeoffs.md", tmp_path)
    assert kinds.count("console") == 1
    assert kinds.count("python") == 1
