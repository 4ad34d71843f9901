"""What the answers to a framework come to: the outcome, or which are still possible, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sextant.strategy.frameworks.given import NOTHING, Given
from sextant.strategy.frameworks.masks import Masks, bits, full, is_one, levels_in, mask_of
from sextant.strategy.frameworks.model import (
    Condition,
    Dimension,
    Framework,
    Outcome,
    Question,
    Tier,
    Verdict,
)
from sextant.strategy.frameworks.program import program_of
from sextant.strategy.frameworks.search import leading, search
from sextant.strategy.frameworks.state import Answers, State, outcomes_in, state_of
from sextant.strategy.frameworks.wording import of_dimension, of_outcome, of_outcomes
from sextant.strategy.grades import GRADES


@dataclass(frozen=True, slots=True)
class DimensionResult:
    """One reason: the levels that are possible, worst first, in a sentence; whether it fails.

    It fails when none of its possible levels lets the framework be met, whatever the rest says;
    dimensions that are context stay as they are, and never fail themselves.
    """

    key: str
    name: str
    levels: tuple[str, ...]
    says: str
    fails: bool


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing before the answers count at this tier."""

    question: str
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer of a framework. `outcome` is None while several are possible.

    `verdict` is what a gate reads: met only when the outcome is, and nothing lacks; missed when
    every possible outcome is. `deciders` are the questions whose answer would narrow it down, the
    most telling first.
    """

    outcome: Outcome | None
    possible: tuple[Outcome, ...]
    verdict: Verdict
    dimensions: tuple[DimensionResult, ...]
    says: str
    deciders: tuple[str, ...]
    lacking: tuple[Lack, ...]

    @property
    def fails(self) -> tuple[str, ...]:
        """The names of what fails."""
        return tuple(one.name for one in self.dimensions if one.fails)

    @property
    def demands(self) -> tuple[str, ...]:
        """What the outcome asks for."""
        return self.outcome.demands if self.outcome else ()


def judge(framework: Framework, given: Answers, tier: Tier, *, explain: bool = True) -> Judged:
    """The framework's answer. Raises ValueError for an answer that cannot be one.

    Without `explain` nobody looks for the deciders, which is most of the work where much is open.
    """
    state = state_of(framework, given, tier)
    finding = state.search()
    reached = finding.reach(state.leaves)
    held = program_of(framework).spread(finding.filled(state.leaves))
    possible = outcomes_in(framework, reached)
    outcome = possible[0] if len(possible) == 1 else None
    lacking = _lacking(framework, given, tier, outcome, held)
    context = tuple((key, held[key]) for key in _context(framework))
    dimensions = tuple(
        _dimension(framework, one, held, given, context) for one in framework.dimensions.values()
    )
    deciders = _deciders(state, reached) if explain and not outcome else ()
    fails = tuple(one.name for one in dimensions if one.fails)
    return Judged(
        outcome=outcome,
        possible=possible,
        verdict=_verdict(possible, lacking),
        dimensions=dimensions,
        says=of_outcome(outcome, fails, len(lacking))
        if outcome
        else of_outcomes(framework, possible, deciders),
        deciders=deciders,
        lacking=lacking,
    )


def _verdict(possible: tuple[Outcome, ...], lacking: tuple[Lack, ...]) -> Verdict:
    if all(one.verdict == "missed" for one in possible):
        return "missed"
    if len(possible) > 1 or lacking:
        return "undecided"
    return possible[0].verdict


@lru_cache(maxsize=256)
def _context(framework: Framework) -> tuple[str, ...]:
    return tuple(one.key for one in framework.dimensions.values() if one.context)


def _dimension(
    framework: Framework,
    one: Dimension,
    held: Masks,
    given: Answers,
    context: tuple[tuple[str, int], ...],
) -> DimensionResult:
    levels = levels_in(one.scale, held[one.key])
    fails = not one.context and not held[one.key] & ~blocking(framework, one.key, context)
    says = of_dimension(framework, one, levels, given)
    return DimensionResult(one.key, one.name, levels, says, fails)


@lru_cache(maxsize=8192)
def blocking(framework: Framework, dimension: str, context: tuple[tuple[str, int], ...]) -> int:
    """The levels of a dimension with which no answer to the rest lets the framework be met.

    What is context stays as it is: it is a circumstance or a choice, not what fails.
    """
    program = program_of(framework)
    outcomes = framework.outcomes.values()
    met = sum(1 << at for at, one in enumerate(outcomes) if one.verdict == "met")
    leaves = {name: full(scale) for name, scale in program.leaves.items()}
    blocked = 0
    for at in range(len(framework.dimensions[dimension].scale.levels)):
        forced = {**dict(context), dimension: 1 << at}
        if not search(program, {}, forced).reach(leaves, met) & met:
            blocked |= 1 << at
    return blocked if blocked != full(framework.dimensions[dimension].scale) else 0


def _deciders(state: State, reached: int) -> tuple[str, ...]:
    """The questions whose answer would narrow the outcomes down, the most telling first."""
    found: dict[str, float] = {}
    finding = state.search()
    open_leaves = [name for name in _real(state) if not is_one(state.leaves[name])]
    for name in open_leaves:
        sizes = [
            finding.reach({**state.leaves, name: bit}, reached).bit_count()
            for bit in bits(state.leaves[name])
        ]
        if min(sizes) < reached.bit_count():
            found[name] = sum(sizes) / len(sizes)
    names = sorted(found, key=lambda name: found[name]) or open_leaves
    return tuple(dict.fromkeys(one for name in names for one in _asked(state, name)))


def _real(state: State) -> tuple[str, ...]:
    """The leaves that lead to an outcome, each stand-in in the place it stands for."""
    program = program_of(state.framework)
    used = leading(program)
    names = (state.stands_for.get(name, name) for name in program.leaves if name in used)
    return tuple(dict.fromkeys(names))


def _asked(state: State, leaf: str) -> tuple[str, ...]:
    """The questions of a leaf: itself, or the ranges that are compared."""
    if leaf in state.framework.questions:
        return (leaf,)
    return state.framework.dimensions[leaf].of


def _lacking(
    framework: Framework, given: Answers, tier: Tier, outcome: Outcome | None, held: Masks
) -> tuple[Lack, ...]:
    found = []
    for one in _asked_at(framework, tier):
        if _demanded(framework, one, outcome, held):
            why = _why(one, given.get(one.key, NOTHING), tier)
            if why:
                found.append(Lack(one.key, why))
    return tuple(found)


@lru_cache(maxsize=1024)
def _asked_at(framework: Framework, tier: Tier) -> tuple[Question, ...]:
    return tuple(one for one in framework.questions.values() if one.asked_at(tier))


def _demanded(framework: Framework, one: Question, outcome: Outcome | None, held: Masks) -> bool:
    if one.asked_for and (outcome is None or outcome.key not in one.asked_for):
        return False
    return not one.asked_when or any(surely(framework, when, held) for when in one.asked_when)


def surely(framework: Framework, when: Condition, held: Masks) -> bool:
    """Whether a condition holds whatever is still open."""
    return all(
        not held[one.dimension] & ~mask_of(framework.dimensions[one.dimension].scale, one.levels)
        for one in when.clauses
    )


def _why(question: Question, held: Given, tier: Tier) -> str:
    if held.empty:
        return "" if question.once_verified else "It is not answered."
    least = question.grades.get(tier, "believed")
    grade = held.grade or "believed"
    if GRADES.index(grade) < GRADES.index(least):
        return f"It is {grade}; where the risk is {tier} it has to be {least}."
    return ""
