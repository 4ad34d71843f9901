"""A report of rates without a number of rows as plain sentences."""

from __future__ import annotations

from sextant.studies.fairness.reported.bare import Apart, Bare
from sextant.words.numbers import percent

WHY = (
    "No interval can be given: the report does not say how many rows each group has. The rates of "
    "ten rows look like those of ten thousand."
)


def bare_headline(found: Bare) -> str:
    """What can be said of the report as a whole."""
    groups = f"{len(found.lines)} groups by {' × '.join(found.by)}"
    return f"{groups}, and nothing is met or missed: no group says its number of rows."


def apart_sentence(one: Apart) -> str:
    """`Demographic parity. women and men lie 9.0 points apart as reported; undecided.`"""
    least, most = one.groups
    if one.definition.kind == "ratio":
        says = f"{least} is selected {one.value:.2f} times as often as {most}, as reported"
    else:
        says = f"{least} and {most} lie {100 * one.value:.1f} points apart, as reported"
    bound = ""
    if one.bound is not None:
        wanted = percent(one.bound) if one.definition.kind == "ratio" else (
            f"{100 * one.bound:g} points"
        )  # fmt: skip
        side = "at least" if one.definition.kind == "ratio" else "at most"
        bound = f"; {side} {wanted} may be: undecided"
    return f"{one.definition.title}. {says}{bound}."
