"""What a recipe did, in words."""

from __future__ import annotations

from sextant.engines.cleaning import Done, Step
from sextant.studies.cleaning.result import Cleaned
from sextant.words.nouns import listed
from sextant.words.numbers import whole
from sextant.words.quality.figures import of, verb


def headline(found: Cleaned) -> str:
    """One sentence: rows in, rows out, cells changed."""
    before, after = found.rows
    cells = sum(n for one in found.done if one.step.kind != "flag" for _, n in one.changed)
    dropped = f"{of(before - after, before)} dropped" if before != after else (
        f"all {whole(before)} rows kept")  # fmt: skip
    changed = f"{whole(cells)} {verb(cells, 'cell', 'cells')} changed"
    return f"{found.source}: {dropped}, {changed}, written to {found.out}."


def step_name(step: Step) -> str:
    """`missing: age, income (-1, ?)`."""
    columns = ", ".join(step.columns)
    said = f"{step.kind}: {columns}" if columns else step.kind
    if step.kind == "drop_copies" and columns:
        return f"drop_copies, whatever {columns} say"
    if step.values:
        pairs = [f"{old} → {new}" if new is not None else f"{old}" for old, new in step.values]
        return f"{said} ({listed(pairs, most=6)})"
    ends = [f"{word} {end:g}" for word, end in (("low", step.low), ("high", step.high))
            if end is not None]  # fmt: skip
    return f"{said} ({', '.join(ends)})" if ends else said


def step_sentence(done: Done) -> str:
    """What a step changed, by column, or dropped."""
    if done.step.kind == "drop_copies":
        n = done.before - done.after
        return f"{of(n, done.before)} {verb(n, 'was a copy', 'were copies')} and dropped."
    held = [(name, n) for name, n in done.changed if n]
    if not held:
        return "Nothing to change."
    if done.step.kind == "flag":
        return f"{of(held[0][1], done.before)} flagged in '{done.step.name}'."
    lost = " became missing, for they could not be read" * (done.step.kind in {"number", "date"})
    cells = [f"{whole(n)} of '{name}'" for name, n in held]
    return f"Cells{lost or ' changed'}: {listed(cells, most=8)}."
