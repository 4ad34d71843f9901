"""A framework in words: what it asks, how answers become reasons, and the rule in its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sextant.strategy.frameworks import TIERS, Dimension, Framework, Level, Outcome, Question, Scale
from sextant.strategy.frameworks.model import Clause, Condition, Count
from sextant.strategy.frameworks.wording import FAILS

BOUND_TO = {
    "criterion": "a criterion of the contract",
    "rate": "a measured rate",
    "source": "a source",
    "value": "the value model",
    "dependency": "a dependency",
    "assessment": "another assessment",
    "study": "a kept study",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how it is answered, and what else is to be known of it, in words."""

    question: Question
    how: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A dimension, and how it comes about."""

    dimension: Dimension
    how: str


@dataclass(frozen=True, slots=True)
class Steps:
    """A scale, by its name in words."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table, its levels in words."""

    name: str
    across: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """An outcome, when it is the answer (any of these, in words), and what it says then."""

    outcome: Outcome
    when: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Document:
    """A framework as it is read."""

    framework: Framework
    used_by: tuple[str, ...]
    scales: tuple[Steps, ...]
    questions: tuple[Asked, ...]
    tables: tuple[Matrix, ...]
    reasons: tuple[Reason, ...]
    rule: tuple[Ruled, ...]
    proposed: tuple[tuple[str, str], ...]


def document(framework: Framework) -> Document:
    """A framework in words."""
    return Document(
        framework=framework,
        used_by=tuple(_use(one.gate, one.reader, one.first) for one in framework.used_by),
        scales=tuple(
            Steps(key.replace("_", " ").capitalize(), one.levels)
            for key, one in framework.scales.items()
        ),
        tables=tuple(_tables(framework)),
        questions=tuple(_asked(framework, one) for one in framework.questions.values()),
        reasons=tuple(_reason(framework, one) for one in framework.dimensions.values()),
        rule=tuple(
            Ruled(
                one,
                tuple(condition(framework, when) for when in one.when),
                one.says.replace(FAILS, "the dimension that fails"),
            )
            for one in framework.outcomes.values()
        ),
        proposed=tuple(_proposed(framework)),
    )


def condition(framework: Framework, held: Condition) -> str:
    """`Frequency is at least regular, and accuracy is enough`."""
    said = [_clause(framework, one) for one in held.clauses]
    said += [_count(framework, one) for one in held.counts]
    return ", and ".join(said)


def among(scale: Scale, levels: Iterable[str]) -> str:
    """`at least regular`, `at most medium`, `low or high`."""
    keys, held = scale.keys, set(levels)
    places = [keys.index(key) for key in keys if key in held]
    names = [scale.levels[place].name for place in places]
    if len(names) > 1 and places == list(range(places[0], len(keys))):
        return f"at least {names[0]}"
    if len(names) > 1 and places == list(range(len(names))):
        return f"at most {names[-1]}"
    return _or(names)


def _clause(framework: Framework, one: Clause) -> str:
    dimension = framework.dimensions[one.dimension]
    return f"“{dimension.name}” is {among(dimension.scale, one.levels)}"


def _count(framework: Framework, one: Count) -> str:
    dimensions = [framework.dimensions[key] for key in one.dimensions]
    names = ", ".join(f"“{held.name}”" for held in dimensions)
    return f"at least {one.many} of {names} are {among(dimensions[0].scale, one.levels)}"


def _asked(framework: Framework, one: Question) -> Asked:
    return Asked(one, _how(one), tuple(_notes(framework, one)))


def _how(one: Question) -> str:
    """With a level of a scale, with a range and its limits, or in words."""
    if one.kind == "text":
        return "In words."
    unit = f", in {one.unit}" if one.unit else ""
    if one.scale is None:
        return f"With a range{unit}."
    if not one.cuts:
        return f"With a level of {one.scale.key.replace('_', ' ')}."
    limits = zip(one.scale.levels, _limits(one), strict=True)
    listed = "; ".join(f"{level.name} is {limit}" for level, limit in limits)
    return f"With a range{unit}: {listed}."


def _limits(one: Question) -> list[str]:
    """The numbers of each level, in the order of the scale."""
    edges = [f"under {one.cuts[0]:g}"]
    edges += [
        f"{low:g} to under {high:g}" for low, high in zip(one.cuts, one.cuts[1:], strict=False)
    ]
    edges.append(f"{one.cuts[-1]:g} or more")
    return edges[::-1] if one.lower_is_better else edges


def _notes(framework: Framework, one: Question) -> Iterable[str]:
    yield f"For the {one.role}."
    if one.first != TIERS[0] or one.last != TIERS[-1]:
        yield _tiers(one.first, one.last)
    for tier, grade in one.grades.items():
        if grade != "believed":
            better = "" if grade == "measured" else " or better"
            yield f"At {tier} risk it has to be {grade}{better}."
    if one.rests_on:
        yield f"It can rest on {_or([BOUND_TO[kind] for kind in one.rests_on])}."
    if one.once_verified:
        yield "It counts only once a measure is verified."
    if one.otherwise:
        stands = framework.questions[one.otherwise].name
        yield f"Where it is not asked or does not count, “{stands}” stands in."
    if one.asked_for:
        names = [framework.outcomes[key].name for key in one.asked_for]
        yield f"Asked only where the answer is {_or([f'“{name}”' for name in names])}."
    if one.asked_when:
        yield f"Asked only where {_or([condition(framework, when) for when in one.asked_when])}."
    if one.read_by:
        yield f"Read by: {', '.join(one.read_by)}."


def _tiers(first: str, last: str) -> str:
    if first == last:
        return f"Asked at {first} risk only."
    if last == TIERS[-1]:
        return f"Asked from {first} risk upwards."
    return f"Asked up to {last} risk."


def _reason(framework: Framework, one: Dimension) -> Reason:
    names = [_name(framework, key) for key in one.of]
    if one.kind == "is":
        return Reason(one, f"It is the answer to {names[0]}.")
    if one.kind == "least":
        return Reason(one, f"It is the worst of {_and(names)}.")
    if one.kind == "most":
        return Reason(one, f"It is the best of {_and(names)}.")
    if one.kind == "compare":
        best = one.scale.levels[-1].name
        return Reason(one, f"It is “{best}” where {names[0]} lies wholly above {names[1]}.")
    assert one.table is not None
    name = one.table.key.replace("_", " ")
    return Reason(one, f"It is looked up in the table {name}, for {names[0]} by {names[1]}.")


def _tables(framework: Framework) -> Iterable[Matrix]:
    """Each table once, however many dimensions look things up in it."""
    found = {one.table.key: one.table for one in framework.dimensions.values() if one.table}
    for key, table in found.items():
        rows = tuple(
            (level.name, tuple(table.scale.level(held).name for held in table.gives[level.key]))
            for level in table.down.levels
        )
        across = tuple(level.name for level in table.across.levels)
        yield Matrix(key.replace("_", " "), across, rows)


def _name(framework: Framework, key: str) -> str:
    held = framework.questions.get(key) or framework.dimensions[key]
    return f"“{held.name}”"


def _use(gate: str, reader: str, first: str) -> str:
    what = f"The gate to {gate}" if gate else f"The {reader}"
    return what if first == TIERS[0] else f"{what}, from {first} risk upwards"


def _proposed(framework: Framework) -> Iterable[tuple[str, str]]:
    """What no source says, and where in the framework it stands."""
    if framework.proposed:
        yield "The framework", framework.proposed
    for part, held in (
        ("Scale", framework.scales), ("Question", framework.questions),
        ("Dimension", framework.dimensions), ("Outcome", framework.outcomes),
    ):  # fmt: skip
        seen = set()
        for key, one in held.items():
            if one.proposed and one.proposed not in seen:
                seen.add(one.proposed)
                yield f"{part} “{getattr(one, 'name', key)}”", one.proposed
    tables = {one.table.key: one.table for one in framework.dimensions.values() if one.table}
    for key, table in tables.items():
        if table.proposed:
            yield f"Table “{key}”", table.proposed


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
