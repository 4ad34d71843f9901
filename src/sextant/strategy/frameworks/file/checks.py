"""What is wrong with a rule as a whole: what nothing uses, never comes, or is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sextant.strategy.frameworks.file.parts import Scope
from sextant.strategy.frameworks.judge import judge
from sextant.strategy.frameworks.masks import Masks, bits, full, is_one, levels_in
from sextant.strategy.frameworks.model import TIERS, Framework, Question
from sextant.strategy.frameworks.program import Program, program_of
from sextant.strategy.frameworks.search import MAX_CASES, cases, leading, shared
from sextant.strategy.frameworks.state import state_of


def check_stand_ins(scope: Scope) -> None:
    """What counts only once verified has a stand-in, and no stand-in leads back."""
    for key, one in scope.questions.items():
        if one.once_verified and not (one.otherwise or one.otherwise_level):
            what = f"'{key}' counts only once verified, and nothing counts before."
            scope.wrong(scope.places["question", key], what, "Add otherwise: QUESTION.")
        if (ring := _ring(scope, one)) is not None:
            what = f"The stand-in of '{key}' leads back to it: {ring}."
            scope.wrong(scope.places["otherwise", key], what, "Name another question, or a level.")


def check_tiers(scope: Scope, framework: Framework) -> None:
    """At every tier, each leaf of the rule is asked, or something asked stands in for it."""
    used = leading(program_of(framework))
    states = {tier: state_of(framework, {}, tier) for tier in TIERS}
    for leaf in program_of(framework).leaves:
        for tier, state in states.items() if leaf in used else ():
            real = state.stands_for.get(leaf, leaf)
            several = framework.dimensions[real].of if real not in framework.questions else (real,)
            asked = all(framework.questions[name].asked_at(tier) for name in several)
            if not asked and not is_one(state.leaves[real]):
                place = "dimension" if leaf in framework.dimensions else "question"
                what = f"At {tier} risk neither '{leaf}' is asked nor anything that stands in."
                remedy = "Ask it there too, or add otherwise: a question, or a level of its scale."
                scope.wrong(scope.places[place, leaf], what, remedy)
                break


def _ring(scope: Scope, one: Question) -> str | None:
    way = [one.key]
    while one.otherwise:
        if one.otherwise in way:
            return " → ".join([*way, one.otherwise])
        way.append(one.otherwise)
        one = scope.questions[one.otherwise]
    return None


def check_use(scope: Scope, framework: Framework) -> None:
    """Every question, dimension, scale and table is there for an outcome or a reader."""
    used = _used(framework)
    for what, parts in (("question", framework.questions), ("dimension", framework.dimensions)):
        for key, one in parts.items():
            if key not in used and not one.read_by and not getattr(one, "asked_for", ()):
                problem = f"Nothing uses the {what} '{key}': no outcome rests on it."
                remedy = "Take it out, let a dimension or an outcome use it, or add read_by."
                scope.wrong(scope.places[what, key], problem, remedy)
    scales = {one.scale for one in framework.questions.values() if one.scale}
    scales |= {one.scale for one in framework.dimensions.values()}
    for key, scale in framework.scales.items():
        if scale not in scales:
            scope.wrong(
                scope.places["scale", key], f"Nothing uses the scale '{key}'.", "Take it out."
            )
    tables = {one.table.key for one in framework.dimensions.values() if one.table}
    for key in scope.tables.keys() - tables:
        scope.wrong(scope.places["table", key], f"Nothing uses the table '{key}'.", "Take it out.")
    counts = Counter(
        name for one in framework.dimensions.values() if one.kind == "compare" for name in one.of
    )
    for name, count in counts.items():
        if count > 1:
            what = f"The range '{name}' is compared {count} times."
            scope.wrong(scope.places["question", name], what, "Compare it once.")


def _used(framework: Framework) -> set[str]:
    """What an outcome, a reader's dimension, a demand or a stand-in rests on."""
    used = set(leading(program_of(framework)))
    for one in framework.questions.values():
        used |= {clause.dimension for when in one.asked_when for clause in when.clauses}
        used |= {one.key} if one.asked_when and one.kind == "text" and one.read_by else set()
    used |= {one.key for one in framework.dimensions.values() if one.read_by}
    for dimension in reversed(program_of(framework).order):
        if dimension.key in used:
            used |= {*dimension.of, dimension.otherwise}
    for question in framework.questions.values():
        if question.key in used:
            used |= set(_stand_ins_of(framework, question))
    return used


def _stand_ins_of(framework: Framework, one: Question) -> Iterator[str]:
    while one.otherwise:
        yield one.otherwise
        one = framework.questions[one.otherwise]


def check_rule(scope: Scope, framework: Framework) -> None:
    """The outcomes answer every combination, and each of them can come about."""
    program = program_of(framework)
    most = max(
        cases(program, stands_for)
        for stands_for in ({}, *(state_of(framework, {}, tier).stands_for for tier in TIERS))
    )
    if most > MAX_CASES:
        what = f"The outcomes tell {most:,} cases apart; {MAX_CASES:,} are the most."
        remedy = "Put dimensions together with least, most or a table before the outcomes."
        scope.wrong(scope.places["part", "outcomes"], what, remedy)
        return
    reached = 0
    open_case: Masks | None = None
    for held in every_case(program):
        found = program.outcomes(held)
        reached |= found
        if found >> len(framework.outcomes) and open_case is None:
            open_case = held
    for at, key in enumerate(framework.outcomes):
        if not reached >> at & 1:
            before = _covering(framework, at)
            what = f"The outcome '{key}' is never reached{before}."
            scope.wrong(scope.places["outcome", key], what, "Change its when, or take it out.")
    if open_case is not None:
        said = ", ".join(
            f"{name}: {levels_in(framework.dimensions[name].scale, open_case[name])[0]}"
            for name in program.roots
        )
        what = f"No outcome answers {said or 'anything'}."
        remedy = "Add an outcome for it; the last may leave when out and take all the rest."
        scope.wrong(scope.places["part", "outcomes"], what, remedy)


def _covering(framework: Framework, at: int) -> str:
    if any(not one.when for one in list(framework.outcomes.values())[:at]):
        return ": one before it takes everything"
    return ": no answers lead to it that do not lead to one before it"


def every_case(program: Program) -> Iterator[Masks]:
    """Every combination of levels of the dimensions that the outcomes speak of."""
    names = shared(program, {})
    leaves = {name: full(scale) for name, scale in program.leaves.items()}

    def below(leaves: Masks, left: tuple[str, ...]) -> Iterator[Masks]:
        if left:
            for bit in bits(leaves[left[0]]):
                yield from below({**leaves, left[0]: bit}, left[1:])
        else:
            yield from roots(program.spread(leaves), program.roots)

    def roots(held: Masks, left: tuple[str, ...]) -> Iterator[Masks]:
        if left:
            for bit in bits(held[left[0]]):
                yield from roots({**held, left[0]: bit}, left[1:])
        else:
            yield held

    yield from below(leaves, names)


def check_examples(scope: Scope, framework: Framework) -> None:
    """Every example has the outcome that it says."""
    for one in framework.examples:
        judged = judge(framework, one.answers, one.tier)
        if judged.outcome is None or judged.outcome.key != one.outcome:
            names = ", ".join(outcome.key for outcome in judged.possible)
            what = f"The example '{one.key}' comes to {names}, not to {one.outcome}."
            scope.wrong(
                scope.places["example", one.key], what, "Change its answers or its outcome."
            )
