"""Who gets another answer, as sentences: how many, better and worse, and on whom it falls."""

from __future__ import annotations

from collections.abc import Mapping

from sextant.stats.estimate import Estimate
from sextant.studies.comparison.result import Changes, Comparison, Hit
from sextant.words.frequency import frequency, of
from sextant.words.nouns import among, rows_noun
from sextant.words.numbers import Scale, span

VERBS: Mapping[str, tuple[str, str]] = {
    "answers": ("get a worse answer", "a better one"),
    "distance": ("get a prediction farther from the truth", "a nearer one"),
    "decisions": ("are no longer flagged", "are newly flagged"),
    "successes": ("no longer succeed", "newly succeed"),
    "numbers": ("get a lower number", "a higher one"),
    "lists": ("get a worse list", "a better one"),
}
SHORT: Mapping[str, tuple[str, str]] = {
    "answers": ("worse answers", "better answers"),
    "distance": ("predictions that went farther off", "predictions that came nearer"),
    "decisions": ("rows no longer flagged", "newly flagged rows"),
    "successes": ("new failures", "new successes"),
    "numbers": ("lower numbers", "higher numbers"),
    "lists": ("worse lists", "better lists"),
}


def affected(comparison: Comparison) -> list[str]:
    """`With new, of 1,000 people about 23 get a worse answer (19 to 28) and 31 a better one …`."""
    changes = comparison.changes
    if changes is None:
        return []
    who = "users" if changes.kind == "lists" else rows_noun(comparison.asked.contract)
    return [
        _overall(changes, comparison, who),
        *(
            _hit(hit, changes, comparison, which)
            for which, hit in enumerate((changes.worse_hit, changes.better_hit))
            if hit is not None
        ),
        *_nobody(changes, comparison),
    ]


def _overall(changes: Changes, comparison: Comparison, who: str) -> str:
    worse, better = changes.overall.worse, changes.overall.better
    b = comparison.asked.names.b
    if not (worse.value or better.value):
        if changes.kind == "lists":
            return f"No user gets a better or a worse list from {b}."
        return f"No row gets another answer from {b}."
    scale = _scale(worse, better)
    lost, won = VERBS[changes.kind]
    return (
        f"With {b}, of {of(scale)} {who} about {_count(scale, worse)} {lost} "
        f"and {_count(scale, better)} {won}."
    )


def _hit(hit: Hit, changes: Changes, comparison: Comparison, which: int) -> str:
    contract = comparison.asked.contract
    group = among(hit.change.segment, contract)
    what = SHORT[changes.kind][which]
    scale = _scale(hit.rate, hit.others)
    often = (
        f"{_count(scale, hit.rate)} of {of(scale)} there, "
        f"{_count(scale, hit.others)} of {of(scale)} elsewhere"
    )
    part = hit.part
    if hit.most and part.value is not None:
        share = Scale(100.0)
        inside = f"{share.bare(part.value)} of 100, {span(share, part.low, part.high)}"
        return f"Most of the {what} are found {group} ({inside}): {often}."
    return f"The {what} are more frequent {group}: {often}."


def _nobody(changes: Changes, comparison: Comparison) -> list[str]:
    """No group is shown to be hit, which is said so that silence is not taken for it."""
    if changes.worse_hit or not changes.groups or not changes.overall.worse.value:
        return []
    what = SHORT[changes.kind][0]
    return [f"No group is shown to have more of the {what} than the others."]


def _scale(*shares: Estimate) -> Scale:
    """One denominator for shares that stand side by side, fit for the smallest above 0."""
    seen = [one for one in shares if one.value]
    if not seen:
        return Scale(100.0)
    least = min(seen, key=lambda one: one.value or 0.0)
    return frequency(least.value or 0.0, least.low, least.high, 0.0, ">=", share=False)


def _count(scale: Scale, share: Estimate) -> str:
    if share.value is None:
        return "an unknown number"
    return f"{scale.bare(share.value)} ({span(scale, share.low, share.high)})"
