"""Runs that are stopped or meet each other: nothing is half written, no look is lost or doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

SEXTANT = [sys.executable, "-m", "sextant"]


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    """A file that takes seconds to read: 3,000,000 lines of CSV."""
    file = tmp_path_factory.mktemp("large") / "a.csv"
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"p": rng.uniform(size=50_000).round(6), "y": 1, "g": "some group"})
    table.loc[::3, "y"] = 0
    text = table.to_csv(index=False, header=False)
    with file.open("w") as out:
        out.write("p,y,g\n")
        for _ in range(60):
            out.write(text)
    return file


def start(folder, *options: object) -> subprocess.Popen[str]:
    command = [*SEXTANT, "check", str(folder.contract), *map(str, options)]
    return subprocess.Popen(command, stdout=-1, stderr=-1, text=True)


def scanning(process: subprocess.Popen[str], file: Path) -> None:
    """Wait until the process has had the file open for some of the processor's time."""
    opened: float | None = None
    for _ in range(1200):
        if opened is None and reads(process.pid, file):
            opened = worked(process.pid)
        if opened is not None and worked(process.pid) > opened + 0.3:
            return
        time.sleep(0.05)
    raise AssertionError("the scan did not start")


def worked(pid: int) -> float:
    """Seconds of the processor that it has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def reads(pid: int, file: Path) -> bool:
    """Whether it has the file open at this moment."""
    links = Path(f"/proc/{pid}/fd").glob("*")
    return any(os.path.realpath(link) == str(file.resolve()) for link in links)


def test_an_interrupt_leaves_nothing(folder, large: Path) -> None:
    folder.write("auc >= 0.9", source=str(large))
    before = sorted(folder.path.iterdir())
    process = start(folder, "--html", folder.path / "report.html")
    scanning(process, large)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, err) == ("", "Interrupted: nothing was recorded and no look was counted.\n")
    assert sorted(folder.path.iterdir()) == before


def test_a_kill_leaves_nothing_that_hinders_the_next_run(folder, rows, large: Path) -> None:
    folder.write("auc >= 0.9", source=str(large))
    process = start(folder, "--html", folder.path / "report.html")
    scanning(process, large)
    process.kill()
    process.communicate(timeout=30)
    assert sorted(one.name for one in folder.path.iterdir()) == ["contract.yaml"]
    folder.data(rows)
    folder.write()
    assert folder.answer()[1]["contract"]["look"] == 1


def test_an_interrupt_before_the_command_has_started_is_no_verdict(met, monkeypatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sextant.cli.check.unwritable", stop)
    found = met.check("--html", met.path / "a.html")
    assert found.exit_code == 130
    assert "Interrupted" in found.stderr


def test_a_fault_of_the_program_is_no_verdict(met) -> None:
    """A crash must not end with 1, which says *missed*."""
    script = (
        "import sys; from sextant import api; from sextant.cli.main import main\n"
        "def broken(*a, **k): raise RuntimeError('a fault')\n"
        "api.check = broken; main(prog_name='sextant')"
    )
    command = [sys.executable, "-c", script, "check", str(met.contract)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 70
    assert "RuntimeError: a fault" in found.stderr
    assert found.stderr.endswith("This is a fault in Sextant and no verdict. Please report it.\n")


def test_runs_at_the_same_time_count_every_look_once(folder, rows) -> None:
    """Four growing tables, each a new look at the last; and the same table four times."""
    for at in range(1, 5):
        folder.data(pd.concat([rows] + [rows.assign(p=0.1 * at)] * at), f"{at}.parquet")
    folder.write()
    processes = [start(folder, "--json", "--data", folder.path / "1.parquet") for _ in range(4)]
    looks = [json.loads(one.communicate(timeout=60)[0])["contract"]["look"] for one in processes]
    assert looks == [1, 1, 1, 1]
    held = json.loads(folder.ledger.read_text())
    assert [len(series["looks"]) for series in held["series"]] == [1]
    different = [start(folder, "--json", "--data", folder.path / f"{n}.parquet") for n in (2, 3, 4)]
    for one in different:
        assert json.loads(one.communicate(timeout=60)[0])["contract"]["look"] >= 1
    held = json.loads(folder.ledger.read_text())
    snapshots = [look["snapshot"] for series in held["series"] for look in series["looks"]]
    assert len(set(snapshots)) == len(snapshots) == 4
    assert [one.name for one in folder.path.glob("*.part")] == []


def as_reader(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run without the right of root to write everywhere."""
    mortal = ["setpriv", "--bounding-set", "-dac_override"] if os.getuid() == 0 else []
    command = [*mortal, *SEXTANT, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def read_only(met):
    """The folder of a contract that may be read only."""
    met.path.chmod(0o555)
    yield met
    met.path.chmod(0o755)


def test_a_folder_that_cannot_be_written_to(read_only) -> None:
    found = as_reader("check", read_only.contract, "--json")
    assert found.returncode == 2
    (problem,) = json.loads(found.stdout)["error"]["problems"]
    assert "The looks cannot be counted in contract.looks.json (Permission denied)." in problem
    assert "--look N" in problem
    own = as_reader("check", read_only.contract, "--json", "--look", 1)
    assert (own.returncode, json.loads(own.stdout)["verdict"]) == (0, "met")


def test_other_files_that_cannot_be_written_there(read_only) -> None:
    page = as_reader("check", read_only.contract, "--look", 1, "--html", read_only.path / "a.html")
    assert (page.returncode, page.stdout) == (2, "")
    assert "cannot be written to" in page.stderr
    data = read_only.path / "a.parquet"
    draft = as_reader("init", data, "-o", read_only.path / "new.yaml")
    assert (draft.returncode, "cannot be written to" in draft.stderr) == (2, True)
    signed = as_reader("lock", read_only.contract)
    assert signed.returncode == 2
    assert "cannot be written: Permission denied" in signed.stderr
