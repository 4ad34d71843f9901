"""The other commands: help, metrics, lock, completion, and names that are nearly right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from sextant.cli.main import main
from sextant.metrics.catalogue import CATALOGUE

SEXTANT = Path(sys.executable).with_name("sextant")
COMMANDS = ("check", "init", "lock", "metrics", "completion")


def test_help_names_every_command_and_the_exit_statuses(invoke) -> None:
    shown = invoke("--help").stdout
    assert all(f"\n  {name} " in shown for name in COMMANDS)
    assert "0 met, 1 missed, 3 undecided, 2 unusable input" in " ".join(shown.split())
    assert "0 met, 1 missed, 3 undecided, 2 unusable" in " ".join(
        invoke("check", "--help").stdout.split()
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(invoke, name: str) -> None:
    for option in ("-h", "--help"):
        found = invoke(name, option)
        assert found.exit_code == 0
        assert found.stdout.startswith(f"Usage: sextant {name}") or "Usage: main" in found.stdout


@pytest.mark.parametrize(
    ("written", "meant"), [("chekc", "check"), ("innit", "init"), ("metric", "metrics")]
)
def test_an_unknown_command_suggests_the_nearest(invoke, written: str, meant: str) -> None:
    found = invoke(written)
    assert (found.exit_code, found.stdout) == (2, "")
    assert f"There is no command '{written}'. Did you mean '{meant}'?" in found.stderr


def test_a_command_that_is_like_no_other(invoke) -> None:
    found = invoke("xyzzy")
    assert (found.exit_code, "Did you mean" in found.stderr) == (2, False)


@pytest.mark.parametrize("options", [["--look", "0"], ["--look", "soon"], ["--nope"], []])
def test_options_that_are_none_exit_with_2(met, invoke, options) -> None:
    arguments = ["check", met.contract, *options] if options else ["check"]
    assert invoke(*arguments).exit_code == 2


def test_the_command_and_the_module_are_the_same() -> None:
    for command in ([SEXTANT], [sys.executable, "-m", "sextant"]):
        found = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert found.stdout == f"sextant, version {version('sextant')}\n"


def test_metrics_as_a_list_as_objects_and_as_a_page(invoke) -> None:
    lines = invoke("metrics").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(CATALOGUE)
    held = json.loads(invoke("metrics", "--json").stdout)
    assert [one["name"] for one in held] == list(CATALOGUE)
    assert all(one["formula"] and one["interval"] and one["domain"] for one in held)
    page = invoke("metrics", "--markdown").stdout
    assert page.startswith("# Metrics\n")
    assert all(f"### `{name}" in page for name in CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_one_metric_is_explained(invoke, name: str) -> None:
    shown = invoke("metrics", name).stdout
    assert shown.startswith(name)
    assert CATALOGUE[name].formula in shown
    (held,) = json.loads(invoke("metrics", name, "--json").stdout)
    assert held["name"] == name


def test_an_unknown_metric_suggests_the_nearest(invoke) -> None:
    found = invoke("metrics", "recal")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == "Metric 'recal' is not known. Did you mean 'recall'?\n"


def test_a_locked_contract_runs_and_an_edited_one_is_refused(met, invoke) -> None:
    locked = invoke("lock", met.contract, "--by", "Ada")
    digest = locked.stdout.split()[-1]
    assert (locked.exit_code, digest.startswith("sha256:")) == (0, True)
    text = met.contract.read_text()
    assert digest in text
    assert "Ada" in text
    status, answer, _ = met.answer()
    assert (status, answer["contract"]["digest"]) == (0, digest)
    assert invoke("lock", met.contract).stdout.split()[-1] == digest
    met.contract.write_text(text.replace("recall >= 0.3", "recall >= 0.2"))
    for command in ("check", "lock"):
        refused = invoke(command, met.contract)
        assert refused.exit_code == 2
        assert "locked" in refused.stderr
    met.contract.write_text(text.replace('"Halve it by 2027"', '"Halve it by 2028"'))
    assert met.check().exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_for_every_shell(invoke, shell: str) -> None:
    found = invoke("completion", shell)
    assert found.exit_code == 0
    assert "_SEXTANT_COMPLETE" in found.stdout
    assert f"{shell}_complete" in found.stdout


def test_an_unknown_shell(invoke) -> None:
    found = invoke("completion", "tcsh")
    assert (found.exit_code, "bash" in found.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("sextant ch", ["check"]),
        ("sextant ", main.list_commands(click.Context(main))),
        ("sextant metrics --m", ["--markdown"]),
        ("sextant check --jun", ["--junit"]),
        ("sextant check --audience ex", ["executive"]),
        ("sextant completion z", ["zsh"]),
    ],
)
def test_bash_completes(words: str, expected: list[str]) -> None:
    """The script is sourced in a real bash, and asked what it would offer."""
    script = (
        f'eval "$({SEXTANT} completion bash)"\n'
        f"COMP_WORDS=({words}{' ' * words.endswith(' ')}"
        f"{repr('') if words.endswith(' ') else ''}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n"
        '_sextant_completion sextant; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    path = f"{SEXTANT.parent}:{os.environ['PATH']}"
    found = subprocess.run(
        ["bash", "--norc", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PATH": path},
    )
    assert found.stdout.split() == expected
