"""Who has a label, as sentences."""

from __future__ import annotations

from sextant.studies.estimate.labels import Complete, Labels, Unlike
from sextant.studies.estimate.result import Unlabelled
from sextant.words.drift import column_sentence
from sextant.words.nouns import capital, listed
from sextant.words.numbers import percent, whole

MOST = 4


def label_sentences(found: Unlabelled) -> list[str]:
    """How many have one, until when labels are complete, how the others differ."""
    labels = found.labels
    said = [_coverage(labels, found.asked.by)]
    if labels.complete is not None:
        said += _complete(labels.complete)
    if labels.unlike is not None:
        said += _unlike(labels.unlike)
    return said


def _coverage(labels: Labels, by: str) -> str:
    rows, labelled = labels.rows, labels.labelled
    if not labelled:
        return f"None of {whole(rows)} rows has a label."
    share = f"{_of_100(labelled, rows)} of 100" if labelled < rows else "all"
    said = f"{whole(labelled)} of {whole(rows)} rows have a label ({share})"
    if not by or labelled == rows:
        return f"{said}."
    least = min(labels.coverage, key=lambda one: one.labelled / one.rows if one.rows else 1.0)
    none = [one.window for one in labels.coverage if not one.labelled]
    if none:
        return f"{said}; none in {listed([f'{by} {one}' for one in none], most=6)}."
    return f"{said}; fewest in {by} {least.window}: {_of_100(least.labelled, least.rows)} of 100."


def _of_100(part: float, whole_: float) -> str:
    share = 100 * part / whole_ if whole_ else 0.0
    return f"{share:.0f}" if 1 <= share <= 99 else f"{share:.2g}"


def _complete(one: Complete) -> list[str]:
    said = []
    share = percent(one.share)
    if one.days is None:
        said.append(
            f"Until when labels are complete cannot be said as of {one.as_of}: too few have come."
        )
    elif not one.until:
        said.append(
            f"No prediction is old enough, as of {one.as_of}: {share} of labels take {one.days} "
            "days."
        )
    else:
        said.append(
            f"Labels are complete until {one.until}, as of {one.as_of}: {share} of those that will "
            f"come take at most {one.days} days. Of {whole(one.since)} later rows "
            f"{whole(one.waiting)} have none yet. Labels that take longer than {one.seen} days are "
            "not known to this."
        )
    if one.before:
        are = "label is" if one.before == 1 else "labels are"
        said.append(f"{whole(one.before)} {are} older than the prediction and set aside.")
    if one.untimed:
        are = "row has" if one.untimed == 1 else "rows have"
        said.append(f"{whole(one.untimed)} {are} no readable time of prediction or label.")
    return said


def _unlike(one: Unlike) -> list[str]:
    if not one.changed:
        still = f"; {one.open} of {one.columns} columns are open" if one.open else ""
        return [
            f"Rows with a label do not differ from those without by more than 5 of 100{still}."
            if not one.open
            else f"Rows with a label are not shown to differ from those without{still}."
        ]
    named = listed([held.column for held in one.changed], most=6)
    count = f"{len(one.changed)} of {one.columns} columns"
    said = [
        f"Rows with a label are not like those without: {count} differ ({named}). What is measured "
        "of them does not hold for all unless each weighs by its chance of a label."
    ]
    said += [f"{held.column}: {_turned(column_sentence(held))}" for held in one.changed[:MOST]]
    return said


def _turned(sentence: str) -> str:
    """Nothing moves in time here: the first number is of rows with a label."""
    return capital(f"from rows with a label to those without, {sentence[:1].lower()}{sentence[1:]}")
