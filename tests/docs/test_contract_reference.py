"""The contract reference is true: its examples are read, its messages are those one gets."""

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from sextant.cli import lock
from sextant.contracts.file import criteria, reading, sections
from sextant.contracts.file.lock import lock_file
from sextant.contracts.grammar import Setting, parse_criterion
from sextant.contracts.model import Contract, Segment
from sextant.contracts.problems import ContractError

PAGE = (Path(__file__).parent.parent.parent / "docs" / "contract.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOP_KEY = re.compile(r"^(?=\w+:)", re.MULTILINE)
SETTING = Setting(
    segments={
        "sex": Segment("sex", "SEX"),
        "age": Segment("age", "AGEP", bands=(16, 25, 45, 65)),
        "race": Segment("race", "RAC1P"),
        "region": Segment("region", "REGION"),
        "policy": Segment("policy", "policy"),
    }
)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCK.findall(PAGE) if name == language]


def table(heading: str) -> list[list[str]]:
    """The cells of the table whose first header is `heading`, without the code marks."""
    start = PAGE.index(f"| {heading} |")
    rows = PAGE[start:].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in rows]


def sections_of(text: str) -> dict[str, str]:
    return {part.split(":")[0]: part for part in TOP_KEY.split(text) if part}


def contract(block: str) -> Contract:
    """The contract of a block; one that shows some keys only is filled up from the first."""
    whole = sections_of(blocks("yaml")[0]) | sections_of(block)
    return reading.contract_from_text("".join(whole.values()))


@pytest.mark.parametrize("block", blocks("yaml"))
def test_every_contract_is_read(block: str) -> None:
    assert contract(block).criteria


def test_the_first_contract_is_whole() -> None:
    whole = reading.contract_from_text(blocks("yaml")[0])
    assert [one.id for one in whole.criteria][-1] == "fast"
    assert whole.criteria[-1].text == "quantile(latency_ms, q=0.95) <= 300 with 99% confidence"


LINES = [line for block in blocks("criterion") for line in block.splitlines()]


@pytest.mark.parametrize("line", LINES)
def test_every_criterion_is_read(line: str) -> None:
    assert parse_criterion(line, SETTING).written == line


@pytest.mark.parametrize(("written", "message"), table("you write"))
def test_every_message_is_the_one_shown(written: str, message: str) -> None:
    with pytest.raises(ContractError) as caught:
        parse_criterion(written, SETTING)
    (problem,) = caught.value.problems
    assert f"{problem.what} {problem.remedy}" == message


@pytest.mark.parametrize(("one", "other"), table("one spelling"))
def test_both_spellings_are_one_promise(one: str, other: str) -> None:
    assert parse_criterion(one, SETTING).text == parse_criterion(other, SETTING).text


@pytest.mark.parametrize(
    "key",
    [
        *reading.KEYS,
        *sections.DATA_KEYS,
        *sections.SEGMENT_KEYS,
        *sections.COST_KINDS,
        "currency",
        *criteria.KEYS,
    ],
)
def test_every_key_is_explained(key: str) -> None:
    assert re.search(rf"^\| `{key}` \|", PAGE, re.MULTILINE)


def test_every_task_and_role_is_named() -> None:
    for word in (*reading.TASKS, *criteria.ROLES):
        assert f"`{word}`" in PAGE


def test_the_lock_is_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "contract.yaml"
    path.write_text(blocks("yaml")[0], encoding="utf-8")
    shown, mapping = blocks("python")
    exec(compile(shown, "docs/contract.md", "exec"), {})
    locked = reading.read_contract(path)
    assert locked.locked == lock_file(path, date(2028, 1, 1))
    exec(compile(mapping, "docs/contract.md", "exec"), {})


def test_the_command_is_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "contract.yaml"
    path.write_text(blocks("yaml")[0], encoding="utf-8")
    (shown,) = blocks("sh")
    name, subcommand, *arguments = shlex.split(shown)
    assert (name, subcommand) == ("sextant", lock.command.name)
    answer = CliRunner().invoke(lock.command, arguments)
    assert answer.exit_code == 0, answer.output
    assert reading.read_contract(path).locked in answer.output
