"""From the description of a stored tally and its states to the `Tally`; every value is checked."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from sextant.metrics.request_codec import answers, number, request_from, shown
from sextant.metrics.requests import Request
from sextant.metrics.tally import Cell, Grouping, Tally, Values
from sextant.states.columns import damaged
from sextant.states.snapshot import RowSample, Snapshot
from sextant.states.units import ByUnit

Cells = dict[Grouping, dict[Request, dict[Values, Cell]]]
Counts = dict[Grouping, dict[Values, tuple[float, float]]]


def tally_from(description: Any, tree: Any) -> Tally:
    """The tally of a description and the tree of its states. Raises StateError."""
    match description, tree:
        case (
            {
                "requests": list(requests), "cells": list(cells), "counts": list(counts),
                "rows": rows, "labelled": labelled, "set_aside": list(aside),
                "period": [start, end], "notes": list(notes),
            },
            {
                "snapshot": Snapshot() as snapshot, "sample": RowSample() as sample,
                "whole": dict(whole), "units": dict(units),
            },
        ):  # fmt: skip
            states = _States(whole, units)
        case _:
            raise damaged("its description is", shown(description))
    tally = Tally(
        cells=_cells(cells, [request_from(one) for one in requests], states),
        counts=_counts(counts),
        rows=_rows(rows),
        labelled=None if labelled is None else _rows(labelled),
        snapshot=snapshot,
        sample=sample,
        set_aside=tuple(_reason(one) for one in aside),
        period=(_moment(start), _moment(end)),
        notes=_texts(notes),
    )
    states.finish()
    return tally


class _States:
    """Hands out the states in the order of their names, which is that of the cells."""

    def __init__(self, whole: dict[str, Any], units: dict[str, Any]) -> None:
        self.whole, self.units = whole, dict(units)
        self.names: Iterator[str] = iter(sorted(whole))

    def next(self, request: Request, by_unit: bool) -> tuple[Any, ByUnit[Any] | None]:
        name = next(self.names, "")
        state, units = self.whole.get(name), self.units.pop(name, None)
        if not answers(state, request):
            raise damaged(f"state for {shown(request)}", type(state).__name__)
        if by_unit != (units is not None) or (by_unit and not _held(units, request)):
            raise damaged(f"states of units for {shown(request)}", type(units).__name__)
        return state, units

    def finish(self) -> None:
        if self.units or next(self.names, None) is not None:
            raise damaged("states", "some belong to no cell")


def _held(units: Any, request: Request) -> bool:
    """Units as a scan yields them: some, each counted once, each with the state asked for."""
    return (
        isinstance(units, ByUnit)
        and bool(units.parts)
        and units.copies == 1
        and all(answers(part, request) for _, part in units.parts)
    )


def _cells(held: list[Any], requests: list[Request], states: _States) -> Cells:
    cells: Cells = {}
    for entry in held:
        grouping, listed = _named(entry)
        by_request: dict[Request, dict[Values, Cell]] = {}
        cells[_new(grouping, cells)] = by_request
        for one in listed:
            request, rows = _requested(one, requests)
            of: dict[Values, Cell] = {}
            by_request[_new(request, by_request)] = of
            for row in rows:
                values, cell = _cell(row, request, states, len(grouping))
                of[_new(values, of)] = cell
    return cells


def _named(entry: Any) -> tuple[Grouping, list[Any]]:
    match entry:
        case [list(grouping), list(rest)]:
            return _texts(grouping), rest
        case _:
            raise damaged("grouping", shown(entry))


def _requested(entry: Any, requests: list[Request]) -> tuple[Request, list[Any]]:
    match entry:
        case [place, list(rows)] if type(place) is int and 0 <= place < len(requests):
            return requests[place], rows
        case _:
            raise damaged("cells of a request", shown(entry))


def _cell(row: Any, request: Request, states: _States, width: int) -> tuple[Values, Cell]:
    match row:
        case [list(values), n, labelled, aside, bool(by_unit)] if len(values) == width:
            state, units = states.next(request, by_unit)
            rows = _size(n)
            return _texts(values), Cell(
                state, units, rows, _size(labelled, rows), _size(aside, rows)
            )
        case _:
            raise damaged("cell", shown(row))


def _counts(held: list[Any]) -> Counts:
    counts: Counts = {}
    for entry in held:
        grouping, rows = _named(entry)
        of: dict[Values, tuple[float, float]] = {}
        counts[_new(grouping, counts)] = of
        for row in rows:
            match row:
                case [list(values), n, labelled] if len(values) == len(grouping):
                    of[_new(_texts(values), of)] = (_size(n), _size(labelled, _size(n)))
                case _:
                    raise damaged("count of rows", shown(row))
    return counts


def _new(key: Any, known: Container[Any]) -> Any:
    if key in known:
        raise damaged("stands twice", shown(key))
    return key


def _size(value: Any, most: float = 2.0**63) -> float:
    """A number of rows, at most so many."""
    n = number(value)
    if not 0 <= n <= most:
        raise damaged("number of rows", shown(value))
    return n


def _rows(value: Any) -> int:
    if type(value) is not int:
        raise damaged("number of rows", shown(value))
    return int(_size(value))


def _reason(entry: Any) -> tuple[str, int]:
    match entry:
        case [str(reason), n]:
            return reason, _rows(n)
        case _:
            raise damaged("reason to set rows aside", shown(entry))


def _moment(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise damaged("end of its period", shown(value))


def _texts(values: list[Any]) -> tuple[str, ...]:
    if all(isinstance(value, str) for value in values):
        return tuple(values)
    raise damaged("list of texts", shown(values))
