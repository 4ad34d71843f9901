"""The derived columns of each row: bins, classes, flags, segment values, reasons, hashes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from sextant.contracts.model import Contract, Fold
from sextant.engines import pairs
from sextant.engines.folds import as_fold
from sextant.engines.head import SUMMABLE
from sextant.engines.judged import of_judge
from sextant.engines.many import of_class, of_classes, right_code, whether_right
from sextant.engines.ordered import of_orders
from sextant.engines.period import bounds
from sextant.engines.plan import Plan
from sextant.engines.ranking import of_ranking
from sextant.engines.reading import (
    LABELLED,
    UNLABELLED,
    as_class,
    as_day,
    as_moment,
    as_number,
    as_segment,
    as_unit,
    in_set,
    is_empty,
    is_type,
    matches,
)
from sextant.engines.residuals import of_label
from sextant.engines.source import Source
from sextant.engines.sql import LARGEST, cases, column, number, sql
from sextant.engines.usable import Reason, Reasons, number_reasons, unreadable, usable
from sextant.metrics.paired.requests import Crossed, Ordered, PairRequest
from sextant.metrics.reading import own_columns
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
    OfRows,
    Pairs,
    Patterns,
    Ranking,
    Residuals,
    Scaled,
    Scores,
    Values,
    Verdicts,
    Volume,
    Weights,
    Within,
)

MASK_BITS = 60
"""Reasons to a mask, so that it stays a BIGINT."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Derived columns by name, reasons to set a row aside (bit by bit), and the row filter.

    `raw` and `finish`: a derived column that may as well be made of groups: as rows have it, and
    what is made of that.
    """

    columns: dict[str, exp.Expr]
    reasons: tuple[str, ...]
    where: exp.Expr | None
    raw: dict[str, exp.Expr]
    finish: dict[str, exp.Expr]

    @property
    def masks(self) -> tuple[str, ...]:
        """The columns that hold the reasons, `MASK_BITS` in each."""
        return tuple(f"w{part}" for part in range(1 + (len(self.reasons) - 1) // MASK_BITS))


def derive(contract: Contract, plan: Plan, source: Source) -> Rows:
    """Everything the grouping query needs, as one expression per name."""
    data = contract.data
    columns: dict[str, exp.Expr] = {}
    raw: dict[str, exp.Expr] = {}
    finish: dict[str, exp.Expr] = {}
    reasons: Reasons = {}
    where = None
    if data.time:
        moment = as_moment(source, data.time)
        columns["t"] = moment
        where = bounds(moment, source.columns[data.time], data.period)
        empty = is_empty(source, data.time)
        reasons["no time"] = Reason(empty, whole=True)
        unread = sql("not :e and :t is null", e=empty, t=moment)
        reasons["time cannot be read"] = Reason(unread, whole=True)
    if data.unit:
        reasons["no unit"] = Reason(is_empty(source, data.unit), whole=True)
        unit = as_unit(source, data.unit)
        columns["u"] = sql("cast('0x' || left(md5(:x), 2) as integer)", x=unit)
    columns["y"] = _label(contract, source)
    for i, segment in enumerate(data.segments):
        columns[f"s{i}"] = (
            as_fold(segment, columns, row_hash(sorted(plan.columns)), source)
            if isinstance(segment, Fold)
            else as_segment(source, segment)
        )
        if not segment.bands and not isinstance(segment, Fold):
            raw[f"s{i}"] = column(segment.column)
            finish[f"s{i}"] = _of(f"s{i}", columns[f"s{i}"])
        if segment.bands:
            reasons |= unreadable(source, segment.column, segment.column)
    for index, request in enumerate(plan.all_requests):
        if isinstance(request, Crossed):
            derived, why = of_classes(request, data, source, index)
        elif isinstance(request, PairRequest):
            derived, why = _derive_versions(request, contract, source)
        else:
            derived, why = _derive_request(request, contract, source, index)
        columns |= derived
        reasons |= why
    unusable = [reason.condition for reason in reasons.values() if reason.whole]
    columns["kept"] = cases([(exp.or_(*unusable), sql("0"))] if unusable else [], sql("1"))
    rows = Rows(columns, tuple(reasons), where, raw, finish)
    conditions = [reason.condition for reason in reasons.values()]
    for part, name in enumerate(rows.masks):
        columns[name] = _mask(conditions[part * MASK_BITS : (part + 1) * MASK_BITS])
    columns["r"] = row_hash(sorted(plan.columns))
    return rows


def _of(name: str, made: exp.Expr) -> exp.Expr:
    """The same made of a column of that name instead of the table's."""
    return made.copy().transform(
        lambda node: exp.column(name) if isinstance(node, exp.Column) else node
    )


def _label(contract: Contract, source: Source) -> exp.Expr:
    """The label's class; where a task knows no two classes only whether there is a label."""
    label = contract.data.label
    if label is None:
        return sql(str(UNLABELLED))
    if contract.task != "binary":
        empty = is_empty(source, label.column)
        return cases([(empty, sql(str(UNLABELLED)))], sql(str(LABELLED)))
    named = label.positive
    return as_class(source, label.column, named, others_negative=named is not None)


def _derive_request(
    request: OfRows, contract: Contract, source: Source, index: int
) -> tuple[dict[str, exp.Expr], Reasons]:
    """The derived columns of a request, named after its place in the plan, and the reasons."""
    data = contract.data
    match request:
        case Scores() | Errors():
            assert data.score
            score = _score(source, data.score.column, data.score.scale)
            return {"p": score}, number_reasons(source, data.score.column, "score")
        case Ranking():
            return of_ranking(request, data, source, index)
        case Classes() | Among():
            return of_class(request, data, source, index)
        case Verdicts() | Patterns():
            return of_judge(request, source, index)
        case Decisions() if contract.task != "binary":
            return whether_right(data, source)
        case Decisions():
            assert data.prediction
            positive = data.label.positive if data.label else None
            decision = as_class(source, data.prediction, positive)
            return {"d": decision}, {"no prediction": Reason(is_empty(source, data.prediction))}
        case Residuals() | Fit() | Scaled() | Within():
            return of_label(request, data, source, index)
        case Flag():
            name = request.column
            empty = {f"no {name}": Reason(is_empty(source, name))}
            flag = _flag(source, request)
            return {f"f{index}": flag}, empty if request.kind == "true" else {}
        case Labels() | Volume() | Copies():
            return {}, {}
        case Values() | Pairs() | Difference() | Distribution() | Latest():
            return _numbers(request, source, index)
        case Weights():
            return _weight(request, source, index)


def _derive_versions(
    request: PairRequest, contract: Contract, source: Source
) -> tuple[dict[str, exp.Expr], Reasons]:
    """What two versions say of each row; a row that one of them left out is told by the reason."""
    if isinstance(request, Ordered):
        return of_orders(request, contract.data, source)
    columns: dict[str, exp.Expr] = {}
    reasons: Reasons = {}
    for key, (name, scale) in pairs.numbers_read(request).items():
        value = usable(source, name, SUMMABLE)
        columns[key] = sql(":x / :s", x=value, s=number(scale)) if scale != 1 else value
        told = number_reasons(source, name, name, SUMMABLE)
        if key == "vt":  # a row without its truth is unlabelled
            del told[f"no {name}"]
        reasons |= told
    label = contract.data.label
    for key, name in pairs.decisions_read(request).items():
        if contract.task == "multiclass" and label:  # of many classes: right or wrong
            columns[key] = right_code(source, name, label.column)
        else:
            columns[key] = as_class(source, name, label.positive if label else None)
        reasons[f"no {name}"] = Reason(is_empty(source, name))
    return columns, reasons


def _numbers(
    request: Values | Pairs | Difference | Distribution | Latest, source: Source, index: int
) -> tuple[dict[str, exp.Expr], Reasons]:
    """Numbers as they stand in columns, the difference of two, or the number of a day."""
    if isinstance(request, Latest):
        return {f"v{index}": as_day(source, request.column)}, {}
    names, most = own_columns(request), SUMMABLE
    if isinstance(request, Distribution):
        most = LARGEST
    found = [usable(source, name, most) for name in names]
    reasons: Reasons = {}
    for name in names:
        reasons |= number_reasons(source, name, name, most)
    match request:
        case Pairs():
            return {f"x{index}": found[0], f"y{index}": found[1]}, reasons
        case Difference():
            return {f"v{index}": sql(":b - :a", a=found[0], b=found[1])}, reasons
        case _:
            return {f"v{index}": found[0]}, reasons


def _weight(request: Weights, source: Source, index: int) -> tuple[dict[str, exp.Expr], Reasons]:
    """One over a chance; a row with a chance of 0 stands for nobody, and no weight mends that."""
    name = request.column
    chance = usable(source, name, SUMMABLE)
    possible = sql(":x > 0e0 and :x <= 1e0", x=chance)
    reasons = number_reasons(source, name, name, SUMMABLE)
    impossible = sql(":x is not null and not (:ok)", x=chance, ok=possible)
    reasons[f"{name} is no chance above 0 and up to 1"] = Reason(impossible)
    return {f"v{index}": sql("case when :ok then 1e0 / :x end", ok=possible, x=chance)}, reasons


def _score(source: Source, name: str, scale: float) -> exp.Expr:
    value = usable(source, name)
    return value if scale == 1 else sql(":x / :s", x=value, s=number(scale))


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
        case "type":
            return cases([empty, (is_type(source, name, *request.values), sql("0"))], sql("1"))
        case "pattern":
            return cases([empty, (matches(source, name, *request.values), sql("0"))], sql("1"))
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
