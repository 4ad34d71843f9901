"""A value model: the ranges of its inputs, and what a product is worth as a function of them.

Everything is counted against today's way, which is therefore worth nothing: whoever does not use
the product, or before it is live, goes on as today and changes no sum.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from sextant.strategy.economics.currencies import unknown
from sextant.strategy.economics.faults import Fault, ValueModelError
from sextant.strategy.economics.inputs import (
    BY_NAME,
    LIMITS,
    OTHER_QUALITY,
    SHAPES,
    Input,
    Shape,
    inputs_of,
)
from sextant.strategy.economics.ranges import Range

Candidate = Literal["ai", "other", "today"]
FORMAT = 1
"""Of the normal form, which the digest is taken over."""
MOST_MONTHS = 120
FREQUENCY = ("users", "uses", "adoption")


@dataclass(frozen=True)
class ValueModel:
    """What a product could be worth: its shape, its currency, its inputs, and how long it counts.

    `horizon`: months from the first day of work, whose sums are not discounted. `payback`: months
    by which it should have paid back. `inputs` by name; what is not among them is left open.
    Raises ValueModelError with every fault at once.
    """

    shape: Shape
    currency: str
    inputs: Mapping[str, Range]
    horizon: int = 24
    payback: int = 24

    def __post_init__(self) -> None:
        if faults := list(self._faults()):
            raise ValueModelError(faults)
        order = [one.name for one in inputs_of(self.shape) if one.name in self.inputs]
        limits = {name: LIMITS[BY_NAME[name].unit] for name in order}
        held = {name: self.inputs[name].inside(*limits[name]) for name in order}
        object.__setattr__(self, "inputs", MappingProxyType(held))

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What can be done: build it, do it without AI where that was described, or nothing."""
        return ("ai", "other", "today") if self.has_other else ("ai", "today")

    @property
    def has_other(self) -> bool:
        """Whether a way without AI was described."""
        return OTHER_QUALITY[self.shape][0] in self.inputs

    @property
    def left_open(self) -> tuple[Input, ...]:
        """What nobody has given, and what is therefore not counted."""
        return tuple(
            one
            for one in inputs_of(self.shape)
            if one.name not in self.inputs
            and one.open_means
            and (one.group != "other" or self.has_other)
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the normal form: equal models have equal digests, draws and results."""
        text = json.dumps(self.plain(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "format": FORMAT,
            "shape": self.shape,
            "currency": self.currency,
            "horizon": self.horizon,
            "payback": self.payback,
            "inputs": {name: one.plain() for name, one in self.inputs.items()},
        }

    @classmethod
    def from_plain(cls, held: Mapping[str, Any]) -> ValueModel:
        """From what `plain` gave."""
        ranges = {name: Range(**one) for name, one in held["inputs"].items()}
        return cls(held["shape"], held["currency"], ranges, held["horizon"], held["payback"])

    def _faults(self) -> Iterator[Fault]:
        if self.shape not in SHAPES:
            yield Fault("shape", f"{self.shape!r} is no shape. Use {' or '.join(SHAPES)}.")
            return
        if problem := unknown(self.currency):
            yield Fault("currency", problem)
        yield from self._of_time()
        known = {one.name: one for one in inputs_of(self.shape)}
        for name in self.inputs:
            if name not in known:
                yield Fault(name, f"A model of this shape has no input '{name[:60]}'. Take it out.")
        for name, one in known.items():
            if name in self.inputs:
                yield from _of_one(one, self.inputs[name])
            elif one.needed:
                yield Fault(name, f"{one.asks} Without it there is no value. Give a range.")
        yield from self._of_other()

    def _of_time(self) -> Iterator[Fault]:
        if not 1 <= self.horizon <= MOST_MONTHS:
            yield Fault("horizon", f"A horizon of {self.horizon} months cannot be counted with."
                        f" Use 1 to {MOST_MONTHS}.")  # fmt: skip
        elif not 1 <= self.payback <= self.horizon:
            yield Fault("payback", f"Paying back within {self.payback} months lies outside the"
                        f" horizon of {self.horizon}. Use 1 to {self.horizon}.")  # fmt: skip

    def _of_other(self) -> Iterator[Fault]:
        given = [name for name in self.inputs if name.startswith("other_")]
        for name in OTHER_QUALITY[self.shape] if given else ():
            if name not in self.inputs:
                asks = BY_NAME[name].asks
                yield Fault(name, f"{asks} Say it of the way without AI, or leave all of it open.")


def _of_one(one: Input, held: Range) -> Iterator[Fault]:
    try:
        held.inside(*LIMITS[one.unit])
    except ValueModelError as error:
        yield from (Fault(one.name, fault.says) for fault in error.faults)
        return
    if one.name in FREQUENCY and held.high == 0:
        yield Fault(one.name, "Zero: nobody would ever use it, so there is nothing to value. Give"
                    " the most you think possible as the upper end.")  # fmt: skip
