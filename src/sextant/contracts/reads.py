"""Which columns a criterion reads."""

from __future__ import annotations

from sextant.contracts.model import Contract, Criterion, Data
from sextant.contracts.requests import request_of
from sextant.metrics.reading import own_columns, roles_of
from sextant.metrics.requests import Request


def columns_read(criterion: Criterion, contract: Contract) -> tuple[str, ...]:
    """The columns that a criterion's number is made of, those of its segments last, each once."""
    data = contract.data
    segments = {segment.name: segment.column for segment in data.segments}
    names = [name for grouping in criterion.scope.groupings for name in grouping]
    found = [*_of(request_of(criterion), data), *(segments[name] for name in names)]
    return tuple(dict.fromkeys(found))


def roles_read(contract: Contract) -> dict[str, str]:
    """Every column that the contract needs, with what it is for."""
    data = contract.data
    uses = {
        data.label.column if data.label else None: "label",
        data.score.column if data.score else None: "score",
        data.prediction: "prediction",
        data.time: "time",
        data.unit: "unit",
    }
    found = {column: use for column, use in uses.items() if column}
    for segment in data.segments:
        found.setdefault(segment.column, f"segment {segment.name}")
    for criterion in contract.criteria:
        for column in columns_read(criterion, contract):
            found.setdefault(column, f"criterion {criterion.id}")
    return found


def _of(request: Request, data: Data) -> list[str]:
    """What is predicted, what the request names itself, and the truth."""
    roles = roles_of(request)
    unit = [data.unit] if data.unit and "unit" in roles else []
    by_place = "order" in roles and data.prediction is not None
    scored = "score" in roles or ("order" in roles and not by_place)
    score = [data.score.column] if data.score and scored else []
    predicted = "prediction" in roles or by_place
    prediction = [data.prediction] if data.prediction and predicted else []
    label = [data.label.column] if data.label and "label" in roles else []
    return [*unit, *score, *prediction, *own_columns(request), *label]
