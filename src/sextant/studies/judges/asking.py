"""What is asked of a judge's table: its first values tell what nobody said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sextant.contracts.problems import ContractError, Problem
from sextant.engines.errors import SourceError
from sextant.engines.source import Source
from sextant.engines.told import numeric, values_of
from sextant.studies.judges.asked import Asked, loose_contract, promise_from

Scale = Literal["nominal", "ordinal", "interval"]
YES_NO = ({"0", "1"}, {"-1", "1"}, {"false", "true"}, {"no", "yes"}, {"n", "y"})
FEW = 12


def asked_of(
    source: Source,
    *,
    human: str,
    judge: str,
    positive: str | int | float | bool | None = None,
    at_least: float | None = None,
    promise: str | None = None,
    raters: tuple[str, ...] = (),
    swapped: str | None = None,
    answers: tuple[str, str] | None = None,
    favours: Mapping[str, str] | None = None,
    lengths: tuple[str, str] | None = None,
    segments: Mapping[str, Any] | Sequence[str] | None = None,
    stratum: str | None = None,
    unit: str | None = None,
    scale: Scale | None = None,
    confidence: float = 0.95,
) -> Asked:
    """What is asked of an opened table, as `judge` takes it. Raises `ContractError`, `SourceError`.

    The columns' first values tell what the outcome is where nobody said it.
    """
    if lost := source.check_columns({human: "what people say", judge: "the judge's verdict"}):
        raise SourceError(lost)
    problems = []
    if not 0.5 <= confidence <= 0.9999:
        what = f"A confidence of {confidence:g} is out of range."
        problems.append(Problem("confidence", what, "Write one from 0.5 to 0.9999."))
    if positive is not None and at_least is not None:
        what = "Both a value that counts and a bar were named."
        problems.append(Problem("positive", what, "Name positive, or at_least."))
    if stratum and unit:
        what = "Labels drawn inside strata and dependent rows cannot be judged together yet."
        problems.append(Problem("stratum", what, "Leave out stratum, or unit."))
    if human == judge:
        what = f"People and judge are both '{human}'."
        problems.append(Problem("judge", what, "Name the judge's own column."))
    values = values_of(source, human, FEW + 1)
    kind, why = _kind(source, human, values, positive, at_least)
    if why:
        problems.append(why)
    contract = loose_contract(source.name, segments, unit)
    names = [segment.name for segment in contract.data.segments]
    if stratum and stratum not in names:
        contract = loose_contract(source.name, {**_mapping(segments), stratum: stratum}, unit)
    if (swapped or lengths) and answers is None:
        if {"1", "2"} <= set(values):
            answers = ("1", "2")
        else:
            what = "It is not said what the columns call the answer that was shown first."
            problems.append(Problem("answers", what, 'Name both: answers=("A", "B").'))
    if problems:
        raise ContractError(problems)
    if scale is None:
        scale = "interval" if kind in {"value", "range"} and len(values) <= FEW else "nominal"
    first, second = (str(one) for one in answers or ("", ""))
    return Asked(
        contract=contract,
        human=human,
        judge=judge,
        kind=kind,
        positive="" if positive is None else text_of(positive),
        at_least=at_least,
        raters=raters,
        swapped=swapped or "",
        first=first,
        second=second,
        favours=tuple((favours or {}).items()),
        lengths=lengths,
        stratum=stratum or "",
        scale=scale,
        promise=promise_from(promise) if promise else None,
        scored=len(values_of(source, judge, FEW + 1)) > FEW and numeric(source, judge),
        confidence=confidence,
    )


def _mapping(segments: Mapping[str, Any] | Sequence[str] | None) -> dict[str, Any]:
    if segments is None:
        return {}
    return dict(segments) if isinstance(segments, Mapping) else {name: name for name in segments}


def text_of(value: str | int | float | bool) -> str:
    """A value as a column of text holds it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(
    source: Source,
    human: str,
    values: list[str],
    positive: str | int | float | bool | None,
    at_least: float | None,
) -> tuple[Literal["true", "is", "range", "value"], Problem | None]:
    """What the outcome is, from the column's first values."""
    if positive is not None:
        named = text_of(positive)
        if values and len(values) <= FEW and named not in values:
            what = f"'{human}' never holds {named!r}: it holds {', '.join(map(repr, values))}."
            return "is", Problem("positive", what, "Name one of them.")
        return "is", None
    if at_least is not None:
        return "range", None
    found = {value.casefold() for value in values}
    if not found or any(found <= pair for pair in YES_NO):
        return "true", None
    if numeric(source, human):
        return "value", None
    what = f"'{human}' holds {', '.join(map(repr, values[:6]))}: which of them counts is not said."
    return "is", Problem("positive", what, f"Name it: positive={values[0]!r}.")
