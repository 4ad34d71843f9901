"""A study of drift from two tables: one scan of each, the windows, the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sextant.engines.errors import SourceError
from sextant.engines.source import Source
from sextant.stats.estimate import Level
from sextant.studies.drift.comparing import compared, together
from sextant.studies.drift.counting import Progress, columns_of, counted, facts
from sextant.studies.drift.result import Answer, Asked, Drift


def studied(
    asked: Asked,
    reference: Source,
    current: Source,
    named: Sequence[str],
    today: date,
    code: str = "",
    progress: Progress | None = None,
) -> Drift:
    """Everything from one scan a table. Raises `SourceError` where they cannot be compared."""
    columns = columns_of(reference, current, named, asked.by, asked.score)
    if not columns.numbers and not columns.values and not columns.structure:
        raise SourceError(
            [f"{reference.name} and {current.name} have no column that can be compared."]
        )
    level = Level(1 - asked.confidence)
    (before,), first = counted(reference, columns, "", asked.score, level, progress)
    windows, second = counted(current, columns, asked.by, asked.score, level, progress)
    same = not asked.by and first.snapshot == second.snapshot
    found, family = compared(asked, before, windows)
    answer: Answer = together([one.answer for one in found])
    if columns.structure:
        answer = "changed"
    return Drift(
        asked=asked,
        reference=facts(reference, first),
        current=facts(current, second),
        answer="undecided" if same else answer,
        windows=found,
        structure=columns.structure,
        left_out=columns.left_out,
        family=family,
        same=same,
        code=code,
        compared_on=today.isoformat(),
        notes=(*first.notes, *second.notes),
    )
