"""What options say as they are written: shares, columns with what belongs to them, segments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def share_of(written: str, option: str) -> float:
    """`0.01` or `1%`. Raises ValueError for what is no number."""
    text = written.strip()
    percent = text.endswith("%")
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        raise ValueError(f"{option} {written!r} is no number. Write 0.01 or 1%.") from None
    return value / 100 if percent else value


def columns_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """`--label` with `--positive`, `--score` with `--scale`, as the library takes them.

    Raises ValueError where the second of a pair stands alone.
    """
    found: dict[str, Any] = {}
    for role, more in (("label", "positive"), ("score", "scale")):
        column, value = given.get(role), given.get(more)
        if column is not None:
            found[role] = column if value is None else {"column": column, more: value}
        elif value is not None:
            raise ValueError(f"--{more} belongs to no {role}. Add --{role} COLUMN.")
    return found


def segment_of(written: str) -> tuple[str, Any]:
    """`age=AGEP:25,45,65` as a name and its column, with its bands."""
    name, _, column = written.partition("=")
    column, colon, edges = (column or name).rpartition(":") if ":" in written else (
        column or name, "", ""
    )  # fmt: skip
    name = name.partition(":")[0]
    if not colon:
        return name, column
    try:
        bands = [float(edge) for edge in edges.split(",")]
    except ValueError:
        problem = f"The edges '{edges}' of segment '{name}' are no numbers."
        raise ValueError(f"{problem} Write --segment {name}={column}:25,45,65.") from None
    return name, {"column": column, "bands": [int(b) if b.is_integer() else b for b in bands]}
