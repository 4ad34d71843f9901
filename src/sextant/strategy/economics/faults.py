"""What is wrong with a value model: every fault at once, each with problem, value and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the input it concerns (empty: the model as a whole), and the sentence."""

    name: str
    says: str

    def __str__(self) -> str:
        return self.says


class ValueModelError(ValueError):
    """A range or a model that contradicts itself. `faults` holds all that was found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.says for fault in self.faults))
