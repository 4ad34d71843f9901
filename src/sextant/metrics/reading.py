"""Which columns a request reads: its own, and those that play a role in the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.metrics.paired.requests import PairRequest
from sextant.metrics.requests import (
    Among,
    Classes,
    Copies,
    Decisions,
    Difference,
    Distribution,
    Errors,
    Fit,
    Flag,
    Labels,
    Latest,
    Pairs,
    Patterns,
    Ranking,
    Request,
    Residuals,
    Scaled,
    Scores,
    Values,
    Verdicts,
    Weights,
    Within,
)

ROLES: Mapping[type[Any], tuple[str, ...]] = {
    Scores: ("score", "label"),
    Errors: ("score", "label"),
    Decisions: ("prediction", "label"),
    Labels: ("label",),
    Residuals: ("prediction", "label"),
    Fit: ("prediction", "label"),
    Scaled: ("prediction", "label"),
    Within: ("label",),
    Classes: ("prediction", "label"),
    Among: ("label",),
}


def roles_of(request: Request) -> tuple[str, ...]:
    """The roles whose columns a request reads; a label may be absent where none is needed.

    "order" is the prediction, a place, where there is one, else the score.
    """
    if isinstance(request, PairRequest):
        return ("label",)
    if isinstance(request, Residuals) and request.column:
        return ("label",)
    if isinstance(request, Ranking):
        return ("unit", "order", *(() if request.column else ("label",)))
    return ROLES.get(type(request), ())


def own_columns(request: Request) -> tuple[str, ...]:
    """The columns that a request names itself."""
    match request:
        case Values() | Distribution() | Flag() | Weights() | Latest():
            return (request.column,)
        case Copies():
            return (request.column,) if request.column else request.ignore
        case Pairs():
            return (request.x, request.y)
        case Within() | Difference():
            return (request.lower, request.upper)
        case Residuals() | Ranking():
            return (request.column,) if request.column else ()
        case Scaled():
            return (request.baseline,) if request.baseline else ()
        case Among() | PairRequest():
            return request.columns
        case Verdicts():
            return request.column, request.judge
        case Patterns():
            return (*request.columns, *(request.lengths or ()))
        case _:
            return ()
