"""Example criteria of a draft for each kind of task; the bounds are for people to set.

A share has a bound that somebody could mean. What is counted in dollars, steps or seconds has none:
such a criterion waits behind a # until people have written theirs, for one that no number can miss
would be a promise of nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sextant.contracts.file.draft import Draft


def of_task(draft: Draft, every: str) -> list[str]:
    """What this table can answer, as lines of `criteria`; `every` names its groups."""
    found = [f"- {one}" for one in CRITERIA.get(draft.task, _nothing)(draft, every)]
    spent = next(iter(draft.spent), None)
    watched = draft.label or draft.score or draft.prediction or draft.column or spent
    if not found and watched:
        found = [f"- missing_rate({column(watched)}) <= 2%"]
    return found + [f"# - {one}" for one in OPEN.get(draft.task, _nothing)(draft, every)]


def column(text: str) -> str:
    """A column as a criterion writes it: in double quotes unless it is one word."""
    return text if text.isidentifier() and text != "x" else '"' + text + '"'


def _nothing(draft: Draft, every: str) -> Iterator[str]:
    return iter(())


def _multiclass(draft: Draft, every: str) -> Iterator[str]:
    if draft.label and draft.prediction:
        yield f"accuracy >= 80%{every}"
        yield "macro_f1 >= 0.75"
        yield "macro_recall >= 0.75"


def _regression(draft: Draft, every: str) -> Iterator[str]:
    if draft.label and draft.prediction:
        yield f"wape <= 15%{every}"
        if draft.task == "regression":
            yield "r2 >= 0.7"


def _in_units_of_the_label(draft: Draft, every: str) -> Iterator[str]:
    if draft.label and draft.prediction:
        yield "rmse <= ?                 # in units of the label: how much is too much?"
        yield "bias <= ?"
        yield "bias >= -?"


def _ranking(draft: Draft, every: str) -> Iterator[str]:
    if draft.label and draft.unit and (draft.score or draft.prediction):
        yield f"ndcg(k=10) >= 0.7{every}"
        yield "recall_at(k=10) >= 0.5"
        yield "hit_rate(k=5) >= 80%"


def _answers(draft: Draft, every: str) -> Iterator[str]:
    for place, (name, graded) in enumerate(draft.rubrics):
        where = every if place == 0 else ""
        if graded:
            yield f"pass_rate({column(name)}, at_least=4) >= 85%{where}"
        else:
            yield f"rate({column(name)}) >= 85%{where}"


def _agent(draft: Draft, every: str) -> Iterator[str]:
    if draft.done:
        yield f"success_rate({column(draft.done)}) >= 80%{every}"


def _spent(draft: Draft, every: str) -> Iterator[str]:
    for name in draft.spent[:4]:
        yield (
            f"{{check: 'quantile({column(name)}, q=0.95) <= ?', role: guardrail}}"
            "   # in 95 of 100 cases"
        )


CRITERIA: Mapping[str, Callable[[Draft, str], Iterator[str]]] = {
    "multiclass": _multiclass,
    "regression": _regression,
    "forecasting": _regression,
    "ranking": _ranking,
    "generation": _answers,
    "agent": _agent,
}
OPEN: Mapping[str, Callable[[Draft, str], Iterator[str]]] = {
    "regression": _in_units_of_the_label,
    "forecasting": _in_units_of_the_label,
    "generation": _spent,
    "agent": _spent,
}
"""What has no bound that anybody could mean everywhere."""
