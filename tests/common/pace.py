"""Bars in seconds that mean the same on every machine, and on a busy one.

A bar was set on one machine. A fixed piece of plain Python work, timed beside what is judged,
says how many times longer the same takes here and now.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import median
from time import process_time

WORK = 0.016
"""Seconds that the work takes on the machine of the bars with nothing else on it."""
TIMES = 5
ROWS = 4_000
TEXT = json.dumps([{"name": f"bet {at}", "worth": at / 7, "tags": ["a", "b"]} for at in range(300)])
FIELDS = tuple(f"field_{at}" for at in range(12))
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


class Row:
    """As wide as a record."""


def slower(clock: Callable[[], float] = process_time) -> float:
    """How many times longer work takes here and now than where the bars were set; at least 1."""
    took = []
    for _ in range(TIMES):
        began = clock()
        _work()
        took.append(clock() - began)
    return max(1.0, median(took) / WORK)


def _work() -> int:
    """Fill records, as wide and as many as a long page reads; read text, add up, write, sort."""
    rows = []
    for at in range(ROWS):
        row = Row()
        for name in FIELDS:
            setattr(row, name, at)
        row.__dict__["when"] = BEGAN + timedelta(minutes=at)
        row.__dict__["worth"] = Decimal(at) / 7
        rows.append(row)
    held = {one["name"]: one["worth"] for _ in range(8) for one in json.loads(TEXT)}
    said = sorted(str(row.__dict__["worth"]) for row in rows)
    return len(said) + sum(len(str(value)) for value in held.values())
