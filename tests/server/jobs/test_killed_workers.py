"""A worker that is killed again and again in mid-run: every run leaves its evidence, exactly once.

SEXTANT_TEST_KILLS says how often; fifty, with forty runs, is the bar.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KILLS = int(os.environ.get("SEXTANT_TEST_KILLS", "8"))
RUNS = KILLS * 4 // 5
PREPARE = """
import django; django.setup()
from datetime import date
from pathlib import Path
from django.core.management import call_command
from django.db import transaction
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
"""
SLOW = """
from sextant_server.jobs.actions import start
with transaction.atomic():
    for number in range(40):
        start("slow", f"thing:{number}", None)
"""
EVALUATE = """
from sextant_server.accounts.acting import Acting
from sextant_server.demo import employment, people, telling
from sextant_server.evidence.actions import start_run
from sextant_server.products.actions import begin
users = people.let_in("seven quiet otters swim")
product = begin(Acting(user=users["ines"]), employment.ABOUT)
people.give_parts(product, users)
story, data = telling.Telling(product, users), Path("DEMO") / "employment"
source = story.upload("predictions", data / "predictions.parquet")
contract = story.contract(telling.text_for(data / "contract.yaml", source))
for number in range(RUNS):
    start_run(story.by("tara"), contract, source.versions.get(), model=f"version {number}")
"""
WORK = "import django; django.setup(); from sextant_server.jobs.worker import work; work()"
COUNT = """
import django; django.setup()
from sextant_server.audit.models import Entry
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.models import Job
jobs = Job.objects.filter(kind__in=["evidence.evaluate", "slow"])
print({state: jobs.filter(state=state).count() for state in jobs.values_list("state", flat=True)})
recorded = Entry.objects.filter(action="evidence.recorded").count()
runs = Evidence.objects.values_list("run", flat=True)
print(recorded, len(runs), len(set(runs)), max(jobs.values_list("attempts", flat=True)))
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    paths = [str(HERE), str(HERE.parent), os.environ.get("PYTHONPATH", "")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SEXTANT_")}
    return {
        **kept, "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "DJANGO_SETTINGS_MODULE": "killing_settings",
        "TEST_DATA": str(tmp_path),
        "SEXTANT_TEST_DATABASE_URL": f"sqlite:///{tmp_path}/killed.sqlite3",
    }  # fmt: skip


def python(code: str, environ: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def worker(environ: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WORK], env=environ, stderr=subprocess.DEVNULL)


def asked(environ: dict[str, str], question: str) -> int:
    """A number of the jobs, straight from the file."""
    with closing(sqlite3.connect(Path(environ["TEST_DATA"]) / "killed.sqlite3")) as database:
        return int(database.execute(f"SELECT {question} FROM jobs_job").fetchone()[0])


def open_jobs(environ: dict[str, str]) -> int:
    return asked(environ, "count(CASE WHEN state <> 'done' THEN 1 END)")


def wait_until_taken(environ: dict[str, str], before: int) -> None:
    """Until the worker has taken a job up, or nothing is left for it."""
    for _ in range(1_500):
        if asked(environ, "sum(attempts)") > before or not open_jobs(environ):
            return
        time.sleep(0.02)
    raise AssertionError("The worker took no job up in 30 seconds.")


def wait_for_work(environ: dict[str, str]) -> None:
    """Until the worker has done a job: it has begun, and there is more to do."""
    with closing(sqlite3.connect(Path(environ["TEST_DATA"]) / "killed.sqlite3")) as database:
        for _ in range(600):
            if database.execute("SELECT 1 FROM jobs_job WHERE state = 'done'").fetchone():
                return
            time.sleep(0.05)
    raise AssertionError("The worker did no job in 30 seconds.")


@pytest.mark.slow
def test_killed_in_mid_run(environ: dict[str, str], demo: Path) -> None:
    python(PREPARE + EVALUATE.replace("DEMO", str(demo)).replace("RUNS", str(RUNS)), environ)
    for kill in range(KILLS):
        before, one = asked(environ, "sum(attempts)"), worker(environ)
        wait_until_taken(environ, before)
        time.sleep(0.023 * (kill % 13))
        one.send_signal(signal.SIGKILL)
        assert one.wait() == -signal.SIGKILL
    last = worker(environ)
    try:
        for _ in range(600):
            if not open_jobs(environ):
                break
            time.sleep(0.1)
    finally:
        last.terminate()
        last.wait(20)
    said = python(COUNT, environ)
    states, counts = said.splitlines()
    assert states == f"{{'done': {RUNS}}}", said
    recorded, evidence, runs, attempts = map(int, counts.split())
    assert recorded == evidence == runs == RUNS
    assert attempts > 1, "no kill came in mid-run: it proves nothing"


def test_a_worker_that_is_asked_to_end_finishes_the_job_in_hand(environ: dict[str, str]) -> None:
    python(PREPARE + SLOW, environ)
    one = worker(environ)
    wait_for_work(environ)
    one.send_signal(signal.SIGTERM)
    assert one.wait(20) == 0
    said = python(COUNT, environ)
    assert "running" not in said, said
    assert "'done'" in said
