"""A result for those who will check it: metric, value, interval, n, method, bound, look."""

from __future__ import annotations

from sextant.contracts.evidence import Evidence, RowResult
from sextant.contracts.model import Call, Contract, Quantity
from sextant.metrics.catalogue import CATALOGUE
from sextant.words.clause import counted
from sextant.words.needed import decides
from sextant.words.nouns import subject, unit_of, written
from sextant.words.numbers import declared, percent, scale_for, span, whole


def technical(row: RowResult, record: Evidence | Contract) -> str:
    """`recall(threshold=0.5) in sex = women: 82.0 % (95 % interval 81.4 to 82.6; …) …`."""
    contract = record.contract if isinstance(record, Evidence) else record
    estimate, criterion = row.estimate, row.criterion
    place = " and ".join(f"{name} = {value}" for name, value in row.segment)
    head = quantity_text(criterion.quantity) + (f" in {place}" if place else "")
    if estimate.between and criterion.quantity.kind != "contrast":
        head += f" ({estimate.between[0]} against {estimate.between[1]})"
    found = subject(criterion, contract)
    unit = unit_of(found)
    bound = f"bound {criterion.op} {declared(unit, found.currency).exact(criterion.bound)}"
    look = f"; look {record.look}" if isinstance(record, Evidence) else ""
    if estimate.value is None or not estimate.assessable:
        value = "undefined" if estimate.value is None else "no interval"
        reason = row.reason or "no evidence"
        return f"{head}: {value}, n = {whole(estimate.n)}: {reason}; {bound}: {row.verdict}{look}."
    if found.metric.fact:
        said = f"{head}: {counted(estimate)}, counted, n = {whole(estimate.n)}"
        why = f"; {row.obstacle or row.reason}" if row.verdict == "undecided" else ""
        return f"{said}; {bound}: {row.verdict}{look}{why}."
    scale = scale_for(
        unit,
        estimate.value,
        estimate.low,
        estimate.high,
        criterion.bound,
        criterion.op,
        found.currency,
    )
    shared = f" over {contract.looks} looks" if isinstance(contract.looks, int) else ""
    ends = span(scale, estimate.low, estimate.high)
    interval = f"{percent(row.confidence)} interval{shared} {ends}"
    rests = f"{interval}, n = {whole(estimate.n)}, {estimate.method}"
    text = f"{head}: {scale.full(estimate.value)}, {rests}; {bound}: {row.verdict}{look}"
    if row.verdict == "undecided" and (what := row.obstacle or decides(row, contract)):
        return f"{text}; {what}."
    return f"{text}."


def quantity_text(quantity: Quantity) -> str:
    """The quantity as a contract writes it: `gap(recall(threshold=0.5))`."""
    call = call_text(quantity.call)
    match quantity.kind:
        case "gap" | "ratio":
            return f"{quantity.kind}({call})"
        case "contrast":
            return f"{call} of {quantity.of} against {quantity.against}"
        case _:
            return call


def call_text(call: Call) -> str:
    """A metric with all its arguments, columns first: `quantile(latency_ms, q=0.95)`."""
    params = dict(call.params)
    shown = [
        written(params[p.name]) if p.kind == "column" else f"{p.name}={written(params[p.name])}"
        for p in CATALOGUE[call.metric].parameters
        if params.get(p.name) is not None
    ]
    return f"{call.metric}({', '.join(shown)})" if shown else call.metric
