"""Lock a contract: write its digest into the file, and leave every other character as it is."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sextant.contracts.file.document import parse_document, read_text
from sextant.contracts.file.draft import unwritten
from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.normal_form import digest
from sextant.contracts.problems import ContractError, Problem

if TYPE_CHECKING:
    from datetime import date

    from sextant.contracts.file.node import Node
    from sextant.contracts.file.reading import Catalogue

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
EMPTY_LOCK = re.compile(r"""["']?locked["']?[ \t]*:[ \t]*(null\b|Null\b|NULL\b|~)?""")


def lock_file(
    path: Path | str, today: date, by: str = "", *, catalogue: Catalogue | None = None
) -> str:
    """Lock the contract in `path` and return its digest.

    The key `locked` (digest, day, and who signed) is added at the end, or filled in where it was
    left empty; comments, order and spacing stay. A contract that is locked already keeps its first
    lock. Raises `ContractError` where it has problems, was edited under its lock, or cannot be
    written.
    """
    file = Path(path).resolve()
    before = read_text(file)
    contract = contract_from_text(before, file, catalogue=catalogue)
    if contract.locked:
        return contract.locked
    if missing := unwritten(contract):
        raise ContractError([Problem(str(file), missing, "Write it, then lock.")])
    signed = digest(contract, catalogue)
    after = with_lock(before, signed, today, by)
    if contract_from_text(after, file, catalogue=catalogue).locked != signed:
        raise ContractError(
            [Problem(str(file), "There is no place for the lock.", "Write one key a line.")]
        )
    try:
        _write(file, after)
    except OSError as error:
        what = f"The lock cannot be written: {error.strerror}."
        raise ContractError([Problem(str(file), what, "Make file and folder writable.")]) from None
    return signed


def with_lock(text: str, signed: str, today: date, by: str = "") -> str:
    """The text of a contract with its lock, every other character unchanged."""
    root = parse_document(text)
    fields = {"digest": signed, "on": today.isoformat(), "by": " ".join(by.split())}
    written = {key: json.dumps(value, ensure_ascii=False) for key, value in fields.items() if value}
    in_braces = "{" + ", ".join(f'"{key}": {value}' for key, value in written.items()) + "}"
    for key, held in root.entries:
        if key.raw == "locked" and held.empty:
            at = key.span[0]
            return text[:at] + EMPTY_LOCK.sub(
                lambda _: f'"locked": {in_braces}', text[at:], count=1
            )
    if root.flow:
        at = root.span[0] + 1
        return f'{text[:at]}"locked": {in_braces}, {text[at:]}'
    return _appended(text, root, written)


def _appended(text: str, root: Node, written: dict[str, str]) -> str:
    """The lock as the last key, on lines of its own, as far in as the other keys."""
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = " " * (root.column - 1)
    lines = [f"{indent}locked:", *(f"{indent}  {key}: {value}" for key, value in written.items())]
    at = root.span[1]
    start = text.rfind("\n", 0, at) + 1
    if not text[start:at].strip():
        at = start
    head = text[:at]
    joint = "" if head.endswith("\n") else newline
    return head + joint + newline.join(lines) + newline + text[at:]


def _write(file: Path, text: str) -> None:
    """Replace the file in one step, so that an interruption leaves the old or the new one."""
    marked = file.read_bytes().startswith(BYTE_ORDER_MARK)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write((BYTE_ORDER_MARK if marked else b"") + text.encode())
            out.flush()
            os.fsync(out.fileno())
        shutil.copymode(file, fresh)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
