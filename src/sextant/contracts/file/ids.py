"""Ids of criteria: given, or made from what the criterion says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sextant.contracts.model import Criterion

LONGEST = 60


def with_ids(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """Every criterion with an id: its own, or a short one from its text, each only once."""
    held = list(criteria)
    taken = {criterion.id for criterion in held if criterion.id}
    named: list[Criterion] = []
    for criterion in held:
        name = criterion.id
        if not name:
            name = _free(slug(criterion), taken)
            taken.add(name)
        named.append(replace(criterion, id=name))
    return tuple(named)


def slug(criterion: Criterion) -> str:
    """A short id: `recall >= 0.8 in every sex` is recall-every-sex."""
    quantity, scope = criterion.quantity, criterion.scope
    columns = [value for name, value in quantity.call.params if _is_column(name, value)]
    words = [quantity.call.metric, *columns]
    if quantity.kind in ("gap", "ratio"):
        words.insert(0, quantity.kind)
    if quantity.kind == "contrast":
        words += [quantity.of, "against", quantity.against]
    words += [scope.kind] if scope.kind in ("every", "across") else []
    words += [name for grouping in scope.groupings for name in grouping]
    words += [scope.value]
    letters = (c if c.isalnum() and c.isascii() else " " for c in " ".join(words))
    return "-".join("".join(letters).split()).lower()[:LONGEST].strip("-") or "criterion"


def _is_column(name: str, value: object) -> bool:
    return isinstance(value, str) and name != "currency"


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
