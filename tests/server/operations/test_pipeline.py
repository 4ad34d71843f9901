"""A pipeline and a served installation: states are sent, a gate stops it, a folder comes back."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filled import copy
from serving import wait_for

SEXTANT = [sys.executable, "-m", "sextant"]
TOKEN = """
import django; django.setup()
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.actions import issue_token
from sextant_server.accounts.models import User
from sextant_server.accounts.scopes import NAMES
print(issue_token(Acting(user=User.objects.get(email="PERSON@example.org")), "ci", NAMES, 30)[1])
"""
DECIDE = """
import django; django.setup()
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.gates.actions import decide
from sextant_server.gates.models import Gate
ines = Acting(user=User.objects.get(email="ines@example.org"))
gate = Gate.objects.get(product__slug="front-page-recommender", state="open")
decide(ines, gate, "OUTCOME", "the season begins without it", (), gate.version)
"""


class Pipeline:
    """A served demonstration, and a shell with a token of one of its people."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        kept = {n: v for n, v in os.environ.items() if not n.startswith("SEXTANT_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        self.environ = kept
        self.server = {**kept, "SEXTANT_DATA": str(folder), "SEXTANT_URL": url,
                       "DATABASE_URL": "", "SEXTANT_LOG_LEVEL": "ERROR",
                       "DJANGO_SETTINGS_MODULE": "sextant_server.settings"}  # fmt: skip

    def inside(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.server, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def shell(self, person: str) -> dict[str, str]:
        token = self.inside(TOKEN.replace("PERSON", person))
        return {**self.environ, "SEXTANT_SERVER": self.url, "SEXTANT_TOKEN": token}

    def run(self, person: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*SEXTANT, *arguments], env=self.shell(person), capture_output=True, text=True
        )


@pytest.fixture(scope="module")
def pipeline(
    tmp_path_factory: pytest.TempPathFactory, demo: Path, filled_demo: Path
) -> Iterator[Pipeline]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("demo") / "installation"
    copy(filled_demo, folder)
    made = Pipeline(f"http://127.0.0.1:{port}", folder)
    command = [*SEXTANT, "demo", "--data", str(demo), "--folder", str(folder), "--port", str(port)]
    with (folder.parent / "log").open("wb") as log:
        served = subprocess.Popen(command, env=made.environ, stdout=log, stderr=log)
        try:
            wait_for(f"{made.url}/readyz", served, folder.parent / "log")
            yield made
        finally:
            served.terminate()
            served.wait(20)


def test_states_are_sent_and_judged_there(pipeline: Pipeline, demo: Path) -> None:
    contract = str(demo / "employment/contract.yaml")
    there = pipeline.run("tara", "check", contract, "--product", "employment-pre-screen",
                         "--server", pipeline.url, "--json")  # fmt: skip
    assert there.returncode == 1, there.stderr
    made = json.loads(there.stdout)
    here = subprocess.run(
        [*SEXTANT, "check", contract, "--look", "1", "--json"], env=pipeline.environ,
        capture_output=True, text=True,
    )  # fmt: skip
    own = json.loads(here.stdout)
    assert made["digest"] == own["contract"]["digest"]
    assert made["snapshot"] == own["data"]["snapshot"]
    verdicts = {one["id"]: one["verdict"] for one in made["record"]["criteria"]}
    assert verdicts == {one["id"]: one["verdict"] for one in own["criteria"]}
    said = pipeline.run("tara", "check", contract, "--product", "employment-pre-screen",
                        "--server", pipeline.url)  # fmt: skip
    assert f"Evidence {made['number']}: {pipeline.url}{made['page']}" in said.stdout


def test_a_pipeline_is_stopped_by_a_gate(pipeline: Pipeline) -> None:
    waits = pipeline.run("tara", "gate", "front-page-recommender")
    assert waits.returncode == 3
    assert "computed: undecided" in waits.stdout
    waiting = subprocess.Popen(
        [*SEXTANT, "gate", "front-page-recommender", "--wait", "60s"],
        env=pipeline.shell("tara"), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(1)
    pipeline.inside(DECIDE.replace("OUTCOME", "stop"))
    said, _ = waiting.communicate(timeout=30)
    assert waiting.returncode == 1
    assert "stop, to launch: Ines Ferreira" in said
    assert "the season begins without it" in said
    again = pipeline.run("tara", "gate", "front-page-recommender", "--note", "once more")
    assert again.returncode == 3
    assert "Gate 4 waits for a decision" in again.stdout


def test_a_folder_comes_back_as_it_went(pipeline: Pipeline, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert pipeline.run("ines", "export", "employment-pre-screen", "-o", str(one)).returncode == 0
    assert sorted(path.name for path in one.iterdir()) == [
        "contract.yaml", "product.yaml", "sources.yaml",
    ]  # fmt: skip
    assert pipeline.run("ines", "apply", str(one)).stdout == "Nothing changed.\n"
    product = one / "product.yaml"
    product.write_text(product.read_text().replace("target: 500", "target: 450.5"))
    changed = pipeline.run("ines", "apply", str(one))
    assert changed.stdout == "Changed target of product employment-pre-screen.\n"
    assert pipeline.run("ines", "apply", str(one)).stdout == "Nothing changed.\n"
    pipeline.run("ines", "export", "employment-pre-screen", "-o", str(two))
    for name in ("contract.yaml", "product.yaml", "sources.yaml"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    product.write_text(product.read_text().replace("slug: employment-pre-screen", "slug: copied"))
    made = pipeline.run("ines", "apply", str(one))
    assert made.returncode == 2, "the copy's draft names a source that it does not have"
    assert "Began product copied." in made.stdout
    assert "is no source of this product" in made.stderr
    assert "'predictions' is an upload. Upload its file" in made.stderr
    again = pipeline.run("ines", "apply", str(one))
    assert (again.returncode, again.stdout) == (2, "Nothing changed.\n")
    assert "is no source of this product" in again.stderr, "a second time it is as wrong"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gate", "nothing"], "There is no such thing"),
        (["gate", "front-page-recommender", "--wait", "soon"], "no length of time"),
        (["export", "nothing"], "There is no such thing"),
        (["check", "x.yaml", "--server", "http://example.org", "--product", "x"], "in the clear"),
        (["check", "x.yaml", "--server", "http://127.0.0.1:1"], "--product"),
    ],
)
def test_what_is_refused(pipeline: Pipeline, arguments: list[str], says: str) -> None:
    done = pipeline.run("tara", *arguments)
    assert (done.returncode, says in done.stderr) == (2, True), done.stderr


def test_without_a_token_nothing_is_said_to_a_server(pipeline: Pipeline) -> None:
    environ = {**pipeline.environ, "SEXTANT_SERVER": pipeline.url}
    done = subprocess.run([*SEXTANT, "gate", "x"], env=environ, capture_output=True, text=True)
    assert (done.returncode, "There is no token" in done.stderr) == (2, True)


def test_two_gigabytes_are_refused_before_they_are_read(pipeline: Pipeline) -> None:
    host, port = pipeline.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as talk:
        talk.sendall(
            b"POST /products/employment-pre-screen/sources/new/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 2147483648\r\n\r\n"
            b"--x\r\n"
        )
        answer = talk.recv(4096)
    assert b" 413 " in answer.split(b"\r\n")[0]


def test_the_worker_beside_the_server_ends_with_it(tmp_path: Path, filled_demo: Path) -> None:
    copy(filled_demo, tmp_path / "data")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {n: v for n, v in os.environ.items() if not n.startswith("SEXTANT_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    environ = {**kept, "SEXTANT_DATA": str(tmp_path / "data"), "DATABASE_URL": ""}
    serve = subprocess.Popen(
        [*SEXTANT, "serve", "--port", str(port)], env=environ, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        first = workers_of(serve.pid, 90)
        assert len(first) == 1
        os.kill(first[0], 9)
        again = workers_of(serve.pid, 30, other_than=first[0])
        assert len(again) == 1, "it is started again"
    finally:
        serve.terminate()
        serve.wait(60)
    assert not Path(f"/proc/{again[0]}").exists() or "Z" in stat_of(again[0])


def workers_of(pid: int, seconds: float, other_than: int = 0) -> list[int]:
    """The worker processes that a server has started."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = [
            int(path.name)
            for path in Path("/proc").iterdir()
            if path.name.isdigit() and is_worker_of(path, pid) and int(path.name) != other_than
        ]
        if found:
            return found
        time.sleep(0.2)
    return []


def is_worker_of(path: Path, pid: int) -> bool:
    try:
        command = (path / "cmdline").read_bytes()
        return b"\0worker" in command and stat_of(int(path.name)).split()[1] == str(pid)
    except OSError:
        return False


def stat_of(pid: int) -> str:
    """State and parent of a process: `S 123 …`."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].strip()
