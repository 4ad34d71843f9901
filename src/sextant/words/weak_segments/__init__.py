"""A search for weak segments as plain sentences."""

from __future__ import annotations

from collections.abc import Mapping

from sextant.contracts.model import Contract
from sextant.studies.weak_segments.result import Error, Search, Weak
from sextant.words.fairness.figures import counted, one_scale, people, whom
from sextant.words.frequency import of
from sextant.words.nouns import among, listed
from sextant.words.numbers import percent, whole, word

ERRORS: Mapping[Error, tuple[str, str]] = {
    "wrong": ("accuracy", "are decided wrongly"),
    "missed": ("false_negative_rate", "are missed"),
    "wrongly_flagged": ("false_positive_rate", "are wrongly flagged"),
}
"""Of whom the error is the share, and what befalls them."""


def headline(search: Search) -> str:
    """How many segments were found, and the worst of them."""
    if not search.weak:
        return (
            f"No segment is shown to be worse than the rest: {whole(search.searched)} were looked "
            f"at, {word(search.suggested)} tested on held-out rows, none confirmed."
        )
    count = len(search.weak)
    first = (
        "One segment is worse than the rest."
        if count == 1
        else f"{word(count).capitalize()} segments are worse than the rest."
    )
    return f"{first} {_rates(search.weak[0], search)}."


def weak_sentence(weak: Weak, search: Search) -> str:
    """`Of 100 people where age is 65+, about 30 are decided wrongly (24 to 37); elsewhere 12.`."""
    return (
        f"{_rates(weak, search)}. In all {whole(weak.rows)} rows of it that is "
        f"{people(*weak.people)} more than at the rate elsewhere."
    )


def _rates(weak: Weak, search: Search) -> str:
    contract = search.asked.contract
    measure, are = ERRORS[search.asked.error]
    scale = one_scale(weak.rate, weak.elsewhere)
    return (
        f"Of {of(scale)} {whom(measure, contract)} {where(weak, contract)}, about "
        f"{counted(scale, weak.rate)} {are}; elsewhere {counted(scale, weak.elsewhere)}"
    )


def where(weak: Weak, contract: Contract) -> str:
    """`among women and where age is 65+`."""
    return among(weak.conditions, contract)


def caveats(search: Search) -> list[str]:
    """How it was searched, how often such a list is wrong, what it does not say."""
    asked = search.asked
    first, second = search.halves
    found = [
        f"Segments were suggested by {whole(first)} rows, drawn by chance, and tested on the other "
        f"{whole(second)}; every number of a segment is of the latter. With "
        f"{percent(1 - asked.alpha)} confidence none of those named is there by chance.",
        f"{whole(search.searched)} segments of up to {word(asked.depth)} columns and at least "
        f"{whole(asked.min_rows)} rows were looked at; {word(search.suggested)} "
        f"{'was' if search.suggested == 1 else 'were'} tested.",
        "A weak segment says where the model errs more often, not why. One that is not named may "
        "be weak all the same: too small, or not by enough.",
    ]
    if search.unfit:
        left = listed([f"{name} ({why})" for name, why in search.unfit], most=6)
        found.append(f"Left out: {left}.")
    return found
