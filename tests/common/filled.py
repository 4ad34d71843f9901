"""The demonstration's installation: filled once a run, whatever number of processes it has."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def place_of_run(factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run of the tests share."""
    own = factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def filled_once(factory: pytest.TempPathFactory, data: Path) -> Path:
    """The folder as `sextant demo --no-serve` leaves it; nobody writes there: `copy` it."""
    place = place_of_run(factory) / "filled-demo"
    environ = {n: v for n, v in os.environ.items() if not n.startswith("SEXTANT_")}
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "sextant", "demo", "--no-serve"]
    command += ["--data", str(data), "--folder", str(place)]
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another process that fills it is waited for
        if not (place / "demo.json").exists():
            done = subprocess.run(command, env=environ, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
    return place


def copy(filled: Path, folder: Path) -> None:
    """An installation with the same inside, for tests that change it."""
    shutil.copytree(filled, folder)
