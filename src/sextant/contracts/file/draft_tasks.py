"""Example criteria of a draft for each kind of task; the bounds are for people to set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sextant.contracts.file.draft import Draft


def of_task(draft: Draft, every: str) -> list[str]:
    """What this table can answer, as lines of `criteria`; `every` names its groups."""
    found = list(CRITERIA[draft.task](draft, every)) if draft.task in CRITERIA else []
    watched = draft.label or draft.score or draft.prediction or draft.column
    if not found and watched:
        found = [f"missing_rate({column(watched)}) <= 2%"]
    return found


def column(text: str) -> str:
    """A column as a criterion writes it: in double quotes unless it is one word."""
    return text if text.isidentifier() and text != "x" else '"' + text + '"'


def _multiclass(draft: Draft, every: str) -> Iterator[str]:
    if draft.label and draft.prediction:
        yield f"accuracy >= 80%{every}"
        yield "macro_f1 >= 0.75"
        yield "macro_recall >= 0.75"


def _regression(draft: Draft, every: str) -> Iterator[str]:
    if draft.label and draft.prediction:
        yield f"wape <= 15%{every}"
        yield "r2 >= 0.7" if draft.task == "regression" else "rmse <= 1000"
        yield "bias <= 100                 # and the other side:"
        yield "bias >= -100"


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
    yield from _spent(draft)


def _agent(draft: Draft, every: str) -> Iterator[str]:
    if draft.done:
        yield f"success_rate({column(draft.done)}) >= 80%{every}"
    yield from _spent(draft)


def _spent(draft: Draft) -> Iterator[str]:
    for name in draft.spent[:4]:
        yield f"{{check: 'quantile({column(name)}, q=0.95) <= 1000', role: guardrail}}"


CRITERIA: Mapping[str, Callable[[Draft, str], Iterator[str]]] = {
    "multiclass": _multiclass,
    "regression": _regression,
    "forecasting": _regression,
    "ranking": _ranking,
    "generation": _answers,
    "agent": _agent,
}
