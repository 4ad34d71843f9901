"""The same stages by another source's names: which life cycle a list is read through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sextant.strategy.lifecycles import Cycle, CycleStep, cycles
from sextant_server.products.models import Stage

OWN = "stages"
"""The key of our own names."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A life cycle, and the step that was chosen, or none for all."""

    cycle: Cycle
    step: CycleStep | None = None

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> Lens:
        """What an address asks for; our own names, and all steps, for what is not known."""
        cycle = cycles().get(sent.get("lens", ""), cycles()[OWN])
        return cls(cycle, cycle.step(sent.get("step", "")))

    @property
    def is_own(self) -> bool:
        return self.cycle.key == OWN

    def named(self, stage: str) -> str:
        """A stage by the names of this life cycle; a retired product has left them all."""
        label = str(Stage(stage).label)
        return label if self.is_own else self.cycle.named(stage) or label

    def counted(self, stages: Mapping[str, int]) -> list[tuple[CycleStep, int]]:
        """Each step with how many products stand on one of its stages."""
        return [
            (step, sum(stages.get(stage, 0) for stage in step.stages)) for step in self.cycle.steps
        ]
