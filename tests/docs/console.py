"""Pages as tests: their console and Python blocks run, and say what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

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


def check_page(page: Path, desk: Path) -> list[str]:
    """Run every block of a page in its order; a Python block's output follows it as text."""
    held = blocks(page)
    for place, (kind, block) in enumerate(held):
        if kind == "console":
            check_console(block, desk)
        if kind == "python":
            said = run([sys.executable, "-c", block], desk)
            shown_kind, shown = held[place + 1]
            assert shown_kind == "text"
            assert_shown(shown, said)
    return [kind for kind, _ in held]
