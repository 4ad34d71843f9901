"""Whether rows are enough, a sentence each."""

from __future__ import annotations

from sextant.contracts.questions import rests_on_labels
from sextant.stats.needed import rounded
from sextant.studies.enough.result import Enough, Row
from sextant.words.nouns import listed
from sextant.words.numbers import percent, whole


def where(row: Row) -> str:
    """`sex = Female`; empty for the whole table."""
    return ", ".join(f"{name} = {value}" for name, value in row.segment)


def row_sentence(row: Row) -> str:
    """Rows there, rows needed, and what is not known."""
    labelled = "labelled " if rests_on_labels(row.criterion) else ""
    n = row.labelled if labelled else row.rows
    there = f"{whole(round(n))} {labelled}{'row' if round(n) == 1 else 'rows'}"
    if row.shows_from in (0.0, 1.0):
        return f"{there}: they would show it of a model without an error alone."
    if row.shows_from is not None:
        at = "at least" if row.criterion.op == ">=" else "at most"
        return (
            f"{there}: they would show it of a model with {at} {row.shows_from:.3g}, and "
            f"{row.reason}."
        )
    if row.needed is None:
        return f"{there}: {row.reason}."
    need = f"about {whole(rounded(row.needed))} are needed"
    if row.told == "enough":
        missed = ". A model as expected would be shown to miss it"
        return f"{there}, {need}{missed if row.towards == 'missed' else ''}."
    why = f": {row.reason}" if row.reason else ""
    more = max(rounded(row.needed) - round(n), 1)
    return f"{there}, {need}: {whole(more)} more{why}."


def headline(found: Enough) -> str:
    """One sentence: how many questions the rows would decide, and what lacks most."""
    rows = [one for one in found.rows if one.criterion.role != "secondary"] or list(found.rows)
    short = [one for one in rows if one.told == "not enough"]
    if short:
        worst = max(short, key=lambda one: (one.needed or 0) - one.labelled)
        place = f" in {where(worst)}" if worst.segment else ""
        lack = f"{worst.criterion.text}{place}: {row_sentence(worst)}"
        return f"Not enough for {len(short)} of {len(rows)} questions. {lack}"
    open_ = sum(1 for one in rows if one.told == "cannot be said")
    if open_:
        return (
            f"Enough for {len(rows) - open_} of {len(rows)} questions; {open_} cannot be said yet."
        )
    return f"Enough rows for all {len(rows)} questions, if the model is as expected."


def assumed(found: Enough) -> list[str]:
    """What was expected, where the labels come from, what the answer means."""
    expected = found.expected
    said = [
        f"{name} {percent(round(value, 6))}"
        for name, value in (
            ("recall", expected.recall),
            ("false positive rate", expected.false_positive_rate),
            ("precision", expected.precision),
        )
        if value is not None
    ]
    text = f"Expected of the model, in every segment alike: {listed(said)}." if said else (
        "Nothing is expected of the model: write --expect recall=85% and what else is known."
    )  # fmt: skip
    share = percent(round(found.prevalence, 4)) if found.prevalence is not None else ""
    labels = {
        "read": f"{whole(found.labelled)} of {whole(found.total)} rows have a label, {share} of "
        "them positive.",
        "expected": f"There is no label; {share} of the rows are expected to be positive, in every "
        "segment alike.",
        "none": "No row has a label: expect a prevalence to know more.",
    }[found.labels]
    return [
        text, labels,
        f"Needed is what decides a criterion in {found.power:.0%} of such tables, at a first look, "
        "each criterion and segment by itself.".replace("%", " %"),
        *found.notes,
    ]  # fmt: skip
