"""The case as a PDF of one page: its data are set by a template, none of them read as markup.

Typst is told nothing but the template, which is ours, and the case as JSON. It reads no file, loads
no package, knows no clock: the same case gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from django.utils.dateparse import parse_date

LONG_WORD = re.compile(r"\S{12}(?=\S)")
MOST_BYTES = 60_000
"""Of the case as JSON; its texts are cut far below that, so more is a fault of ours."""


def pdf(case: Mapping[str, Any]) -> bytes:
    """The case as PDF."""
    return _compiled(case, "pdf")[0]


def pictures(case: Mapping[str, Any]) -> list[bytes]:
    """Each page of it as PNG, to be looked at."""
    return _compiled(case, "png")


def _compiled(case: Mapping[str, Any], form: Literal["pdf", "png"]) -> list[bytes]:
    import typst  # 80 MB of a shared library: loaded when the first case is asked for

    text = json.dumps(_breakable(case), sort_keys=True)
    if len(text) > MOST_BYTES:
        raise ValueError(f"The case has {len(text):,} characters; at most {MOST_BYTES:,} are set.")
    day = parse_date(case["day"])
    assert day is not None
    at = datetime.combine(day, time(), UTC)
    made: bytes | list[bytes] | None = typst.compile(
        _template(), format=form, sys_inputs={"case": text}, timestamp=int(at.timestamp()),
        ignore_system_fonts=True, ppi=110,
    )  # fmt: skip
    assert made is not None
    return made if isinstance(made, list) else [made]


def _breakable(value: Any) -> Any:
    """With room for a line to end in words that are longer than one; such a word is no word."""
    if isinstance(value, str):
        return LONG_WORD.sub(lambda found: f"{found[0]}\u200b", value)
    if isinstance(value, Mapping):
        return {key: _breakable(one) for key, one in value.items()}
    return [_breakable(one) for one in value] if isinstance(value, list) else value


@cache
def _template() -> bytes:
    return files(__package__).joinpath("typst/case.typ").read_bytes()
