"""Requests as plain JSON values and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sextant.metrics.paired.requests import (
    Agreed,
    Crossed,
    Joined,
    Measured,
    Nearer,
    Ordered,
    PairRequest,
    Ranked,
    Side,
)
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
    Scalar,
    Scaled,
    Scores,
    Values,
    Verdicts,
    Volume,
    Weights,
    Within,
)
from sextant.states.agreement import Agreement
from sextant.states.classes import ClassCounts
from sextant.states.columns import damaged
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts
from sextant.states.fit import FitMoments
from sextant.states.histogram import Histogram
from sextant.states.joint import JointScores
from sextant.states.judged import Judged
from sextant.states.moments import CoMoments, Moments
from sextant.states.newest import Newest
from sextant.states.repeated import Repeated
from sextant.states.scores import ScoreCounts
from sextant.states.shown import Shown

NAMES: Mapping[type[Any], str] = {
    Scores: "scores",
    Decisions: "decisions",
    Labels: "labels",
    Errors: "errors",
    Values: "values",
    Pairs: "pairs",
    Distribution: "distribution",
    Flag: "flag",
    Residuals: "residuals",
    Fit: "fit",
    Scaled: "scaled",
    Within: "within",
    Difference: "difference",
    Weights: "weights",
    Classes: "classes",
    Among: "among",
    Ranking: "ranking",
    Agreed: "agreed",
    Ranked: "ranked",
    Joined: "joined",
    Measured: "measured",
    Nearer: "nearer",
    Ordered: "ordered",
    Crossed: "crossed",
    Verdicts: "verdicts",
    Patterns: "patterns",
    Volume: "volume",
    Latest: "latest",
    Copies: "copies",
}
KINDS: Mapping[type[Any], type[Any]] = {
    Latest: Newest,
    Copies: Repeated,
    Verdicts: Judged,
    Patterns: Counts,
    Fit: FitMoments,
    Classes: ClassCounts,
    Decisions: Confusion,
}
"""Requests that any state of a kind answers."""
VERDICTS = ("true", "range", "is", "value")
WHICH = ("a", "b", "difference")
ORDERED = (*WHICH, "sign", "hits")
OF_USERS = ("ndcg", "map", "mrr", "recall", "precision", "hit")
ERRORS = ("score", "brier", "absolute", "squared")
RANKINGS = ("ndcg", "map", "mrr", "recall", "precision", "hit", "mean", "diversity", "coverage")
RESIDUALS = ("error", "absolute", "squared", "percentage", "pinball")
FLAGS = ("missing", "true", "range", "set", "type", "pattern")
COMPARED = {"better", "worse", "same"}
ANSWERS = {"yes", "no", "none"}


def plain_request(request: Request) -> list[Any]:
    """A request as its name and its fields; 1.0 is written 1, so that equal ones look alike."""
    return [NAMES[type(request)], *(plain(getattr(request, one.name)) for one in fields(request))]


def plain(value: Any) -> Any:
    """A value of JSON: a tuple as a list, a whole number without its decimal point."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Side):
        return [value.column, plain(value.scale), plain(value.cut), value.decides]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def request_from(held: Any) -> Request:
    """The request that `plain_request` wrote. Raises StateError for anything else."""
    found = _of_classes(held) or _of_table(held) or _of_columns(held) or _of_label(held)
    if found is None:
        raise damaged("request", shown(held))
    return found


def _of_classes(held: Any) -> Request | None:
    match held:
        case ["scores", list(thresholds)]:
            return Scores(tuple(number(one) for one in thresholds))
        case ["decisions"]:
            return Decisions()
        case ["labels"]:
            return Labels()
        case ["errors"]:
            return Errors()
        case ["classes"]:
            return Classes()
        case ["among", list(columns)] if all(isinstance(one, str) for one in columns):
            return Among(tuple(columns))
        case _:
            return None


def _of_columns(held: Any) -> Request | None:
    match held:
        case ["values", str(column)]:
            return Values(column)
        case ["weights", str(column)]:
            return Weights(column)
        case ["pairs", str(x), str(y)]:
            return Pairs(x, y)
        case ["difference", str(lower), str(upper)]:
            return Difference(lower, upper)
        case ["distribution", str(column), list(cuts)]:
            return Distribution(column, tuple(number(one) for one in cuts))
        case ["flag", str(kind), str(column), low, high, list(values)] if kind in FLAGS:
            return Flag(kind, column, _end(low), _end(high), tuple(map(_scalar, values)))
        case ["verdicts", str(kind), str(column), str(judge), low, high, str(value)] if (
            kind in VERDICTS
        ):
            return Verdicts(kind, column, judge, _end(low), _end(high), value)
        case ["patterns", [*columns], lengths] if all(isinstance(one, str) for one in columns):
            return Patterns(tuple(columns), _lengths(lengths))
        case [str(name), [*a], [*b], *rest]:
            return _pair_from(name, (side_from(a), side_from(b)), rest)
        case _:
            return None


def _of_table(held: Any) -> Request | None:
    match held:
        case ["volume"]:
            return Volume()
        case ["latest", str(column)]:
            return Latest(column)
        case ["copies", str(column), list(ignore)] if all(isinstance(one, str) for one in ignore):
            return Copies(column, tuple(ignore))
        case _:
            return None


def _of_label(held: Any) -> Request | None:
    match held:
        case ["residuals", str(kind), str(column), q] if kind in RESIDUALS:
            return Residuals(kind, column, _end(q))
        case ["fit"]:
            return Fit()
        case ["scaled", str(baseline)]:
            return Scaled(baseline)
        case ["ranking", str(kind), int(k), at_least, str(column)] if kind in RANKINGS:
            return Ranking(kind, k, _end(at_least), column)
        case ["within", str(lower), str(upper)]:
            return Within(lower, upper)
        case _:
            return None


def _pair_from(name: str, sides: tuple[Side, Side], rest: list[Any]) -> PairRequest:
    match name, rest:
        case "agreed", []:
            return Agreed(*sides)
        case "crossed", []:
            return Crossed(*sides)
        case "ordered", [str(kind), int(k), at_least, which] if (
            kind in OF_USERS and which in ORDERED
        ):
            return Ordered(*sides, kind, k, _end(at_least), which)
        case "joined", []:
            return Joined(*sides)
        case "ranked", ["a" | "b" as which]:
            return Ranked(*sides, which)
        case "nearer", [str(truth)]:
            return Nearer(*sides, truth)
        case "measured", [error, which, str(truth)] if error in ERRORS and which in WHICH:
            return Measured(*sides, error, which, truth)
        case _:
            raise damaged("request", shown([name, *rest]))


def _lengths(held: Any) -> tuple[str, str] | None:
    match held:
        case None:
            return None
        case [str(first), str(second)]:
            return first, second
        case _:
            raise damaged("columns of lengths", shown(held))


def side_from(held: list[Any]) -> Side:
    """The version that `plain` wrote. Raises StateError for anything else."""
    match held:
        case [str(column), scale, cut, bool(decides)]:
            return Side(column, number(scale), number(cut), decides)
        case _:
            raise damaged("version", shown(held))


def answers(state: Any, request: Request) -> bool:
    """Whether a state is of the kind, and has the edges, that a request asks for."""
    if isinstance(request, PairRequest):
        return _pair_answers(state, request)
    if kind := KINDS.get(type(request)):
        return isinstance(state, kind)
    match request:
        case Scores():
            return isinstance(state, ScoreCounts) and state.thresholds == request.thresholds
        case Distribution():
            return isinstance(state, Histogram) and state.cuts == request.cuts
        case Ranking():
            return _ranking_answers(state, request)
        case Errors() | Values() | Residuals() | Difference() | Weights():
            return isinstance(state, Moments)
        case Pairs() | Scaled():
            return isinstance(state, CoMoments)
        case _:
            return isinstance(state, Counts) and {key for key, _ in state.items} <= ANSWERS


def _ranking_answers(state: Any, request: Ranking) -> bool:
    match request.kind:
        case "hit":
            return isinstance(state, Counts) and {key for key, _ in state.items} <= ANSWERS
        case "coverage":
            return isinstance(state, Shown) and state.copies == 1
        case _:
            return isinstance(state, Moments)


def _pair_answers(state: Any, request: PairRequest) -> bool:
    match request:
        case Agreed():
            return isinstance(state, Agreement)
        case Ranked():
            return isinstance(state, ScoreCounts) and not state.thresholds
        case Joined():
            return isinstance(state, JointScores)
        case Ordered(which="hits"):
            return isinstance(state, Agreement)
        case Measured() | Ordered(which="a" | "b" | "difference"):
            return isinstance(state, Moments)
        case Crossed():
            return isinstance(state, Counts)
        case _:
            return isinstance(state, Counts) and {key for key, _ in state.items} <= COMPARED


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
