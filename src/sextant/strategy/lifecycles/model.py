"""A life cycle: its steps, and how they lie on the five stages."""

from __future__ import annotations

from dataclasses import dataclass

STAGES = ("opportunity", "scoping", "development", "launch", "operations")
"""Our own, in their order. A retired product has left them all."""

RECORDS = (
    "outcome",
    "people",
    "opportunity",
    "value",
    "assessments",
    "contract",
    "sources",
    "evidence",
    "gates",
    "history",
)
"""What can be on record of a product, and so answer what a step asks."""


@dataclass(frozen=True, slots=True)
class CycleStep:
    """One step: what it asks, what is so once it is left, and what on record tells it.

    `stages` are those it lies on, in order; several steps may share one, and one may span many.
    `returns` names the earlier steps that it often sends the work back to.
    """

    key: str
    name: str
    asks: str
    leaves: str
    stages: tuple[str, ...]
    records: tuple[str, ...]
    returns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cycle:
    """A life cycle as one source tells it, with what it is good for and what it leaves out."""

    key: str
    name: str
    says: str
    best_for: str
    focus: str
    strengths: tuple[str, ...]
    leaves_out: str
    steps: tuple[CycleStep, ...]

    def at(self, stage: str) -> tuple[CycleStep, ...]:
        """The steps that lie on a stage; a retired product is at none."""
        return tuple(step for step in self.steps if stage in step.stages)

    def step(self, key: str) -> CycleStep | None:
        """The step of this key."""
        return next((step for step in self.steps if step.key == key), None)

    def named(self, stage: str) -> str:
        """A stage by this cycle's names: `Data preparation, Modelling`; empty where it has none."""
        return ", ".join(step.name for step in self.at(stage))
