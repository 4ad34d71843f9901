"""The quick start does what it says: its commands run, its Python runs, its output is shown."""

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from .console import ROOT, blocks, check_page, run


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it after `make setup`: with the demo, and without its traces."""
    folder = tmp_path_factory.mktemp("quick start")
    leave = shutil.ignore_patterns("reports", "*.looks.json*")
    shutil.copytree(ROOT / "demo", folder / "demo", ignore=leave)
    return folder


def test_every_step_of_the_quick_start(desk: Path) -> None:
    """One test, for each step builds on the one before."""
    kinds = check_page(ROOT / "docs/quickstart.md", desk)
    assert kinds.count("console") >= 6
    assert kinds.count("python") >= 1


def test_the_readme_s_example_runs(desk: Path) -> None:
    examples = [block for kind, block in blocks(ROOT / "README.md") if kind == "python"]
    assert examples
    for example in examples:
        run([sys.executable, "-c", example], desk)


def test_every_link_of_the_pages_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("demo/*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{shlex.quote(page.name)} links to {target}"
