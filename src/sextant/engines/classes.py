"""Which class codes a label or prediction column used, and whether they make two classes."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sextant.contracts.model import Scalar
from sextant.contracts.problems import nearest
from sextant.engines.answered import Answered, listed
from sextant.engines.reading import FAMILIES, NAMED, OTHER, UNLABELLED
from sextant.metrics.paired.requests import Agreed

_PAIRS = ({0, 1}, {1, 3}, {10, 11}, {20, 21}, {30, 31})
KNOWN = "which is not one of the pairs 0/1, -1/1, false/true, no/yes, n/y."
WITHOUT_CLASSES = ("multiclass", "regression", "forecasting", "ranking")
"""Tasks in which no column holds decisions: of many classes they are already right or wrong."""
ToClass = Callable[[NDArray[np.int64]], NDArray[np.int64]]


def label_classes(answered: Answered) -> ToClass | str:
    """A function from codes to 0, 1 and 2 (no label), or the problem as a sentence.

    With a named positive class all other values are negative; else the values must be one of the
    known pairs. Tasks without two classes know a label (1) from none.
    """
    label = answered.contract.data.label
    if label is None or answered.contract.task != "binary":
        return lambda codes: codes
    if label.positive is not None:
        return _named(answered, label.column, label.positive)
    if _two(answered.codes("y")):
        return _mapper(FAMILIES)
    values = answered.examples(label.column)
    return (
        f"The label column '{label.column}' holds {listed(values)}, {KNOWN} Name the positive "
        f"class: label: {{column: {_yaml(label.column)}, positive: {_yaml(values[-1])}}}."
    )


def prediction_classes(answered: Answered) -> ToClass | str:
    """As `label_classes`, for the decisions: a known pair, or the values of the label."""
    return _decision_classes(answered, answered.contract.data.prediction, "d")


def version_classes(answered: Answered) -> tuple[ToClass | str, ToClass | str]:
    """As `prediction_classes`, for the decisions of two versions that are compared."""
    for index, request in enumerate(answered.plan.all_requests):
        if isinstance(request, Agreed):
            a, b = (side.column if side.decides else None for side in (request.a, request.b))
            return (
                _decision_classes(answered, a, f"da{index}"),
                _decision_classes(answered, b, f"db{index}"),
            )
    return (lambda codes: codes), (lambda codes: codes)


def _decision_classes(answered: Answered, name: str | None, key: str) -> ToClass | str:
    label, codes = answered.contract.data.label, answered.codes(key)
    if name is None or not codes or answered.contract.task in WITHOUT_CLASSES:
        return lambda codes: codes
    if NAMED in codes:
        return _mapper({NAMED: 1})
    if _two(codes):
        return _mapper(FAMILIES)
    values = answered.examples(name)
    named = label is not None and label.positive is not None
    if label and named and set(values) <= set(answered.examples(label.column)):
        return _mapper({})
    remedy = "A prediction must be 0 or 1, or use the label's own values."
    return f"The prediction column '{name}' holds {listed(values)}, {KNOWN} {remedy}"


def flag_problem(answered: Answered, index: int, name: str) -> str | None:
    """What is wrong with a column that should say yes or no."""
    if _two(answered.codes(f"f{index}")):
        return None
    values = answered.examples(name)
    return f"The yes/no column '{name}' holds {listed(values)}, {KNOWN} Name a column that is."


def positive_note(answered: Answered) -> str | None:
    """A named positive class that no row has: told, so that a misspelling does not go unseen."""
    label = answered.contract.data.label
    if label is None or label.positive is None or NAMED in answered.codes("y"):
        return None
    values = answered.examples(label.column)
    if not values:
        return None
    return (
        f"No row has the positive class {label.positive!r}: '{label.column}' holds "
        f"{listed(values)}, and every labelled row counts as negative."
    )


def _named(answered: Answered, name: str, positive: Scalar) -> ToClass | str:
    """Refused where the column has two classes of its own, or spells this one otherwise."""
    if NAMED in (codes := answered.codes("y")) or not codes - {UNLABELLED}:
        return _mapper({NAMED: 1})
    values = answered.examples(name)
    folded = {one.strip().casefold() for one in values}
    alike = nearest(str(positive), values) if len(values) > 1 else None
    if str(positive).strip().casefold() in folded or alike or folded in _SPELT:
        meant = alike or values[-1]
        return (
            f"The positive class {positive!r} is not in '{name}', which holds {listed(values)}. "
            f"Did you mean {_yaml(meant)}?"
        )
    return _mapper({NAMED: 1})


_SPELT = ({"0", "1"}, {"-1", "1"}, {"false", "true"}, {"no", "yes"}, {"n", "y"}, {"0.0", "1.0"})


def one_pair(codes: set[int]) -> bool:
    """Whether these codes of cells are those of one known pair of classes."""
    return _two(codes)


def _two(codes: set[int]) -> bool:
    return any(codes - {UNLABELLED} <= pair for pair in _PAIRS)


def _yaml(text: str) -> str:
    """A text as a YAML scalar that stays text or number as it is."""
    return text if text.replace("_", "a").isalnum() else json.dumps(text, ensure_ascii=False)


def _mapper(classes: dict[int, int]) -> ToClass:
    table = np.zeros(max(*FAMILIES, NAMED, OTHER, UNLABELLED) + 1, dtype=np.int64)
    for code, value in classes.items():
        table[code] = value
    table[UNLABELLED] = 2
    return lambda codes: table[codes]
