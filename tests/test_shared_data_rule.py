"""Tests on shared data: left out where none are named, and missed where they are."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

USES = "def test_uses(shared_data):\n    assert shared_data.is_dir()\n"
PLAIN = "def test_plain():\n    assert True\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copy(Path(__file__).parent / "conftest.py", tmp_path)
    markers = "[pytest]\nmarkers =\n    shared_data: needs them\n    slow: takes long\n"
    (tmp_path / "pytest.ini").write_text(markers)
    return tmp_path


def run(project: Path, tests: str, shared: Path | None) -> subprocess.CompletedProcess[str]:
    (project / "test_it.py").write_text(tests)
    others = ("SEXTANT_SHARED_DATA", "DJANGO_SETTINGS_MODULE")
    environment = {k: v for k, v in os.environ.items() if k not in others}
    if shared is not None:
        environment["SEXTANT_SHARED_DATA"] = str(shared)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(project)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=project)


def test_left_out_where_no_folder_is_named(project: Path) -> None:
    done = run(project, USES + PLAIN, None)
    assert done.returncode == 0
    assert "1 passed, 1 deselected" in done.stdout


def test_run_where_a_folder_is_named(project: Path) -> None:
    done = run(project, USES + PLAIN, project)
    assert done.returncode == 0
    assert "2 passed" in done.stdout


def test_a_run_that_used_none_fails(project: Path) -> None:
    done = run(project, PLAIN, project)
    assert done.returncode == 1
    assert "SEXTANT_SHARED_DATA is set, but no test used it" in done.stdout


def test_a_folder_that_is_not_there_is_refused(project: Path) -> None:
    done = run(project, USES, project / "nowhere")
    assert done.returncode == 4
    assert "which is not a folder" in done.stderr
