"""Life cycles as data: the same stages by other sources' names, and what each gate requires."""

from sextant.strategy.lifecycles.choosing import FACTS, Advice, Fact, advise
from sextant.strategy.lifecycles.gates import Gate, Required, gates, required
from sextant.strategy.lifecycles.model import RECORDS, STAGES, Cycle, CycleStep
from sextant.strategy.lifecycles.reading import cycle_from_text, cycles

__all__ = [
    "FACTS",
    "RECORDS",
    "STAGES",
    "Advice",
    "Cycle",
    "CycleStep",
    "Fact",
    "Gate",
    "Required",
    "advise",
    "cycle_from_text",
    "cycles",
    "gates",
    "required",
]
