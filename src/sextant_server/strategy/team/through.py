"""A product through a life cycle: each step, where the product stands, what is on record for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sextant.strategy.lifecycles import STAGES, Cycle, CycleStep, Gate, Required, gates, required
from sextant_server.products.models import Product, Stage, StageMove
from sextant_server.strategy.team.records import Held, Recorded, recorded
from sextant_server.ui.parts import Progress

SAYS = {
    "done": "The product has passed it.",
    "now": "The product stands here.",
    "ahead": "Still ahead.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A gate with what it requires of a product of this risk."""

    gate: Gate
    requires: tuple[Required, ...]


@dataclass(frozen=True, slots=True)
class StepOf:
    """A step of a life cycle, as it is for one product.

    `begins` is what had to be so before; `enters` are the gates that lead into its stages, `out`
    the one that leads on; both are none where the step begins or ends inside a stage.
    """

    step: CycleStep
    progress: Progress
    begins: str
    enters: tuple[Asked, ...]
    out: Asked | None
    records: tuple[Recorded, ...]
    returns: tuple[str, ...]

    @property
    def says(self) -> str:
        return SAYS[self.progress]


@dataclass(frozen=True, slots=True)
class Loop:
    """A way back that the product has gone: from where to where, how often, the last reason."""

    origin: str
    target: str
    times: int
    last: StageMove


def through(cycle: Cycle, of: Held, today: date) -> list[StepOf]:
    """Every step of a life cycle for a product."""
    found: list[StepOf] = []
    begins = "Somebody has begun the product."
    for place, step in enumerate(cycle.steps):
        after = cycle.steps[place + 1] if place + 1 < len(cycle.steps) else None
        found.append(StepOf(
            step=step,
            progress=progress(step.stages, of.product.stage),
            begins=begins,
            enters=_entered(cycle, place, of.product),
            out=_out(step, after, of.product),
            records=tuple(recorded(of, kind, today) for kind in step.records),
            returns=tuple(back.name for back in cycle.steps if back.key in step.returns),
        ))  # fmt: skip
        begins = step.leaves
    return found


def progress(stages: Sequence[str], stage: str) -> Progress:
    """Where a step on these stages is, for a product on that one; the retired have left all."""
    if stage in stages:
        return "now"
    if stage == Stage.RETIRED:
        return "done"
    return "done" if STAGES.index(stages[-1]) < STAGES.index(stage) else "ahead"


def loops(cycle: Cycle, moves: Sequence[StageMove]) -> list[Loop]:
    """The ways back by this life cycle's names, the most often gone first."""
    backs = [one for one in moves if one.is_back]
    named = [(_named(cycle, one.origin), _named(cycle, one.stage)) for one in backs]
    times = Counter(named)
    last = dict(zip(reversed(named), reversed(backs), strict=True))
    return [Loop(*pair, count, last[pair]) for pair, count in times.most_common()]


def _named(cycle: Cycle, stage: str) -> str:
    return cycle.named(stage) or str(Stage(stage).label)


def _entered(cycle: Cycle, place: int, product: Product) -> tuple[Asked, ...]:
    """The gates into the stages that no earlier step lies on."""
    before = {stage for step in cycle.steps[:place] for stage in step.stages}
    new = [stage for stage in cycle.steps[place].stages if stage not in before]
    return tuple(asked for stage in new if (asked := _asked(stage, product)))


def _out(step: CycleStep, after: CycleStep | None, product: Product) -> Asked | None:
    """The gate that ends a step, where the next one begins on a later stage."""
    if after is None or after.stages[0] in step.stages:
        return None
    return _asked(after.stages[0], product)


def _asked(stage: str, product: Product) -> Asked | None:
    gate = gates().get(stage)
    return Asked(gate, required(stage, product.risk, product.automation)) if gate else None
