"""The four counts of a group: as a report gives them, or the only ones that give its rates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sextant.states.confusion import Confusion
from sextant.studies.fairness.reported.figures import COUNTS, ROUNDING, Line, Report

FOUR = ("tp", "fp", "fn", "tn")
MOST = 2_000_000
"""Counts are sought for groups of so many rows at the most: each number of positives is tried."""
Array = NDArray[np.float64]
Parts = Mapping[str, tuple[Array, Array]]


def counts_of(line: Line, report: Report) -> Confusion | str | None:
    """The counts of a group, why there are none, or None where no number of rows is said."""
    said = line.said
    if all(one in said for one in FOUR):
        return _given(line, report)
    if some := [one for one in FOUR if one in said]:
        lacks = ", ".join(one for one in FOUR if one not in said)
        return f"{line.name}: {', '.join(some)} without {lacks}. Give all four."
    if "n" not in said:
        return None
    if not said["n"]:
        return Confusion()
    if labelled(line):
        return _sought(line, report)
    return _selected(line, report)


def labelled(line: Line) -> bool:
    """Whether anything is said that rests on labels."""
    return any(one not in {*COUNTS, "selection_rate"} for one in line.said) or "tp" in line.said


def _given(line: Line, report: Report) -> Confusion | str:
    said = line.said
    found = Confusion(*(said[one] for one in FOUR))
    if "n" in said and said["n"] != found.total:
        return (
            f"{line.name}: tp, fp, fn and tn add up to {found.total:,.0f}, and the report says "
            f"{said['n']:,.0f} rows. Which are missing?"
        )
    tp, fp, fn, tn = (np.array([said[one]]) for one in FOUR)
    return _disagreeing(line, _parts(tp, fp, fn, tn), report.slack) or found


def _disagreeing(line: Line, parts: Parts, slack: float) -> str:
    """What a report says against its own counts; empty where they agree."""
    for name, value in line.said.items():
        if name not in parts:
            continue
        part, whole = float(parts[name][0][0]), float(parts[name][1][0])
        if whole and abs(part / whole - value) > slack + ROUNDING:
            return (
                f"{line.name}: the report says {name} {value:g}, and its counts say "
                f"{part:,.0f} of {whole:,.0f}, {part / whole:.4g}."
            )
    if "selected" in line.said and line.said["selected"] != float(parts["selection_rate"][0][0]):
        return f"{line.name}: selected is not tp + fp."
    return ""


def _selected(line: Line, report: Report) -> Confusion | str:
    """Without labels: so many are selected, so many are not."""
    n, said = line.said["n"], line.said
    if "selected" in said:
        chosen = said["selected"]
    elif "selection_rate" not in said:
        return f"{line.name}: rows are said, and nothing of how they were decided."
    elif reason := _coarse(line, report):
        return reason
    else:
        chosen = float(round(said["selection_rate"] * n))
    if chosen > n:
        return f"{line.name}: {chosen:,.0f} are selected of {n:,.0f} rows."
    rate = said.get("selection_rate", chosen / n)
    if abs(chosen / n - rate) > report.slack + ROUNDING:
        return f"{line.name}: no whole number of {n:,.0f} rows is {rate:g} of them."
    return Confusion(unlabelled_positive=chosen, unlabelled_negative=n - chosen)


def _sought(line: Line, report: Report) -> Confusion | str:
    """The only whole numbers that give all the rates that are said, or why there are none."""
    n = line.said["n"]
    if n > MOST:
        return f"{line.name}: for {n:,.0f} rows give the counts tp, fp, fn, tn themselves."
    if reason := _coarse(line, report):
        return reason
    positives = np.arange(n + 1)
    fitting = _fitting(line.said, n, positives, report.slack)
    if fitting is None:
        told = ", ".join(one for one in line.said if one != "n")
        return f"{line.name}: {told} do not tell the four counts. Give tp, fp, fn and tn."
    tp, fp, held = fitting
    found = np.flatnonzero(held)
    if not found.size:
        return f"{line.name}: no whole numbers of {n:,.0f} rows give these rates. Is n right?"
    if found.size > 1:
        return (
            f"{line.name}: {found.size:,} different sets of counts give these rates. Give tp, fp, "
            "fn and tn, or further rates."
        )
    at = found[0]
    one, other, of = float(tp[at]), float(fp[at]), float(positives[at])
    return Confusion(one, other, of - one, n - of - other)


def _coarse(line: Line, report: Report) -> str:
    """Why the digits do not suffice: so few leave several counts of so many rows."""
    n = line.said["n"]
    if report.slack <= ROUNDING or report.slack * n < 0.5:
        return ""
    digits, had = len(str(int(n))), report.digits
    return (
        f"{line.name}: rates of {had} digit{'' if had == 1 else 's'} leave several counts of "
        f"{n:,.0f} rows. "
        f"Write {digits} digits, or tp, fp, fn and tn."
    )


def _fitting(
    said: Mapping[str, float], n: float, positives: Array, slack: float
) -> tuple[Array, Array, NDArray[np.bool_]] | None:
    """tp and fp for every number of positives, and which of them give all that is said.

    None where what is said does not tell tp and fp even then.
    """
    negatives, nothing = n - positives, np.full(positives.shape, np.nan)
    tpr = said.get("true_positive_rate", _less(said.get("false_negative_rate")))
    fpr = said.get("false_positive_rate", _less(said.get("true_negative_rate")))
    share = said["selected"] / n if "selected" in said else said.get("selection_rate")
    chosen = None if share is None else round(share * n)
    precision, accuracy = said.get("precision"), said.get("accuracy")
    tp = nothing if tpr is None else np.round(tpr * positives)
    fp = nothing if fpr is None else np.round(fpr * negatives)
    if tpr is None and chosen is not None and precision is not None:
        tp = np.full(positives.shape, float(round(precision * chosen)))
    elif tpr is None and fpr is not None and chosen is not None:
        tp = chosen - fp
    elif tpr is None and fpr is not None and accuracy is not None:
        tp = round(accuracy * n) - (negatives - fp)
    if fpr is None and chosen is not None:
        fp = chosen - tp
    elif fpr is None and accuracy is not None:
        fp = negatives - (round(accuracy * n) - tp)
    elif fpr is None and precision:
        fp = np.round(tp / precision - tp)
    if np.isnan(tp).all() or np.isnan(fp).all():
        return None
    held = (tp >= 0) & (tp <= positives) & (fp >= 0) & (fp <= negatives)
    for name, (part, whole) in _parts(tp, fp, positives - tp, negatives - fp).items():
        if name in said:
            with np.errstate(divide="ignore", invalid="ignore"):
                near = np.abs(part / whole - said[name]) <= slack + ROUNDING
            held &= np.where(whole > 0, near, said[name] == 0)
    if chosen is not None:
        held &= (tp + fp == chosen) & (abs(chosen / n - (share or 0)) <= slack + ROUNDING)
    return tp, fp, held


def _less(rate: float | None) -> float | None:
    return None if rate is None else 1 - rate


def _parts(tp: Array, fp: Array, fn: Array, tn: Array) -> Parts:
    """Each rate as part and whole."""
    n = tp + fp + fn + tn
    return {
        "selection_rate": (tp + fp, n),
        "true_positive_rate": (tp, tp + fn),
        "false_negative_rate": (fn, tp + fn),
        "false_positive_rate": (fp, fp + tn),
        "true_negative_rate": (tn, fp + tn),
        "precision": (tp, tp + fp),
        "accuracy": (tp + tn, n),
        "base_rate": (tp + fn, n),
    }
