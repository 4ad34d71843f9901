"""What a plain word of YAML 1.2 says: nothing, a truth value, a number, a moment or text."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

INTEGER = re.compile(r"[-+]?[0-9]{1,40}")
FLOAT = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,40}(\.[0-9]{0,40})?)([eE][-+]?[0-9]{1,3})?")
INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
TIME = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[-+]\d\d:\d\d)?", re.ASCII
)
NULL = {"", "~", "null", "Null", "NULL"}
TRUE = {"true", "True", "TRUE"}
FALSE = {"false", "False", "FALSE"}


def resolve(text: str) -> Any:
    """The value of a scalar without quotes in YAML 1.2: `yes` and `no` are text."""
    if text in NULL:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    if INTEGER.fullmatch(text):
        return int(text)
    if FLOAT.fullmatch(text):
        return float(text)
    if INFINITE.fullmatch(text):
        return float(text.lower().replace(".", "", 1))
    return _moment(text)


def _moment(text: str) -> Any:
    """A day or a time of day in ISO 8601; text that only looks like one (month 13) stays text."""
    kind = date if DAY.fullmatch(text) else datetime if TIME.fullmatch(text) else None
    if kind is None:
        return text
    try:
        return kind.fromisoformat(text.upper())
    except ValueError:
        return text
