"""The words of a contract, for an editor that completes them."""

from __future__ import annotations

from typing import Any

from sextant.contracts.model import Contract
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.metric import Metric
from sextant.metrics.reference import call

KEYS = {
    "product": "its name",
    "outcome": "the change in the world that justifies it: metric, from, to, by when",
    "task": "binary, multiclass, regression, forecasting, ranking, generation or agent",
    "data": "where the rows are, and what their columns mean",
    "threshold": "a row is positive when its score is at or above it",
    "costs": "what one decision of each kind costs",
    "looks": "how often the data will be looked at, or continuous",
    "valid_for": "how long the evidence counts: 90 days",
    "names": "what rows, positive and negative ones are, in words",
    "model": "the version of the model that is judged",
    "criteria": "the promises",
}
DATA_KEYS = {
    "source": "the name of a registered source",
    "label": "the column with the truth",
    "score": "the column with the probability of the positive class",
    "prediction": "the column with the decision that was taken",
    "time": "the column that says when",
    "period": "from and to, both ends included",
    "unit": "the column that says which rows belong together",
    "segments": "splits of the rows, by name",
}
CRITERION_KEYS = {
    "check": "the promise itself",
    "id": "its short name",
    "role": "primary, guardrail or secondary",
    "why": "the reason, for those who read it later",
    "min_rows": "fewer rows cannot meet it",
}
PHRASES = {
    "in every": "each group of a segment: in every sex",
    "in": 'one group: in age = "65 and over"',
    "across": "groups compared: gap(recall) <= 5% across sex",
    "gap(": "the difference of the worst pair of groups",
    "ratio(": "the smaller over the larger, of the worst pair of groups",
    "with 99% confidence": "how sure it must be; 95 % where it is not written",
}


def vocabulary(contract: Contract | None = None) -> dict[str, Any]:
    """Metrics, phrases, keys and declared segments, as JSON values."""
    segments = contract.data.segments if contract else ()
    return {
        "metrics": [_metric(one) for one in CATALOGUE.values()],
        "phrases": _listed(PHRASES),
        "keys": _listed(KEYS),
        "data": _listed(DATA_KEYS),
        "criterion": _listed(CRITERION_KEYS),
        "segments": [{"word": one.name, "says": f"by {one.column}"} for one in segments],
    }


def _metric(metric: Metric) -> dict[str, Any]:
    return {
        "word": metric.name,
        "written": call(metric),
        "says": metric.summary,
        "tasks": list(metric.tasks),
    }


def _listed(words: dict[str, str]) -> list[dict[str, str]]:
    return [{"word": word, "says": says} for word, says in words.items()]
