"""Sextant through its public interface: `changed`, and the test without the margin."""

from itertools import chain

import pyarrow.parquet as pq
from asked import serve

import sextant as sx

MARGIN = 0.05
AT_ONCE = 10
"""Columns in a call where each is by itself: what carries a change is sought in all the others."""


def alarms(job):
    """A call for a table; of columns by themselves ten at once, the own p of each decides."""
    before, after = pq.read_table(job["reference"]), pq.read_table(job["current"])
    names = before.column_names
    size = len(names) if job["together"] else AT_ONCE
    parts = [
        said(job, before.select(some), after.select([*some, "look"]))
        for some in (names[at : at + size] for at in range(0, len(names), size))
    ]
    changed, shown = (
        [list(chain.from_iterable(looks)) for looks in zip(*(p[at] for p in parts), strict=True)]
        for at in (0, 1)
    )
    return {"Sextant": changed, "Sextant, margin aside": shown}


def said(job, before, after):
    """The columns that changed, and those that are shown to differ, by look."""
    alpha = 1 / job["run_length"] if job["run_length"] else 0.05
    looks = after["look"].to_numpy().max() + 1
    by = {"by": "look"} if looks > 1 else {}
    if not by:
        after = after.drop_columns(["look"])
    result = sx.drift(before, after, run_length=job["run_length"], margin=MARGIN, **by).to_dict()
    changed, shown = [[] for _ in range(looks)], [[] for _ in range(looks)]
    for at, window in enumerate(result["windows"]):
        look = int(window["window"]) if by else at
        for one in window["columns"]:
            if (one["adjusted"] if job["together"] else one["p"]) <= alpha:
                shown[look].append(one["column"])
                if one["distance"]["estimate"] >= MARGIN:
                    changed[look].append(one["column"])
        told = sorted(one["column"] for one in window["columns"] if one["answer"] == "changed")
        if job["together"] and told != sorted(changed[look]):
            raise AssertionError(f"The answers are {told}, the parts say {changed[look]}.")
    return changed, shown


if __name__ == "__main__":
    serve(sx.__version__, alarms)
