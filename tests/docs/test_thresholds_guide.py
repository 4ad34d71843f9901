"""The page on thresholds does what it says: its commands and its Python run, output as shown."""

from __future__ import annotations

import shutil
from pathlib import Path

from .console import ROOT, check_page


def test_every_example_of_the_page(tmp_path: Path) -> None:
    leave = shutil.ignore_patterns("reports", "*.looks.json*", "installation")
    shutil.copytree(ROOT / "demo", tmp_path / "demo", ignore=leave)
    kinds = check_page(ROOT / "docs/thresholds.md", tmp_path)
    assert kinds.count("console") == 4
    assert kinds.count("python") == 3
