"""Bars in seconds that mean the same on every machine, and on a busy one.

A bar was set on one machine. A fixed piece of plain Python work, timed beside what is judged,
says how many times longer the same takes here and now.
"""

import json
from collections.abc import Callable
from statistics import median
from time import process_time

WORK = 0.005
"""Seconds that the work takes on the machine of the bars with nothing else on it."""
TIMES = 7
TEXT = json.dumps([{"name": f"bet {at}", "worth": at / 7, "tags": ["a", "b"]} for at in range(300)])


def slower(clock: Callable[[], float] = process_time) -> float:
    """How many times longer work takes here and now than where the bars were set; at least 1."""
    took = []
    for _ in range(TIMES):
        began = clock()
        _work()
        took.append(clock() - began)
    return max(1.0, median(took) / WORK)


def _work() -> int:
    """Read text into dictionaries, add up, write and sort: what a page does."""
    held: dict[str, float | str] = {}
    for _ in range(8):
        for row in json.loads(TEXT):
            held[row["name"]] = row["worth"] + len(held)
            held[row["name"] + "!"] = str(row["tags"])
    return sum(len(str(value)) for _, value in sorted(held.items()))
