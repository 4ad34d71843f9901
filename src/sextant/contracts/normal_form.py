"""The normal form of what a contract decides, and its digest.

In it: the task, the columns' roles and the positive class, segments, threshold, costs, looks, and
the criteria with their roles, confidence, least rows and the versions of their metrics. Not in it:
prose, names and ids, where the source lies, and the period. Order means nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sextant.contracts.grammar.segments import value_text
from sextant.contracts.grammar.setting import default_catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sextant.contracts.model import Contract, Criterion, Data, Segment
    from sextant.metrics.metric import Metric

SCHEMA = 1
LATER = ("judge",)
"""Arguments that came later: where they are not written, a digest is what it was without them."""


def digest(contract: Contract, catalogue: Mapping[str, Metric] | None = None) -> str:
    """`sha256:` and the hash of the normal form, written as JSON with sorted keys."""
    form = normal_form(contract, catalogue)
    text = json.dumps(form, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def normal_form(
    contract: Contract, catalogue: Mapping[str, Metric] | None = None
) -> dict[str, Any]:
    """What decides, as plain JSON values; equal for contracts that decide alike."""
    known = default_catalogue() if catalogue is None else catalogue
    criteria = [_criterion(criterion, known) for criterion in contract.criteria]
    form = {
        "schema": SCHEMA,
        "task": contract.task,
        "data": _data(contract.data),
        "threshold": contract.threshold,
        "costs": asdict(contract.costs) if contract.costs else None,
        "looks": contract.looks,
        "criteria": sorted(criteria, key=_json),
    }
    plain: dict[str, Any] = _plain(form)
    return plain


def _data(data: Data) -> dict[str, Any]:
    return {
        "label": asdict(data.label) if data.label else None,
        "score": asdict(data.score) if data.score else None,
        "prediction": data.prediction,
        "time": data.time,
        "unit": data.unit,
        "segments": {segment.name: _segment(segment) for segment in data.segments},
    }


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "column": segment.column,
        "bands": segment.bands,
        "labels": sorted([value_text(raw), name] for raw, name in segment.labels),
        "min_rows": segment.min_rows,
        "fold": segment.fold,
    }


def _criterion(criterion: Criterion, catalogue: Mapping[str, Metric]) -> dict[str, Any]:
    quantity, scope = criterion.quantity, criterion.scope
    form = {
        "metric": quantity.call.metric,
        "version": catalogue[quantity.call.metric].version,
        "params": {
            name: value
            for name, value in quantity.call.params
            if value is not None or name not in LATER
        },
        "kind": quantity.kind,
        "of": quantity.of,
        "against": quantity.against,
        "op": criterion.op,
        "bound": criterion.bound,
        "scope": scope.kind,
        "groupings": sorted(sorted(grouping) for grouping in scope.groupings),
        "value": scope.value,
        "confidence": criterion.confidence,
        "role": criterion.role,
        "min_rows": criterion.min_rows,
    }
    plain: dict[str, Any] = _plain(form)
    return plain


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _plain(value: Any) -> Any:
    """JSON values only; 1.0 is written 1, so that one number has one spelling."""
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
