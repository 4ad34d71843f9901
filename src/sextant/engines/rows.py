"""The derived columns of each row: bins, classes, flags, segment values, reasons, hashes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from sextant.contracts.model import Contract
from sextant.engines import pairs
from sextant.engines.head import SUMMABLE
from sextant.engines.period import bounds
from sextant.engines.plan import Plan
from sextant.engines.reading import (
    UNLABELLED,
    as_class,
    as_moment,
    as_number,
    as_segment,
    as_unit,
    in_set,
    is_empty,
)
from sextant.engines.source import Source
from sextant.engines.sql import LARGEST, cases, column, finite, number, sql
from sextant.metrics.paired.requests import PairRequest
from sextant.metrics.requests import (
    Decisions,
    Distribution,
    Errors,
    Flag,
    Pairs,
    Request,
    Scores,
    Values,
)

MASK_BITS = 60
"""Reasons to a mask, so that it stays a BIGINT."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Derived columns by name, reasons to set a row aside (bit by bit), and the row filter."""

    columns: dict[str, exp.Expr]
    reasons: tuple[str, ...]
    where: exp.Expr | None

    @property
    def masks(self) -> tuple[str, ...]:
        """The columns that hold the reasons, `MASK_BITS` in each."""
        return tuple(f"w{part}" for part in range(1 + (len(self.reasons) - 1) // MASK_BITS))


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a row cannot be used: for nothing at all (`whole`), or not where a number is due."""

    condition: exp.Expr
    whole: bool = False


_Reasons = dict[str, _Reason]


def derive(contract: Contract, plan: Plan, source: Source) -> Rows:
    """Everything the grouping query needs, as one expression per name."""
    data = contract.data
    columns: dict[str, exp.Expr] = {}
    reasons: _Reasons = {}
    where = None
    if data.time:
        moment = as_moment(source, data.time)
        columns["t"] = moment
        where = bounds(moment, source.columns[data.time], data.period)
        empty = is_empty(source, data.time)
        reasons["no time"] = _Reason(empty, whole=True)
        unread = sql("not :e and :t is null", e=empty, t=moment)
        reasons["time cannot be read"] = _Reason(unread, whole=True)
    if data.unit:
        reasons["no unit"] = _Reason(is_empty(source, data.unit), whole=True)
        unit = as_unit(source, data.unit)
        columns["u"] = sql("cast('0x' || left(md5(:x), 2) as integer)", x=unit)
    if data.label:
        named = data.label.positive
        columns["y"] = as_class(source, data.label.column, named, others_negative=named is not None)
    else:
        columns["y"] = sql(str(UNLABELLED))
    for i, segment in enumerate(data.segments):
        columns[f"s{i}"] = as_segment(source, segment)
        if segment.bands:
            reasons |= _unreadable(source, segment.column, segment.column)
    for request in plan.all_requests:
        if isinstance(request, PairRequest):
            _derive_versions(request, contract, source, columns, reasons)
        else:
            _derive_request(request, contract, plan, source, columns, reasons)
    unusable = [reason.condition for reason in reasons.values() if reason.whole]
    columns["kept"] = cases([(exp.or_(*unusable), sql("0"))] if unusable else [], sql("1"))
    rows = Rows(columns, tuple(reasons), where)
    conditions = [reason.condition for reason in reasons.values()]
    for part, name in enumerate(rows.masks):
        columns[name] = _mask(conditions[part * MASK_BITS : (part + 1) * MASK_BITS])
    columns["r"] = row_hash(sorted(plan.columns))
    return rows


def _derive_request(
    request: Request,
    contract: Contract,
    plan: Plan,
    source: Source,
    columns: dict[str, exp.Expr],
    reasons: _Reasons,
) -> None:
    data = contract.data
    index = plan.all_requests.index(request)
    match request:
        case Scores() | Errors():
            assert data.score
            if "p" not in columns:
                columns["p"] = _score(source, data.score.column, data.score.scale)
                reasons |= _number_reasons(source, data.score.column, "score")
        case Decisions():
            assert data.prediction
            positive = data.label.positive if data.label else None
            columns["d"] = as_class(source, data.prediction, positive)
            reasons["no prediction"] = _Reason(is_empty(source, data.prediction))
        case Values():
            columns[f"v{index}"] = _usable(source, request.column, SUMMABLE)
            reasons |= _number_reasons(source, request.column, request.column, SUMMABLE)
        case Pairs():
            for axis, name in (("x", request.x), ("y", request.y)):
                columns[f"{axis}{index}"] = _usable(source, name, SUMMABLE)
                reasons |= _number_reasons(source, name, name, SUMMABLE)
        case Distribution():
            columns[f"v{index}"] = _usable(source, request.column)
            reasons |= _number_reasons(source, request.column, request.column)
        case Flag():
            columns[f"f{index}"] = _flag(source, request)
            if request.kind == "true":
                name = request.column
                reasons[f"no {name}"] = _Reason(is_empty(source, name))


def _derive_versions(
    request: PairRequest,
    contract: Contract,
    source: Source,
    columns: dict[str, exp.Expr],
    reasons: _Reasons,
) -> None:
    """What two versions say of each row; a row that one of them left out is told by the reason."""
    for key, (name, scale) in pairs.numbers_read(request).items():
        value = _usable(source, name, SUMMABLE)
        columns[key] = sql(":x / :s", x=value, s=number(scale)) if scale != 1 else value
        told = _number_reasons(source, name, name, SUMMABLE)
        if key == "vt":  # a row without its truth is unlabelled
            del told[f"no {name}"]
        reasons |= told
    positive = contract.data.label.positive if contract.data.label else None
    for key, name in pairs.decisions_read(request).items():
        columns[key] = as_class(source, name, positive)
        reasons[f"no {name}"] = _Reason(is_empty(source, name))


def _usable(source: Source, name: str, most: float = LARGEST) -> exp.Expr:
    value = as_number(source, name)
    return sql("case when :ok then :x end", ok=finite(value, most), x=value)


def _score(source: Source, name: str, scale: float) -> exp.Expr:
    value = _usable(source, name)
    return value if scale == 1 else sql(":x / :s", x=value, s=number(scale))


def _number_reasons(source: Source, name: str, called: str, most: float = LARGEST) -> _Reasons:
    value = as_number(source, name)
    infinite = sql("coalesce(abs(:x) = 'infinity'::double, false)", x=value)
    reasons = {
        f"no {called}": _Reason(_no_number(source, name)),
        **_unreadable(source, name, called),
        f"{called} is infinite": _Reason(infinite),
    }
    if most < LARGEST:
        huge = sql("coalesce(abs(:x) > :m and :ok, false)", x=value, m=most, ok=finite(value))
        reasons[f"{called} is beyond {most:g}"] = _Reason(huge)
    return reasons


def _unreadable(source: Source, name: str, called: str) -> _Reasons:
    """Text that is no number, and NaN: something stands there, but nothing to count with."""
    empty, value = _no_number(source, name), as_number(source, name)
    unread = sql("not :e and not coalesce(:x <= 'infinity'::double, false)", e=empty, x=value)
    return {f"{called} is not a number": _Reason(unread)}


def _no_number(source: Source, name: str) -> exp.Expr:
    if source.columns[name] in {"number", "single"}:
        return sql(":x is null", x=column(name))
    return is_empty(source, name)


def _flag(source: Source, request: Flag) -> exp.Expr:
    """1 yes, 0 no, 2 the cell is empty, 4 neither true nor false."""
    name = request.column
    empty = (is_empty(source, name), sql("2"))
    match request.kind:
        case "missing":
            return cases([(is_empty(source, name), sql("1"))], sql("0"))
        case "true":
            return as_class(source, name, None)
        case "set":
            inside = in_set(source, name, request.values)
            return cases([empty, (inside, sql("0"))], sql("1"))
        case _:
            value = as_number(source, name)
            tests = []
            if request.low is not None:
                tests.append(sql(":x >= :b", x=value, b=number(request.low)))
            if request.high is not None:
                tests.append(sql(":x <= :b", x=value, b=number(request.high)))
            inside = sql("coalesce(:t, false)", t=exp.and_(*tests))
            return cases(
                [(sql(":x is null", x=column(name)), sql("2")), (inside, sql("0"))], sql("1")
            )


def _mask(conditions: list[exp.Expr]) -> exp.Expr:
    total = sql("0")
    for bit, condition in enumerate(conditions):
        total = sql(f":a + case when :c then {1 << bit} else 0 end", a=total, c=condition)
    return total


def row_hash(names: list[str]) -> exp.Expr:
    """MD5 of the columns read, in the order of their names and as text, in hexadecimal."""
    cells = [sql("coalesce(cast(:x as text), chr(30))", x=column(name)) for name in names]
    joined = exp.Anonymous(this="concat_ws", expressions=[sql("chr(31)"), *cells])
    return sql("md5(:x)", x=joined)
