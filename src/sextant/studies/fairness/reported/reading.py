"""A report of groups from CSV, JSON or a frame: which columns group, which are counted."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from sextant.engines.errors import SourceError
from sextant.studies.fairness.reported.figures import (
    COUNTS,
    ROUNDING,
    Line,
    Report,
    known,
    slack_of,
)

MOST_BYTES, MOST_LINES = 1_000_000, 2_000
LARGEST = 1e15
"""Beyond it counts are no whole numbers of a double."""
Table = list[dict[str, str]]


def of_text(text: str, name: str, by: Sequence[str] = ()) -> Report:
    """A report from CSV or JSON text. Raises `SourceError` with every problem."""
    if len(text) > MOST_BYTES:
        raise SourceError([f"{name} is longer than {MOST_BYTES:,} characters: it is no report."])
    start = text.lstrip("\ufeff \t\r\n")[:1]
    table = _of_json(text, name) if start in {"{", "["} else _of_csv(text, name)
    return report_of(table, name, by)


def of_frame(frame: Any, name: str, by: Sequence[str] = ()) -> Report:
    """A report from a pandas frame, such as `by_group`: its index or first columns group."""
    names = [one for one in frame.index.names if one is not None]
    if names:
        held = frame.reset_index()
    elif str(frame.index.dtype) in {"object", "str", "string", "category"}:
        held = frame.rename_axis("group").reset_index()
    else:
        held = frame
    table = [
        {str(column): _plain(cell) for column, cell in row.items()}
        for row in held.to_dict(orient="records")
    ]
    return report_of(table, name, by, exact=True)


def _plain(cell: Any) -> str:
    return "" if cell is None or cell != cell else str(cell)


def report_of(table: Table, name: str, by: Sequence[str] = (), exact: bool = False) -> Report:
    """The report of a table whose cells are texts. Raises `SourceError` with every problem."""
    if not table:
        raise SourceError([f"{name} has no line. Write one for each group."])
    if len(table) > MOST_LINES:
        raise SourceError(
            [f"{name} has {len(table):,} lines; a report has {MOST_LINES:,} at most."]
        )
    columns = list(dict.fromkeys(column for row in table for column in row))
    groups = _groups(columns, table, name, by)
    named: dict[str, str] = {}
    problems = []
    for column in columns:
        if column in groups or not (one := known(column)):
            continue
        if one in named:
            problems.append(f"{name}: '{named[one]}' and '{column}' are both {one}. Drop one.")
        named.setdefault(one, column)
    if not named:
        problems.append(
            f"{name} has no column that is known. Write {', '.join(COUNTS)}, or rates such as "
            "selection_rate and true_positive_rate."
        )
    lines: list[Line] = []
    for row in table:
        values = tuple(row.get(one, "").strip() for one in groups)
        lines.append(Line(values, _said(row, named, " × ".join(values), problems)))
    doubled = {
        one.name for at, one in enumerate(lines) if one.values in [o.values for o in lines[:at]]
    }
    problems += [
        f"{name}: '{one}' stands more than once. Add its lines up." for one in sorted(doubled)
    ]
    if problems:
        raise SourceError(problems)
    rates = [row.get(at, "") for one, at in named.items() if one not in COUNTS for row in table]
    slack = ROUNDING if exact else slack_of([one for one in rates if one])
    left = [one for one in columns if one not in groups and one not in named.values()]
    return Report(tuple(groups), tuple(lines), slack, tuple(left))


def _groups(columns: list[str], table: Table, name: str, by: Sequence[str]) -> list[str]:
    """The columns that group: those that are named, else all before the first that is known."""
    if by:
        if missing := [one for one in by if one not in columns]:
            has = ", ".join(columns[:8])
            raise SourceError([f"Column '{missing[0]}' is not in {name}. It has {has}."])
        return list(by)
    found = []
    for column in columns:
        if known(column):
            break
        found.append(column)
    if not found:
        raise SourceError([f"{name} begins with no column of groups. Name it: --by sex."])
    for column in found:
        if all(_fraction(row.get(column, "")) for row in table):
            what = f"{name}: '{column}' holds fractions and would be the groups."
            raise SourceError([f"{what} Say which columns are: --by sex."])
    return found


def _fraction(written: str) -> bool:
    try:
        return not float(written).is_integer()
    except (ValueError, OverflowError):
        return False


def _said(
    row: Mapping[str, str], named: Mapping[str, str], group: str, problems: list[str]
) -> dict[str, float]:
    """The numbers of a line; a rate that is empty or NaN is left out: nothing to share."""
    found: dict[str, float] = {}
    for one, column in named.items():
        written = row.get(column, "").strip()
        try:
            value = float(written) if written else math.nan
        except ValueError:
            problems.append(f"{group}: {column} '{written[:40]}' is no number.")
            continue
        if one in COUNTS:
            if not (0 <= value <= LARGEST and value.is_integer()):
                shown = written[:40] or "nothing"
                problems.append(f"{group}: {column} is {shown}; it must be a whole number from 0.")
                continue
        elif math.isnan(value):
            continue
        elif not 0 <= value <= 1:
            problems.append(f"{group}: {column} is {written[:40]}; it must lie between 0 and 1.")
            continue
        found[one] = value
    return found


def _of_csv(text: str, name: str) -> Table:
    lines = text.lstrip("\ufeff").splitlines()
    first = lines[0] if lines else ""
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [
            row
            for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter, strict=True)
            if row
        ]
    except csv.Error as error:
        raise SourceError([f"{name} cannot be read as CSV: {error}. Write it again."]) from None
    if len(rows) < 2:
        raise SourceError([f"{name} has no line. Write a header, and one line for each group."])
    header = [one.strip() for one in rows[0]]
    if len(set(header)) < len(header):
        raise SourceError([f"{name} names a column twice. Rename one."])
    if wrong := [at for at, row in enumerate(rows[1:], 2) if len(row) != len(header)]:
        raise SourceError([f"{name}: line {wrong[0]} has another number of cells than the header."])
    return [dict(zip(header, row, strict=True)) for row in rows[1:]]


def _of_json(text: str, name: str) -> Table:
    """Records, pandas' `split`, a column's groups or a group's columns. Numbers stay as written."""
    try:
        held = json.loads(text, parse_float=str, parse_int=str, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise SourceError(
            [f"{name} cannot be read as JSON: {error!s:.120}. Write it again."]
        ) from None
    rows: Any = None
    if isinstance(held, list):
        rows = held
    elif isinstance(held, dict) and {"columns", "index", "data"} <= set(held):
        rows = _split(held)
    elif isinstance(held, dict) and held and all(isinstance(one, dict) for one in held.values()):
        if any(known(str(one)) for one in held):
            groups = dict.fromkeys(group for column in held.values() for group in column)
            held = {
                group: {column: cells.get(group) for column, cells in held.items()}
                for group in groups
            }
        rows = [{"group": group, **line} for group, line in held.items()]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        what = f"{name} is JSON, but no table of groups."
        raise SourceError([f'{what} Write [{{"sex": "women", "tp": 40, …}}, …].'])
    return [{str(key): _cell(cell) for key, cell in row.items()} for row in rows]


def _constant(written: str) -> str:
    return "" if written == "NaN" else written


def _cell(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else str(cell)


def _split(held: Mapping[str, Any]) -> Any:
    columns, index, data = held["columns"], held["index"], held["data"]
    if not all(isinstance(one, list) for one in (columns, index, data)) or len(index) != len(data):
        return None
    if not all(isinstance(row, list) and len(row) == len(columns) for row in data):
        return None
    return [
        {"group": " × ".join(map(str, at)) if isinstance(at, list) else at,
         **dict(zip(map(str, columns), row, strict=True))}
        for at, row in zip(index, data, strict=True)
    ]  # fmt: skip
