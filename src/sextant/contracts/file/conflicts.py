"""Criteria against each other: the same promise twice, or two that cannot both be kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sextant.contracts.file.fields import Problems, add
from sextant.contracts.model import Criterion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sextant.contracts.file.node import Node
    from sextant.contracts.model import Quantity, Scope


@dataclass(frozen=True, slots=True)
class Placed:
    """A criterion with the node it was read from."""

    criterion: Criterion
    node: Node


def check_ids(placed: Sequence[Placed], problems: Problems) -> None:
    """Add a problem for every id that was given before."""
    first: dict[str, Node] = {}
    for one in placed:
        name = one.criterion.id
        if name and name in first:
            what = f"The id '{name}' is given twice; first at {first[name].where}."
            add(problems, one.node, what, "Change one of them.")
        first.setdefault(name, one.node)


def check_pairs(placed: Sequence[Placed], problems: Problems) -> None:
    """Add a problem for every criterion that repeats or contradicts an earlier one."""
    first: dict[str, Placed] = {}
    for index, one in enumerate(placed):
        criterion = one.criterion
        if criterion.text in first:
            other = first[criterion.text]
            what = (
                f"'{criterion.written}' is the same criterion as '{other.criterion.written}' "
                f"at {other.node.where}."
            )
            add(problems, one.node, what, "Keep one.")
            continue
        first[criterion.text] = one
        clash = next((other for other in placed[:index] if _contradict(other, one)), None)
        if clash is not None:
            what = (
                f"'{criterion.written}' contradicts '{clash.criterion.written}' "
                f"at {clash.node.where}: both can never be met."
            )
            add(problems, one.node, what, "Change one of the bounds.")


def _contradict(one: Placed, other: Placed) -> bool:
    """A floor at or above a ceiling, of one quantity, somewhere in common."""
    a, b = _facing(one.criterion), _facing(other.criterion)
    if a[:2] != b[:2] or a[2] == b[2] or not _overlap(one.criterion.scope, other.criterion.scope):
        return False
    floor, ceiling = (a[3], b[3]) if a[2] == ">=" else (b[3], a[3])
    return floor >= ceiling


def _facing(criterion: Criterion) -> tuple[Quantity, tuple[str, ...], str, float]:
    """A contrast read in one direction: A against B >= 0.1 is B against A <= -0.1."""
    quantity = criterion.quantity
    pair = tuple(sorted((quantity.of, quantity.against)))
    bare = replace(quantity, of="", against="")
    if (quantity.of, quantity.against) == pair:
        return bare, pair, criterion.op, criterion.bound
    return bare, pair, "<=" if criterion.op == ">=" else ">=", -criterion.bound


def _overlap(one: Scope, other: Scope) -> bool:
    """Whether two scopes share a group in which both must hold."""
    if one.kind == other.kind == "every":
        return bool(set(one.groupings) & set(other.groupings))
    if {one.kind, other.kind} == {"every", "one"}:
        every, single = (one, other) if one.kind == "every" else (other, one)
        return single.groupings[0] in every.groupings
    return one == other
