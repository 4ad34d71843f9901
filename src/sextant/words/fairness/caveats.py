"""What these numbers do not say."""

from __future__ import annotations

from sextant.studies.fairness.result import Fairness, Grouped
from sextant.words.numbers import percent, whole

SELECTIVE = 0.1
"""Groups whose labelled shares lie farther apart than this are told of."""


def caveats(fairness: Fairness) -> list[str]:
    """Labels that are missing, what labels mean, how the intervals hold, what was left out."""
    found = [_together(fairness)]
    labelled = fairness.data.labelled
    if labelled is None or not labelled:
        found.append(
            "No row has a label: how often groups are flagged can be told, whom errors fall on "
            "cannot."
        )
    elif labelled < fairness.data.rows:
        found.append(
            f"{whole(fairness.data.rows - labelled)} of {whole(fairness.data.rows)} rows have no "
            "label. They count where it matters how often groups are flagged, and nowhere else."
        )
        found += [text for one in fairness.groupings if (text := _selective(one))]
    if labelled:
        found.append(
            "Labels are taken for the truth. Where groups are observed, checked or recorded "
            "unequally, the errors of the labels stand in every number here."
        )
    found.append(
        "No definition is right for every use. Which of them counts is a decision, not a "
        "measurement."
    )
    return found


def _together(fairness: Fairness) -> str:
    sure = percent(fairness.asked.confidence)
    return (
        f"With {sure} confidence all intervals of one table of groups hold at once. A definition "
        f"is met or missed with {sure} confidence by itself."
    )


def _selective(grouped: Grouped) -> str:
    """Groups that are labelled unequally: what is known of them is not known alike."""
    shares = {one.name: one.labelled / one.rows for one in grouped.groups if one.rows}
    if len(shares) < 2:
        return ""
    low, high = min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)
    if shares[high] - shares[low] <= SELECTIVE:
        return ""
    return (
        f"By {grouped.name}, {100 * shares[low]:.0f} of 100 rows of {low} have a label and "
        f"{100 * shares[high]:.0f} of {high}: if labels depend on who was flagged, their rates of "
        "error cannot be compared."
    )
