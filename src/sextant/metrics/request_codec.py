"""Requests as plain JSON values and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sextant.metrics.requests import (
    Decisions,
    Distribution,
    Errors,
    Flag,
    Labels,
    Pairs,
    Request,
    Scalar,
    Scores,
    Values,
)
from sextant.states.columns import damaged
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts
from sextant.states.histogram import Histogram
from sextant.states.moments import CoMoments, Moments
from sextant.states.scores import ScoreCounts

NAMES: Mapping[type[Any], str] = {
    Scores: "scores",
    Decisions: "decisions",
    Labels: "labels",
    Errors: "errors",
    Values: "values",
    Pairs: "pairs",
    Distribution: "distribution",
    Flag: "flag",
}
FLAGS = ("missing", "true", "range", "set")
ANSWERS = {"yes", "no", "none"}


def plain_request(request: Request) -> list[Any]:
    """A request as its name and its fields; 1.0 is written 1, so that equal ones look alike."""
    return [NAMES[type(request)], *(plain(getattr(request, one.name)) for one in fields(request))]


def plain(value: Any) -> Any:
    """A value of JSON: a tuple as a list, a whole number without its decimal point."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def request_from(held: Any) -> Request:
    """The request that `plain_request` wrote. Raises StateError for anything else."""
    match held:
        case ["scores", list(thresholds)]:
            return Scores(tuple(number(one) for one in thresholds))
        case ["decisions"]:
            return Decisions()
        case ["labels"]:
            return Labels()
        case ["errors"]:
            return Errors()
        case ["values", str(column)]:
            return Values(column)
        case ["pairs", str(x), str(y)]:
            return Pairs(x, y)
        case ["distribution", str(column), list(cuts)]:
            return Distribution(column, tuple(number(one) for one in cuts))
        case ["flag", str(kind), str(column), low, high, list(values)] if kind in FLAGS:
            return Flag(kind, column, _end(low), _end(high), tuple(map(_scalar, values)))
        case _:
            raise damaged("request", shown(held))


def answers(state: Any, request: Request) -> bool:
    """Whether a state is of the kind, and has the edges, that a request asks for."""
    match request:
        case Scores():
            return isinstance(state, ScoreCounts) and state.thresholds == request.thresholds
        case Distribution():
            return isinstance(state, Histogram) and state.cuts == request.cuts
        case Decisions():
            return isinstance(state, Confusion)
        case Errors() | Values():
            return isinstance(state, Moments)
        case Pairs():
            return isinstance(state, CoMoments)
        case Labels() | Flag():
            return isinstance(state, Counts) and {key for key, _ in state.items} <= ANSWERS


def number(value: Any) -> float:
    """A finite double from JSON. Raises StateError for anything else."""
    whole = type(value) is int and abs(value) < 2**63
    if whole or (type(value) is float and math.isfinite(value)):
        return float(value)
    raise damaged("number", shown(value))


def shown(value: Any) -> str:
    return repr(value)[:80]


def _end(value: Any) -> float | None:
    return None if value is None else number(value)


def _scalar(value: Any) -> Scalar:
    if isinstance(value, str | bool):
        return value
    return value if type(value) is int and abs(value) < 2**63 else number(value)
