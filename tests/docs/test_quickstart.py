"""The quick start does what it says: its commands run, its Python runs, its output is shown."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "\x1e"


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def steps(block: str) -> list[tuple[str, str]]:
    """The commands of a console block (`$`, continued by `>`), each with the output shown."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif line.startswith("> "):
            found[-1] = (found[-1][0] + "\n" + line[2:], "")
        else:
            found[-1] = (found[-1][0], found[-1][1] + line + "\n")
    return found


def pattern(shown: str) -> str:
    """The shown output as a pattern: `...` stands for anything, blanks at the ends of lines too."""
    lines = "\n".join(line.rstrip() for line in shown.splitlines())
    return re.escape(lines).replace(re.escape("..."), ".*")


def assert_shown(shown: str, said: str) -> None:
    tidy = "\n".join(line.rstrip() for line in said.strip("\n").splitlines())
    assert re.fullmatch(pattern(shown), tidy, re.DOTALL), f"shown:\n{shown}\nsaid:\n{said}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it after `make setup`: with the demo, and without its traces."""
    folder = tmp_path_factory.mktemp("quick start")
    leave = shutil.ignore_patterns("reports", "*.looks.json*")
    shutil.copytree(ROOT / "demo", folder / "demo", ignore=leave)
    return folder


def run(command: list[str], desk: Path) -> str:
    """What a command said on standard output, with this Python's `sextant` first in the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    done = subprocess.run(command, cwd=desk, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def check_console(block: str, desk: Path) -> None:
    listed = steps(block)
    script = "".join(f"{command}\ns=$?; printf '{MARK}'; (exit $s)\n" for command, _ in listed)
    said = run(["bash", "-c", script + "exit 0"], desk).split(MARK)
    for (command, shown), output in zip(listed, said, strict=False):
        assert "Traceback" not in output, command
        assert_shown(shown, output)


def test_every_step_of_the_quick_start(desk: Path) -> None:
    """One test, for each step builds on the one before."""
    held = blocks(ROOT / "docs/quickstart.md")
    kinds = [kind for kind, _ in held]
    assert kinds.count("console") >= 6
    assert kinds.count("python") >= 1
    for place, (kind, block) in enumerate(held):
        if kind == "console":
            check_console(block, desk)
        if kind == "python":
            said = run([sys.executable, "-c", block], desk)
            shown_kind, shown = held[place + 1]
            assert shown_kind == "text"
            assert_shown(shown, said)


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
