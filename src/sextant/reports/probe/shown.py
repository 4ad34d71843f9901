"""What every form of a probe shows: the table of answers, the curve as points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]
MARKS = {"met": "●", "missed": "✕", "undecided": "◐"}


def measures(record: Record) -> list[str]:
    """The measures that are told, the main one first."""
    return list(record["answers"][0]["numbers"])


def head(record: Record) -> list[str]:
    """The heads of the table of answers."""
    numbers = record["answers"][0]["numbers"]
    return ["Answer", "Against the one to beat", *(one["title"] for one in numbers.values())]


def rows(record: Record) -> list[dict[str, Any]]:
    """A row an answer: its name, what it says, its lead, its numbers."""
    return [
        {
            "name": one["title"],
            "says": one["says"],
            "lead": "the one to beat" if one["lead"] is None else one["lead"]["text"],
            "numbers": [number["text"] for number in one["numbers"].values()],
            "beaten": one["lead"] is None,
            "n": one["numbers"][record["main"]]["n"],
        }
        for one in record["answers"]
    ]
