"""The page on probes does what it says: its commands and its Python run, output as shown."""

from __future__ import annotations

from pathlib import Path

from .console import ROOT, check_page


def test_every_example_of_the_page(tmp_path: Path) -> None:
    kinds = check_page(ROOT / "docs/probe.md", tmp_path)
    assert kinds.count("console") == 2
    assert kinds.count("python") == 1
