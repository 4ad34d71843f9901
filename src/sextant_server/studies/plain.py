"""A record as every database gives it back: what cannot be kept is refused, the rest made plain."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

from sextant.reports.text import SURROGATE

MOST_HEADLINE = 300
MOST_BYTES = 4 * 2**20
At = tuple[Any, ...]
EXACT = 1e15
"""A whole float beyond this comes back from PostgreSQL as an integer, so it is kept as one."""


def plain(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record as JSON reads it back.

    Raises `ValueError` for NaN, infinity, what is no JSON, and more than 4 MB: faults of a kind.
    """
    made = _plain(record, ("record",))
    if (size := len(json.dumps(made, ensure_ascii=False).encode())) > MOST_BYTES:
        raise ValueError(
            f"The record has {size:,} bytes; at most {MOST_BYTES:,} are kept. Show fewer rows."
        )
    assert isinstance(made, dict)
    return made


def in_a_headline(text: str) -> str:
    """The sentences of a text that a study's headline can hold; the record keeps all of them."""
    if len(text) <= MOST_HEADLINE:
        return text
    end = text.rfind(". ", 0, MOST_HEADLINE)
    return text[: end + 1] if end > 0 else f"{text[: MOST_HEADLINE - 1]}…"


def _plain(value: Any, at: At) -> Any:
    """`at` is the way to the value, last step first; it is only spelled out for a message."""
    if isinstance(value, str):
        clean = value.isascii() and "\0" not in value
        return value if clean else SURROGATE.sub("\ufffd", value.replace("\0", "\ufffd"))
    if isinstance(value, float):
        return _number(float(value), at)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one, (place, at)) for place, one in enumerate(value)]
    if isinstance(value, Mapping):
        return {_plain(str(key), at): _plain(one, (key, at)) for key, one in value.items()}
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return _number(float(value), at)
    raise ValueError(f"{_spelled(at)} is a {type(value).__name__}, no JSON. Write it as text.")


def _number(value: float, at: At) -> int | float:
    if not math.isfinite(value):
        raise ValueError(f"{_spelled(at)} is {value}, which is no JSON. Write null, and say why.")
    if abs(value) >= EXACT and value.is_integer():
        return int(value)
    return value or 0.0


def _spelled(at: At) -> str:
    step, *rest = at
    return f"{_spelled(rest[0])}.{step}" if rest else str(step)
