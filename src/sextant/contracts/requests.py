"""Which state a criterion needs."""

from __future__ import annotations

from sextant.contracts.model import Criterion
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.requests import Request


def request_of(criterion: Criterion) -> Request:
    """The state of a criterion's metric, with its bound as an exact edge where that helps."""
    call = criterion.quantity.call
    return CATALOGUE[call.metric].needs(dict(call.params), criterion.bound)
