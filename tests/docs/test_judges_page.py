"""The page on judges does what it says: its commands and its Python run, output as shown."""

from __future__ import annotations

from pathlib import Path

from sextant.contracts.file.reading import contract_from_text
from sextant.endpoint.rubric import read_rubric

from .console import ROOT, blocks, check_page


def test_every_example_of_the_page(tmp_path: Path) -> None:
    kinds = check_page(ROOT / "docs/judges.md", tmp_path)
    assert kinds.count("console") == 2
    assert kinds.count("python") == 2


def test_its_contract_and_its_rubric_can_be_read(tmp_path: Path) -> None:
    contract, rubric = (text for kind, text in blocks(ROOT / "docs/judges.md") if kind == "yaml")
    assert len(contract_from_text(contract).criteria) == 3
    (tmp_path / "rubric.yaml").write_text(rubric)
    assert read_rubric(tmp_path / "rubric.yaml").verdicts == ("yes", "no")
