"""What a query is to be told of its groups: of rows, or of groups that were made of rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from sextant.engines import judged, pairs
from sextant.engines.ranking import shown
from sextant.engines.sql import DIALECT, number
from sextant.metrics.paired.requests import Measured, Ordered, PairRequest
from sextant.metrics.requests import (
    Difference,
    Distribution,
    Errors,
    Fit,
    Latest,
    Pairs,
    Ranking,
    Request,
    Residuals,
    Scaled,
    Scores,
    Values,
    Verdicts,
    Weights,
)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One number of every group: `rows` makes it of rows, `groups` of the same of finer groups.

    `groups` is empty where finer groups do not tell it, as with a variance. `shown` is how the
    answer has it.
    """

    name: str
    rows: str
    groups: str = ""
    shown: str = "{}"

    def of_rows(self) -> str:
        return f"{self.shown.format(self.rows)} as {self.name}"

    def of_groups(self) -> str:
        return f"{self.shown.format(self.groups)} as {self.name}"


ROWS = Aggregate("n", "count(*)", "cast(sum(n) as bigint)")


def _ends(of: str, low: str, high: str, shown: str = "{}") -> list[Aggregate]:
    return [
        Aggregate(low, f"min({of})", f"min({low})", shown),
        Aggregate(high, f"max({of})", f"max({high})", shown),
    ]


def aggregates(
    requests: Sequence[Request],
    wanted: Iterable[Request | None],
    columns: Mapping[str, exp.Expr],
    near: Mapping[str, float],
    facts: bool,
    mixed: bool,
) -> list[Aggregate]:
    """What groups must tell: for the requests that are `wanted`, and of all rows where `facts`.

    `columns` are those derived of each row; `near` a number near those that are summed; `mixed`:
    whether users' segments may differ.
    """
    found, among = [ROWS], set(wanted)
    if facts:
        found += [_hashes(half) for half in ("upper", "lower")]
    if facts and mixed:
        found += [Aggregate("mixed", "max(mixed)")]
    if "t" in columns and facts:
        found += _ends("t", "t_low", "t_high", "cast({} as text)")
    if "p" in columns and (facts or any(isinstance(one, Scores) for one in among)):
        found += _ends("p", "p_low", "p_high")
    if facts:
        found += _named(pairs.limits(tuple(requests), columns))
    for index, request in enumerate(requests):
        if request in among and isinstance(request, Distribution):
            found += _ends(f"v{index}", f"low{index}", f"high{index}")
        elif request in among and isinstance(request, Latest):
            n, day = f"n{index}", f"day{index}"
            found.append(Aggregate(n, f"count(v{index})", f"cast(sum({n}) as bigint)"))
            found.append(Aggregate(day, f"max(v{index})", f"max({day})"))
        elif request in among:
            found += _named(_of_numbers(request, index, near))
    for index, request in enumerate(requests):
        if isinstance(request, PairRequest) and request in among:
            summed = isinstance(request, Measured) or _of_users(request)
            moments = _moments(f"m{index}", str(index)) if summed else []
            found += _named([*moments, *pairs.aggregates(request, index)])
    return found


def _of_users(request: Request) -> bool:
    return isinstance(request, Ordered) and request.which in ("a", "b", "difference")


def _hashes(half: str) -> Aggregate:
    total = "cast(sum({}) % 18446744073709551616 as ubigint)"
    return Aggregate(half, total.format(f"{half}_half"), total.format(half))


def _named(written: Iterable[str]) -> list[Aggregate]:
    """Of rows only: each as `… as name`."""
    parted = (one.rpartition(" as ") for one in written)
    return [Aggregate(name, rows) for rows, _, name in parted]


def _of_numbers(request: Request, index: int, near: Mapping[str, float]) -> list[str]:
    """The aggregates that a request needs beside the number of rows: sums, or ends."""
    match request:
        case Values():
            return _moments(_from(f"v{index}", near), str(index))
        case Errors():
            return _moments("(error * error)", str(index))
        case Ranking(kind="hit"):
            return []
        case Ranking(kind="coverage"):
            return shown(request, index)
        case Residuals() | Difference() | Ranking() | Weights():
            return _moments(f"v{index}", str(index))
        case Fit():
            return _fit(f"x{index}", _from(f"v{index}", near), index)
        case Pairs() | Scaled():
            x, y = _from(f"x{index}", near), _from(f"y{index}", near)
            return _co_moments(x, y, index)
        case Verdicts():
            return judged.aggregates(index, near)
        case _:
            return []


def _from(name: str, near: Mapping[str, float]) -> str:
    return f"({name} - {number(near.get(name, 0.0)).sql(dialect=DIALECT)})"


def _moments(x: str, name: str) -> list[str]:
    """Centred by the engine itself; the third comes from cov(x, x²) = m3/n + 2·mean·m2/n."""
    return [
        f"count({x}) as n{name}",
        f"favg({x}) as mean{name}",
        f"var_pop({x}) as var{name}",
        f"covar_pop({x}, {x} * {x}) as cov{name}",
    ]


def _fit(q: str, y: str, index: int) -> list[str]:
    """Squared errors q and labels y, up to the fourth power; both are NULL in the same rows."""
    return [
        f"count({q}) as n{index}",
        f"favg({q}) as error{index}",
        f"var_pop({q}) as v{index}",
        f"favg({y}) as mean{index}",
        f"var_pop({y}) as var{index}",
        f"covar_pop({y}, {y} * {y}) as cov{index}",
        f"var_pop({y} * {y}) as four{index}",
        f"covar_pop({q}, {y}) as one{index}",
        f"covar_pop({q}, {y} * {y}) as two{index}",
    ]


def _co_moments(x: str, y: str, index: int) -> list[str]:
    both = f"{x} is not null and {y} is not null"
    return [
        f"count(case when {both} then 1 end) as n{index}",
        f"favg(case when {both} then {x} end) as meanx{index}",
        f"favg(case when {both} then {y} end) as meany{index}",
        f"var_pop(case when {both} then {x} end) as varx{index}",
        f"var_pop(case when {both} then {y} end) as vary{index}",
        f"covar_pop({x}, {y}) as cov{index}",
    ]
