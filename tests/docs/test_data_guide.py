"""The page on data does what it says: its commands and its Python run, output as shown."""

from __future__ import annotations

from pathlib import Path

from .console import ROOT, check_page


def test_every_example_of_the_page(tmp_path: Path) -> None:
    assert check_page(ROOT / "docs/data.md", tmp_path) == [
        "console", "console", "console", "console", "python", "text", "console",
    ]  # fmt: skip
