"""A backup while others write, and its way back into an empty installation."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from filled import copy

PASSWORD = "seven quiet otters swim"


class Installation:
    """An installation of its own, driven by the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {n: v for n, v in os.environ.items() if not n.startswith("SEXTANT_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        self.environ = {**kept, "SEXTANT_DATA": str(folder), "DATABASE_URL": "",
                        "SEXTANT_LOG_LEVEL": "ERROR"}  # fmt: skip

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sextant", *arguments]
        return subprocess.run(command, env=self.environ, capture_output=True, text=True)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, filled_demo: Path) -> Installation:
    """The demonstration's installation."""
    place = tmp_path_factory.mktemp("filled") / "installation"
    copy(filled_demo, place)
    return Installation(place)


def test_there_and_back(filled: Installation, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    assert filled.run("backup", str(file)).returncode == 0
    assert file.stat().st_mode & 0o077 == 0, "only its owner reads it"
    with tarfile.open(file) as archive:
        assert "secret-key" not in archive.getnames()
    empty = Installation(tmp_path / "empty")
    done = empty.run("restore", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "evidence: 3 sealed, whole" in done.stdout
    assert (empty.folder / "sources").is_dir()
    assert filled.run("verify").stdout.splitlines()[-1] == done.stdout.splitlines()[-1]


def test_the_key_comes_along_when_asked(filled: Installation, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar.gz"
    filled.run("backup", str(file), "--with-key")
    with tarfile.open(file) as archive:
        assert "secret-key" in archive.getnames()


def test_an_installation_that_holds_something_is_not_overwritten(
    filled: Installation, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar.gz"
    filled.run("backup", str(file))
    done = filled.run("restore", str(file))
    assert (done.returncode, "not empty" in done.stderr) == (2, True)
    again = filled.run("backup", str(file))
    assert (again.returncode, "already there" in again.stderr) == (2, True)


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    empty = Installation(tmp_path / "empty")
    (tmp_path / "x.tar.gz").write_bytes(b"no archive")
    done = empty.run("restore", str(tmp_path / "x.tar.gz"))
    assert (done.returncode, "is no backup" in done.stderr) == (2, True)
    evil = tmp_path / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as archive:
        info = tarfile.TarInfo("../../outside.txt")
        archive.addfile(info)
    done = empty.run("restore", str(evil))
    assert (done.returncode, "is no backup" in done.stderr) == (2, True)
    assert not (tmp_path.parent / "outside.txt").exists()


def test_a_folder_that_cannot_be_written(filled: Installation, tmp_path: Path) -> None:
    done = filled.run("backup", str(tmp_path / "none/backup.tar.gz"))
    assert (done.returncode, "cannot be written" in done.stderr) == (2, True)
