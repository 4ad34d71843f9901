"""A locked contract keeps its comments, is read again, and may not be edited."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sextant.contracts.file.lock import lock_file
from sextant.contracts.file.reading import contract_from_text, read_contract
from sextant.contracts.normal_form import digest
from sextant.contracts.problems import ContractError

DAY = date(2027, 1, 5)


def test_the_lock_is_added_and_nothing_else_changes(
    employment: str, write: Callable[[str], Path]
) -> None:
    path = write(employment)
    signed = lock_file(path, DAY, by='Zoë "Z" Doe')
    assert path.read_text(encoding="utf-8") == (
        employment + f'locked:\n  digest: "{signed}"\n  on: "2027-01-05"\n  by: "Zoë \\"Z\\" Doe"\n'
    )
    contract = read_contract(path)
    assert contract.locked == signed == digest(contract)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.rstrip("\n"),
        lambda text: text + "\n# the end\n",
        lambda text: text + "# the end",
        lambda text: text + "...\n",
        lambda text: "---\n" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "".join(f"  {line}\n" for line in text.splitlines()),
        lambda text: text + "locked:\n",
        lambda text: "locked: null # not yet\n" + text,
        lambda text: text + "model: |\n  v1\n\n",
        lambda text: "\N{BYTE ORDER MARK}" + text,
        lambda text: (
            '{"product": "a", "outcome": "b", "task": "binary", "data": {"source": "s", '
            '"label": "y", "score": "p"}, "criteria": ["auc >= 0.8"]}'
        ),
    ],
)
def test_every_form_of_file_can_be_locked(
    employment: str, write: Callable[[str], Path], change: Callable[[str], str]
) -> None:
    path = write(change(employment))
    before = path.read_bytes()
    signed = lock_file(path, DAY, by="Ada")
    assert read_contract(path).locked == signed
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\r\n") in (0, after.count(b"\n"))
    kept = [line for line in before.splitlines() if b"#" in line and b"not yet" not in line]
    assert all(line in after for line in kept)


def test_a_second_lock_changes_nothing(employment: str, write: Callable[[str], Path]) -> None:
    path = write(employment)
    first = lock_file(path, DAY, by="Ada")
    before = path.read_bytes()
    assert lock_file(path, date(2028, 1, 1), by="Bob") == first
    assert path.read_bytes() == before


def test_an_edited_contract_is_refused(employment: str, write: Callable[[str], Path]) -> None:
    path = write(employment)
    signed = lock_file(path, DAY)
    text = path.read_text(encoding="utf-8").replace("recall >= 0.80", "recall >= 0.75")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContractError) as caught:
        read_contract(path)
    (problem,) = caught.value.problems
    assert problem.where == "line 25, column 3"
    now = digest(contract_from_text(text[: text.index("locked:")]))
    assert problem.what == f"The contract was locked as {signed}; it now reads {now}."
    assert problem.remedy.startswith("A locked contract may not be edited")
    assert "supersede it" in problem.remedy


def test_a_refused_contract_cannot_be_locked_again(
    employment: str, write: Callable[[str], Path]
) -> None:
    path = write(employment)
    lock_file(path, DAY)
    text = path.read_text(encoding="utf-8").replace("recall >= 0.80", "recall >= 0.75")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContractError, match="was locked as"):
        lock_file(path, DAY)
    assert path.read_text(encoding="utf-8") == text


def test_prose_may_still_be_mended(employment: str, write: Callable[[str], Path]) -> None:
    path = write(employment)
    signed = lock_file(path, DAY)
    text = path.read_text(encoding="utf-8").replace("Employment pre-screen", "Pre-screen")
    path.write_text(text, encoding="utf-8")
    assert read_contract(path).locked == signed


def test_a_bare_digest_is_a_lock_too(employment: str) -> None:
    signed = digest(contract_from_text(employment))
    assert contract_from_text(employment + f"locked: {signed}\n").locked == signed


def test_a_contract_with_problems_cannot_be_locked(
    employment: str, write: Callable[[str], Path]
) -> None:
    broken = employment.replace("auc >=", "acu >=")
    path = write(broken)
    with pytest.raises(ContractError, match="Metric 'acu' is not known"):
        lock_file(path, DAY)
    assert path.read_text(encoding="utf-8") == broken


def test_a_lock_that_cannot_be_written_says_so(
    employment: str, write: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    path = write(employment)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ContractError, match="cannot be written: No space left on device"):
        lock_file(path, DAY)
    assert path.read_text(encoding="utf-8") == employment
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_nothing_else_is_left_in_the_folder(employment: str, write: Callable[[str], Path]) -> None:
    path = write(employment)
    path.chmod(0o640)
    lock_file(path, DAY)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o640
