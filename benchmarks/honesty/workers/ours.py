"""Sextant: `changed`, and the test without the margin; asked of the states, as a scan yields them.

Every number of a study is a function of its states, so tries need no scan. In the first batch of
every fourth situation two of the columns also go through the public interface, with every look,
and must come out the same to the last digit.
"""

import numpy as np
import pyarrow.parquet as pq
from asked import serve
from counted import windows

import sextant as sx
from sextant.studies.drift.comparing import compared
from sextant.studies.drift.result import Asked

MARGIN = 0.05
CHECKED = 2


def alarms(job):
    """Columns of one table share an error; a column by itself is a study of its own."""
    before, after = pq.read_table(job["reference"]), pq.read_table(job["current"])
    names, looks = before.column_names, after["look"].to_numpy()
    asked = Asked("", "", margin=MARGIN, run_length=job["run_length"])
    first = windows(before, names, np.zeros(before.num_rows, np.int64))[0]
    then = windows(after, names, looks)
    if job["check"]:
        check(asked, before, after, first, then, names[:CHECKED])
    changed, shown = [[] for _ in then], [[] for _ in then]
    for family in [names] if job["together"] else [[name] for name in names]:
        for look, name, _, adjusted, answer in said(asked, first, then, family):
            if adjusted <= asked.alpha:
                shown[look].append(name)
            if answer == "changed":
                changed[look].append(name)
    return {"Sextant": changed, "Sextant, margin aside": shown}


def said(asked, first, then, names):
    """Look, column, p, adjusted p and answer of a study of these columns."""

    def of(window):
        return type(window)(window.name, window.rows, {n: window.columns[n] for n in names})

    found, _ = compared(asked, of(first), [of(one) for one in then])
    return [
        (int(window.window), one.column, one.shift.p, one.adjusted, one.answer)
        for window in found
        for one in window.columns
    ]


def check(asked, before, after, first, then, names):
    """Raises AssertionError where `sx.drift` of the tables says otherwise than the states do."""
    many = len(then) > 1
    after = after.select([*names, "look"] if many else names)
    result = sx.drift(
        before.select(names), after, run_length=asked.run_length, margin=asked.margin,
        **({"by": "look"} if many else {}),
    ).to_dict()  # fmt: skip
    public = [
        (int(window["window"]) if many else 0, *(one[key] for key in ("column", "p", "adjusted")),
         one["answer"])
        for window in result["windows"] for one in window["columns"]
    ]  # fmt: skip
    states = said(asked, first, then, names)
    if sorted(public) != sorted(states):
        apart = sorted({*public} ^ {*states})[:4]
        raise AssertionError(f"The scan and the states differ: {apart}.")


if __name__ == "__main__":
    serve(sx.__version__, alarms)
