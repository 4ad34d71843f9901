"""A file that is no contract, or means harm, is refused with its place and a remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sextant.contracts.file.reading import read_contract
from sextant.contracts.problems import ContractError

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"

CASES = [
    (b"", "contract: The file is empty."),
    (b"# only a comment\n", "contract: The file is empty."),
    (b"just words\n", "line 1, column 1: The contract must be a mapping of keys."),
    (b"- a\n- list\n", "line 1, column 1: The contract must be a mapping of keys."),
    (b"a" * 1_000_001, "It is larger than 1 MB. A contract is a page of YAML."),
    (b"product: caf\xe9\n", "line 1: This is not UTF-8 text. Save the file as UTF-8."),
    ("product: x".encode("utf-16"), "line 1: This is not UTF-8 text."),
    (b"product: a\0b\n", "special characters are not allowed"),
    (b'product: "\\ud800"\n', "line 1, column 10: The text holds a character that cannot be"),
    (BOMB.encode(), "line 1, column 4: Anchors (&) and aliases (*) are not allowed"),
    (b"a: *b\n", "line 1, column 4: Anchors (&) and aliases (*) are not allowed"),
    (b"a: !!python/object/apply:os.system [ls]\n", "line 1, column 4: Tags (!) are not allowed"),
    (b"product: !secret x\n", "line 1, column 10: Tags (!) are not allowed"),
    (b"[" * 100_000, "The contract holds too many values, or nests them too deeply."),
    (b"a: b\n" * 100_000, "The contract holds too many values, or nests them too deeply."),
    (b"data:\n\tsource: x\n", "line 2, column 1: This is not valid YAML: found character '\\t'"),
    (b"product: a: b\n", "line 1, column 11: This is not valid YAML: mapping values"),
    (b'product: "abc\n', "line 2, column 1: This is not valid YAML: found unexpected end"),
    (b"data: {source: x\n", "line 2, column 1: This is not valid YAML: expected ',' or '}'"),
    (b"product: @x\n", "line 1, column 10: This is not valid YAML: found character '@'"),
    (b"product: a\n---\nproduct: b\n", "line 2, column 1: A second document begins here."),
    (
        b"product: a\nproduct: b\n",
        "line 2, column 1: Key 'product' is given twice; first at line 1",
    ),
    (b"? [a]\n: b\n", "line 1, column 3: A key of the contract must be one word."),
    (b"schema: one\n", "line 1, column 9: 'schema' must be a whole number, not 'one'."),
]


@pytest.mark.parametrize(("data", "message"), CASES)
def test_refused(write: Callable[[bytes], Path], data: bytes, message: str) -> None:
    with pytest.raises(ContractError) as caught:
        read_contract(write(data))
    assert any(message in str(problem) for problem in caught.value.problems)
    assert all(problem.remedy for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.yaml", "There is no such file. Check the path."),
        (".", "This is a folder. Name the contract file in it."),
        ("x" * 5000, "It cannot be read: "),
        ("\0", "It cannot be read: the name is not valid."),
    ],
)
def test_no_file(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(ContractError) as caught:
        read_contract(tmp_path / name)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\N{BYTE ORDER MARK}" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "%YAML 1.1\n---\n" + text,
        lambda text: text + "...\n",
    ],
)
def test_harmless_differences(
    employment: str, write: Callable[[str], Path], change: Callable[[str], str]
) -> None:
    plain = read_contract(write(employment))
    assert read_contract(write(change(employment))) == plain
