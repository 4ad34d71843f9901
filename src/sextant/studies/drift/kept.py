"""Drift between kept states of tables: no row is read, and nothing that rows alone tell is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sextant.contracts.evidence import DataFacts
from sextant.contracts.problems import suggest
from sextant.engines.errors import SourceError
from sextant.states.table import TableState
from sextant.studies.drift.comparing import compared, together
from sextant.studies.drift.result import Answer, Asked, Drift, State, Structure, Window

ROWS_ONLY = (
    "From kept states alone it is not said which segment carries a change, nor which words of "
    "texts moved; for that, name the tables."
)


def studied_kept(
    asked: Asked, reference: TableState, current: TableState, named: Sequence[str], today: date,
    code: str = "",
) -> Drift:  # fmt: skip
    """One comparison of all rows with all rows, column by column.

    Raises `SourceError` for what only rows can tell, and for columns that are in neither state.
    """
    _only(asked)
    kinds = [_kinds(one) for one in (reference, current)]
    names = list(named) or list(kinds[0])
    if odd := [name for name in names if name not in kinds[0]]:
        remedy = suggest(odd[0], kinds[0], "columns")
        raise SourceError([f"Column '{odd[0]}' is not in {asked.reference}. {remedy}"])
    structure = _structure(kinds, names, not named)
    moved = {one.column for one in structure}
    left = {**current.left, **reference.left}
    kept = [name for name in names if name not in moved and name not in left]
    if not kept and not structure:
        what = f"{asked.reference} and {asked.current} keep no column that can be compared"
        raise SourceError([f"{what}. Name the tables."])
    sides = [
        Window(name, float(state.snapshot.rows), {column: _state(state, column) for column in kept})
        for name, state in ((asked.reference, reference), (asked.current, current))
    ]
    same = reference.snapshot == current.snapshot
    found, family = compared(asked, sides[0], [sides[1]])
    answer: Answer = "changed" if structure else together([one.answer for one in found])
    return Drift(
        asked=asked,
        reference=_facts(asked.reference, reference),
        current=_facts(asked.current, current),
        answer="undecided" if same else answer,
        windows=found,
        structure=structure,
        left_out=tuple((name, left[name]) for name in names if name in left and name not in moved),
        family=family,
        same=same,
        code=code,
        compared_on=today.isoformat(),
        notes=(ROWS_ONLY,),
    )


def _only(asked: Asked) -> None:
    """Refuse what kept states cannot tell."""
    given = {"by": asked.by, "time": asked.time, "score": asked.score, "contract": asked.contract}
    if names := [name for name, value in given.items() if value]:
        what = f"A kept state has no rows for {', '.join(names)}"
        raise SourceError([f"{what}. Leave that out, or name the tables."])


def _kinds(state: TableState) -> dict[str, str]:
    kinds = dict.fromkeys(state.numbers, "numbers") | dict.fromkeys(state.words, "values")
    return kinds | dict.fromkeys(state.left, "")


def _structure(
    kinds: Sequence[dict[str, str]], names: Sequence[str], every: bool
) -> tuple[Structure, ...]:
    """Columns that are gone, of another kind, or new."""
    before, after = kinds
    found = [
        Structure(name, "absent", before[name]) for name in names if name not in after
    ] + [
        Structure(name, "retyped", before[name], after[name])
        for name in names
        if name in after and before[name] and after[name] and before[name] != after[name]
    ]  # fmt: skip
    if every:
        found += [Structure(name, "new", "", after[name]) for name in after if name not in before]
    return tuple(found)


def _state(state: TableState, column: str) -> State:
    if column in state.numbers:
        return state.numbers[column]
    return dict(state.words[column].items)


def _facts(name: str, state: TableState) -> DataFacts:
    return DataFacts(name, state.snapshot.rows, None, state.snapshot.hex)
