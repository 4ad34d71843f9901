"""The page on drift does what it says: its commands and its Python run, output as shown."""

from __future__ import annotations

import shutil
from pathlib import Path

from .console import ROOT, check_page


def test_every_example_of_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "demo/employment"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "demo/employment/predictions.parquet", folder)
    kinds = check_page(ROOT / "docs/drift.md", tmp_path)
    assert kinds.count("console") == 1
    assert kinds.count("python") == 5
