"""The page on states of days does what it says: its commands and its Python run, as shown."""

from __future__ import annotations

import shutil
from pathlib import Path

from .console import ROOT, check_page


def test_every_example_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "demo" / "recommender").mkdir(parents=True)
    log = "demo/recommender/impressions_all.parquet"
    shutil.copy(ROOT / log, tmp_path / log)
    kinds = check_page(ROOT / "docs/states.md", tmp_path)
    assert kinds.count("console") == 4
    assert kinds.count("python") == 2
