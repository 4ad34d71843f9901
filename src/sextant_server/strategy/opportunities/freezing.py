"""The records of an opportunity as plain JSON: what a decision keeps of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.forms.models import model_to_dict

from sextant_server.strategy.opportunities.known import Known

LEFT_OUT = frozenset({"id", "product", "edited_by"})


def plain(known: Known, records: Mapping[str, Iterable[Model]]) -> dict[str, Any]:
    """What is known, and every record with its version; numbers as texts, so that none is bent."""
    rows = {name: [_row(one) for one in held] for name, held in records.items()}
    return {"known": _plain(asdict(known)), **rows}


def _row(record: Model) -> dict[str, Any]:
    says = {name: _plain(value) for name, value in model_to_dict(record).items()
            if name not in LEFT_OUT}  # fmt: skip
    return {"key": record.pk, "is": str(record), **says}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
