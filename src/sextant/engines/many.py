"""What is derived of a label of many classes and of what was predicted of it."""

from __future__ import annotations

from sqlglot import exp

from sextant.contracts.model import Data
from sextant.engines.reading import as_unit, is_empty
from sextant.engines.source import Source
from sextant.engines.sql import cases, sql
from sextant.engines.usable import Reason, Reasons
from sextant.metrics.paired.requests import Crossed
from sextant.metrics.requests import Among, OfClass


def of_class(
    request: OfClass, data: Data, source: Source, index: int
) -> tuple[dict[str, exp.Expr], Reasons]:
    """Label and prediction as text, or whether the label is among the candidates."""
    assert data.label
    label = as_name(source, data.label.column)
    if isinstance(request, Among):
        empty = exp.and_(*[is_empty(source, name) for name in request.columns])
        tests = [sql(":c = :y", c=as_name(source, name), y=label) for name in request.columns]
        among = sql("coalesce(:t, false)", t=exp.or_(*tests))
        nothing = exp.or_(is_empty(source, data.label.column), empty)
        flag = cases([(nothing, sql("2")), (among, sql("1"))], sql("0"))
        return {f"f{index}": flag}, {"no candidate": Reason(empty)}
    assert data.prediction
    columns = {"label": label, "prediction": as_name(source, data.prediction)}
    return columns, {"no prediction": Reason(is_empty(source, data.prediction))}


def of_classes(
    request: Crossed, data: Data, source: Source, index: int
) -> tuple[dict[str, exp.Expr], Reasons]:
    """Label and both versions' classes as one text; NULL where one of the three is empty."""
    assert data.label
    cells = [as_name(source, name) for name in (data.label.column, *request.columns)]
    joined = exp.Anonymous(this="concat_ws", expressions=[sql("chr(31)"), *cells])
    empty = [is_empty(source, name) for name in (data.label.column, *request.columns)]
    reasons = {
        f"no {name}": Reason(cell) for name, cell in zip(request.columns, empty[1:], strict=True)
    }
    return {f"k{index}": cases([(exp.or_(*empty), exp.null())], joined)}, reasons


def whether_right(data: Data, source: Source) -> tuple[dict[str, exp.Expr], Reasons]:
    """1 where the prediction is the label, 0 where not, 2 where nothing was predicted."""
    assert data.label
    assert data.prediction
    code = right_code(source, data.prediction, data.label.column)
    return {"d": code}, {"no prediction": Reason(is_empty(source, data.prediction))}


def right_code(source: Source, predicted: str, label: str) -> exp.Expr:
    """1 where one column holds the class of the other, 0 where not, 2 where it is empty."""
    same = sql(":a = :b", a=as_name(source, predicted), b=as_name(source, label))
    right = sql("coalesce(:t, false)", t=same)
    return cases([(is_empty(source, predicted), sql("2")), (right, sql("1"))], sql("0"))


def as_name(source: Source, name: str) -> exp.Expr:
    """A class as text, the same in every column: 3.0 in a column with gaps is 3; NULL for none."""
    text = as_unit(source, name)
    if not source.typed:
        text = sql("regexp_replace(:x, '^(-?[0-9]+)\\.0+$', '\\1')", x=text)
    return cases([(is_empty(source, name), exp.null())], text)
