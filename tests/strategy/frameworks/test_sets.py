"""A rule over sets gives exactly the outcomes that single answers give, taken together.

The frameworks are random: dimensions that share questions, tables, counts, stand-ins. What single
answers come to is worked out here a second time, by an interpreter that knows no sets.
"""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from sextant.strategy.frameworks import TIERS, Framework, Given, Level, Outcome, Question, Scale
from sextant.strategy.frameworks.judge import judge
from sextant.strategy.frameworks.model import Clause, Condition, Count, Dimension, Table

SCALE = Scale("scale", tuple(Level(key, key, key) for key in ("low", "mid", "high")))
LEVELS = SCALE.keys


@st.composite
def frameworks(draw):
    keys = [f"q{at}" for at in range(draw(st.integers(2, 4)))]
    questions = {key: draw(question(key, keys[:at])) for at, key in enumerate(keys)}
    names = list(keys)
    dimensions = {}
    for at in range(draw(st.integers(1, 4))):
        dimensions[f"d{at}"] = draw(dimension(f"d{at}", names))
        names.append(f"d{at}")
    outcomes = {f"o{at}": draw(outcome(f"o{at}", list(dimensions))) for at in range(3)}
    outcomes["rest"] = Outcome("rest", "Rest", "missed", "The rest.")
    return Framework(
        "random", 1, "Random", "What?", (), (), (), "1 year",
        {"scale": SCALE}, questions, dimensions, outcomes,
    )  # fmt: skip


@st.composite
def question(draw, key, before):
    one = Question(key, key, key, scale=SCALE)
    if before and draw(st.booleans()):
        one = replace(one, first="high", otherwise=draw(st.sampled_from(before)))
    elif draw(st.integers(0, 3)) == 0:
        one = replace(one, first="high", otherwise_level=draw(st.sampled_from(LEVELS)))
    return replace(one, once_verified=bool(one.otherwise) and draw(st.booleans()))


@st.composite
def dimension(draw, key, names):
    kind = draw(st.sampled_from(["is", "least", "most", "table"]))
    count = {"is": 1, "table": 2}.get(kind, draw(st.integers(1, 3)))
    of = tuple(draw(st.sampled_from(names)) for _ in range(count))
    rows = {row: tuple(draw(st.sampled_from(LEVELS)) for _ in LEVELS) for row in LEVELS}
    table = Table("table", SCALE, SCALE, SCALE, rows) if kind == "table" else None
    return Dimension(key, key, kind, of, SCALE, table)


@st.composite
def outcome(draw, key, dimensions):
    some = st.lists(st.sampled_from(LEVELS), min_size=1, max_size=2).map(frozenset)
    whens = []
    for _ in range(draw(st.integers(1, 2))):
        named = draw(st.lists(st.sampled_from(dimensions), min_size=1, max_size=2, unique=True))
        counts = ()
        if draw(st.booleans()):
            counts = (Count(tuple(dimensions), draw(some), draw(st.integers(1, len(dimensions)))),)
        whens.append(Condition(tuple(Clause(name, draw(some)) for name in named), counts))
    return Outcome(key, key, draw(st.sampled_from(["met", "missed"])), key, tuple(whens))


def one_by_one(framework, given, tier):
    """The outcomes of every combination of single answers."""
    questions = framework.questions
    real = {key: key for key in questions}
    fixed = {}
    for key, one in questions.items():
        held = given.get(key, Given())
        absent = not held.levels and TIERS.index(tier) < TIERS.index(one.first)
        unproven = one.once_verified and not (held.levels and held.verified)
        if absent or unproven:
            if one.otherwise:
                real[key] = real[one.otherwise]
            elif one.otherwise_level:
                fixed[key] = one.otherwise_level
    sets = []
    for key in questions:
        levels = given.get(key, Given()).levels or LEVELS
        sets.append([fixed[key]] if key in fixed else list(levels))
    found = set()
    for levels in product(*sets):
        answers = dict(zip(questions, levels, strict=True))
        found.add(first(framework, {key: answers[real[key]] for key in questions}))
    return found


def first(framework, held):
    """The first outcome whose condition single levels fulfil."""
    held = dict(held)
    for key, one in framework.dimensions.items():
        ranks = [LEVELS.index(held[name]) for name in one.of]
        if one.kind == "table":
            held[key] = one.table.gives[LEVELS[ranks[0]]][ranks[1]]
        else:
            held[key] = LEVELS[max(ranks) if one.kind == "most" else min(ranks)]
    for key, one in framework.outcomes.items():
        if not one.when or any(holds(when, held) for when in one.when):
            return key
    raise AssertionError


def holds(when, held):
    clauses = all(held[one.dimension] in one.levels for one in when.clauses)
    counts = [sum(held[name] in one.levels for name in one.dimensions) for one in when.counts]
    return clauses and all(
        count >= one.many for count, one in zip(counts, when.counts, strict=True)
    )


subsets = st.sets(st.sampled_from(LEVELS), max_size=3).map(frozenset)
answers = st.builds(
    lambda levels, verified: Given(levels, verified=verified), subsets, st.booleans()
)
tiers = st.sampled_from(TIERS)


@settings(max_examples=400, deadline=None)
@given(frameworks(), st.lists(answers, min_size=4, max_size=4), tiers)
def test_a_set_gives_what_its_single_answers_give(framework, held, tier):
    given = dict(zip(framework.questions, held, strict=False))
    possible = {one.key for one in judge(framework, given, tier).possible}
    assert possible == one_by_one(framework, given, tier)


@settings(max_examples=150, deadline=None)
@given(frameworks(), st.lists(answers, min_size=4, max_size=4), st.data())
def test_knowing_more_never_makes_more_possible(framework, held, data):
    given = dict(zip(framework.questions, held, strict=False))
    key = data.draw(st.sampled_from(list(framework.questions)))
    before = given[key].levels or frozenset(LEVELS)
    fewer = data.draw(st.sets(st.sampled_from(sorted(before)), min_size=1))
    given = {**given, key: Given(before)}
    narrowed = {**given, key: Given(frozenset(fewer))}
    possible = {one.key for one in judge(framework, given, "high").possible}
    assert {one.key for one in judge(framework, narrowed, "high").possible} <= possible


@settings(max_examples=150, deadline=None)
@given(frameworks(), st.lists(answers, min_size=4, max_size=4))
def test_a_decider_is_open_and_its_answer_tells(framework, held):
    given = dict(zip(framework.questions, held, strict=False))
    judged = judge(framework, given, "high")
    assert bool(judged.deciders) == (judged.outcome is None)
    for key in judged.deciders:
        assert len(given.get(key, Given()).levels) != 1


@settings(max_examples=150, deadline=None)
@given(frameworks(), st.lists(answers, min_size=4, max_size=4))
def test_what_fails_is_never_met_whatever_the_rest_says(framework, held):
    given = dict(zip(framework.questions, held, strict=False))
    judged = judge(framework, given, "high")
    if any(one.fails for one in judged.dimensions):
        assert all(one.verdict != "met" for one in judged.possible)
