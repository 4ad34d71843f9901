"""What lands where: the answer on standard output, the rest on standard error, at any width."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

SEXTANT = [sys.executable, "-m", "sextant"]


def sextant(*arguments: object, **more) -> subprocess.CompletedProcess[str]:
    command = [*SEXTANT, *map(str, arguments)]
    more = {"capture_output": True, "text": True} | more
    return subprocess.run(command, check=False, timeout=60, **more)


def environment(**changes: str) -> dict[str, str]:
    return os.environ | changes


def test_json_is_one_object_and_nothing_else(met) -> None:
    found = sextant("check", met.contract, "--json")
    assert found.returncode == 0
    answer, end = json.JSONDecoder().raw_decode(found.stdout)
    assert (answer["verdict"], found.stdout[end:], found.stderr) == ("met", "\n", "")
    again = sextant("check", met.contract, "--json")
    assert json.loads(again.stdout) == answer


@pytest.mark.parametrize(
    ("criterion", "status", "verdict"),
    [
        ("recall >= 0.3", 0, "met"),
        ("recall >= 0.99", 1, "missed"),
        ("recall >= 0.74", 3, "undecided"),
    ],
)
def test_the_exit_status_says_the_verdict_in_every_form(met, criterion, status, verdict) -> None:
    met.write(criterion)
    for form in ("--json", "--markdown", "--junit", "--quiet"):
        assert met.check(form).exit_code == status
    assert met.answer()[1]["verdict"] == verdict


def test_junit_is_xml_and_markdown_is_a_table(met) -> None:
    assert ET.fromstring(met.check("--junit").stdout).tag in {"testsuite", "testsuites"}
    assert "|---" in met.check("--markdown").stdout.replace(" ", "")


@pytest.mark.parametrize("width", ["0", "1", "20", "40", "79", "500", "-5", "wide"])
def test_any_width_of_terminal(met, monkeypatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    met.write("recall >= 0.3 in every g", segments={"g": "g"})
    shown = met.check()
    assert shown.exit_code == 0
    assert "met" in shown.stdout
    if width in {"20", "40", "79"}:
        assert max(map(len, shown.stdout.splitlines())) <= max(int(width), 20)


def test_no_colour_when_piped(met) -> None:
    assert "\x1b" not in sextant("check", met.contract, env=environment(FORCE_COLOR="1")).stdout


def test_a_terminal_that_knows_few_characters(met) -> None:
    """Shapes become question marks; the JSON object keeps every character as an escape."""
    met.write("recall >= 0.3 in every g", segments={"g": {"column": "g", "labels": {"a": "é≥"}}})
    west = {"env": environment(PYTHONIOENCODING="latin-1"), "encoding": "latin-1"}
    shown = sextant("check", met.contract, **west)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "? é?" in shown.stdout
    told = sextant("check", met.contract, "--json", **west)
    assert told.stdout.isascii()
    names = {row["segment"]["g"] for row in json.loads(told.stdout)["results"]}
    assert names == {"é≥", "b"}


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_reader_that_is_gone_changes_nothing(met, options) -> None:
    """As `sextant check … | head -1` with the pipe closed before a word was written."""
    met.write("recall >= 0.99")
    read, write = os.pipe()
    os.close(read)
    found = sextant("check", met.contract, *options, stdout=write, stderr=-1, capture_output=False)
    os.close(write)
    assert (found.returncode, found.stderr) == (1, "")


def test_head_takes_the_first_line(met) -> None:
    command = f"set -o pipefail; {' '.join(SEXTANT)} check {met.contract} --json | head -1"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout, found.stderr) == (0, "{\n", "")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_streams_that_were_closed_at_the_start(met, closed: str) -> None:
    command = f"{' '.join(SEXTANT)} check {met.contract} {closed}"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_a_full_disk_is_said_and_is_no_verdict(met, monkeypatch) -> None:
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # Python itself writes at its end, too
    with Path("/dev/full").open("w") as full:
        found = sextant("check", met.contract, stdout=full, stderr=-1, capture_output=False)
    assert found.returncode == 74
    assert found.stderr == "The answer cannot be written: No space left on device.\n"


def test_a_report_page_is_written_beside_the_answer(met) -> None:
    page = met.path / "report.html"
    found = met.check("--html", page)
    assert (found.exit_code, found.stderr) == (0, f"Report: {page}\n")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [one.name for one in met.path.glob("*.part")] == []


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("none/report.html", "There is no folder"),
        (".", "is a folder. Name a file in it."),
        ("a.parquet/report.html", "There is no folder"),
        ("x" * 300 + ".html", "File name too long"),
    ],
)
def test_a_report_that_cannot_be_written(met, page: str, said: str) -> None:
    status, answer, _ = met.answer("--html", met.path / page)
    assert status == 2
    assert said in answer["error"]["problems"][0]
    assert [one.name for one in met.path.glob("*.part")] == []
    if "too long" not in said:
        assert not met.ledger.exists()


def test_progress_is_shown_on_a_terminal_only(met) -> None:
    from sextant.cli.answering import Progress

    class Terminal:
        def __init__(self, is_one: bool) -> None:
            self.is_one, self.text = is_one, ""

        def isatty(self) -> bool:
            return self.is_one

        def write(self, text: str) -> None:
            self.text += text

        def flush(self) -> None:
            pass

    shown, piped = Terminal(True), Terminal(False)
    for stream in (shown, piped):
        progress = Progress("Reading", stream)
        progress(0.5)
        progress(1.0)
        progress.clear()
    assert shown.text.startswith("\rReading ██████████··········  50%")
    assert shown.text.endswith("\r")
    assert piped.text == ""
