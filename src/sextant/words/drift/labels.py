"""What labels of the rows of now say, as plain sentences."""

from __future__ import annotations

from dataclasses import replace

from sextant.contracts.model import Contract
from sextant.stats.estimate import Estimate
from sextant.studies.drift.labels import Performed, Succession
from sextant.studies.drift.result import Drift
from sextant.words.nouns import listed
from sextant.words.sentences import sentence

MOST = 4


def performed_sentence(one: Performed, contract: Contract) -> str:
    """One promise in one window, as evidence says it, without the window's name."""
    return sentence(replace(one.row, segment=()), contract, "product")


def broken_sentence(drift: Drift) -> str:
    """Which promises are broken in which windows, that held in the reference; "" where none is."""
    found = {
        window.window: [one.criterion.text for one in window.performance if one.broken]
        for window in drift.windows
    }
    found = {name: texts for name, texts in found.items() if texts}
    if not found:
        return ""
    texts = list(dict.fromkeys(text for told in found.values() for text in told))
    where = f"In {listed(list(found), most=6)} " if drift.asked.by else "Here "
    what = "a promise is broken that was" if len(texts) == 1 else "promises are broken that were"
    return f"{where}{what} kept before: {listed(texts, most=MOST)}."


def kept_sentence(drift: Drift) -> str:
    """Whether the promises hold in the windows that changed, by labels; "" without labels there."""
    held = [
        one for window in drift.windows if window.answer == "changed"
        for one in window.performance if one.criterion.role != "secondary"
    ]  # fmt: skip
    if not held or any(one.row.verdict == "missed" for one in held):
        return ""
    open_ = {one.criterion.text for one in held if one.row.verdict == "undecided"}
    if not open_:
        return "By their labels every promise is kept in what changed."
    return (
        f"By their labels no promise is broken in what changed; open: {listed(open_, most=MOST)}."
    )


def succession_sentence(found: Succession | None) -> str:
    """That labels follow one another, and whether a rule that repeats the last beats the model."""
    if found is None or not found.hangs:
        return ""
    worth = "Rows that follow one another are worth fewer than they count: columns may alarm too "
    worth += "often here."
    order = f"in the order of {found.time}"
    said = (
        f"Labels follow one another: {_share(found.same)} of 100 rows have the label of the row "
        f"before ({order}), where the most frequent label alone is right in "
        f"{_share(found.usual)}."
    )
    if found.right.value is None:
        return f"{said} {worth}"
    if found.beats:
        return (
            f"{said} So a rule that repeats the last label beats the decisions, of which "
            f"{_share(found.right)} of 100 are right. {worth}"
        )
    return f"{said} Of 100 decisions {_share(found.right)} are right. {worth}"


def unjudged_sentence(drift: Drift) -> str:
    """Why no promise was judged by labels; "" where one was, or no contract was named."""
    why = drift.labelled.why
    return f"No promise is judged by window: {why}." if why else ""


def _share(one: Estimate) -> str:
    """`85.3 (85.0 to 85.7)`, of 100."""
    assert one.value is not None
    return f"{one.value * 100:.1f} ({one.low * 100:.1f} to {one.high * 100:.1f})"
