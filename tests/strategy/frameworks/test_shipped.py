"""The shipped frameworks: sourced, anchored, used, honest about what is ours, and soon read."""

import re
from time import process_time

import pytest
from pace import slower

from sextant.strategy.frameworks import READERS, TIERS, framework_from_text, judge, shipped, text_of
from sextant.strategy.frameworks.wording import FAILS
from sextant.strategy.lifecycles import gates

KEYS = (
    "ai-literacy",
    "ai-risk",
    "ai-value",
    "automation-level",
    "build-buy-partner",
    "data-maturity",
    "data-moat",
    "edge-or-cloud",
    "employment-impact",
    "misuse",
    "opportunity-canvas",
    "product-risks",
    "societal-impact",
    "strategy-pillars",
    "technology-readiness",
    "users-and-uncertainty",
    "why-ai",
)
COVERED = {
    *(f"R-FW-VAL-0{at}" for at in range(1, 6)),
    *(f"R-FW-BBP-0{at}" for at in range(1, 7)),
    *(f"R-FW-MOAT-0{at}" for at in range(1, 7)),
    *(f"R-FW-RISK-0{at}" for at in range(1, 10)),
    *(f"R-FW-POM-0{at}" for at in range(1, 6)),
    *("R-OPP-02", "R-OPP-03", "R-OPP-04", "R-OPP-05", "R-OPP-06", "R-OPP-08", "R-OPP-10"),
    *("R-OPP-13", "R-OPP-14", "R-OPP-16", "R-OPP-19", "R-OPP-20", "R-OPP-23"),
    *("R-ETH-10", "R-ETH-11", "R-ETH-12", "R-ETH-17", "R-ETH-18", "R-SCOPE-11", "R-EX-13"),
    *("R-LEARN-03", "R-LEARN-04", "R-LEARN-05", "R-PRIN-05", "R-PRIN-08", "R-PRIN-16"),
    "R-COL-18",
}
each = pytest.mark.parametrize("key", KEYS)


def test_these_are_all():
    assert tuple(shipped()) == KEYS
    with pytest.raises(KeyError):
        shipped()["nothing"]


def test_every_requirement_has_its_framework():
    assert {one for framework in shipped().values() for one in framework.ids} == COVERED


@each
def test_the_file_bears_its_key_and_names_its_sources(key):
    framework = shipped()[key]
    assert framework.key == key
    assert framework.sources
    assert framework.used_by


@each
def test_every_question_and_level_says_what_it_means(key):
    framework = shipped()[key]
    for question in framework.questions.values():
        assert question.asks.endswith(("?", ".")), question.key
        assert question.scale or question.kind != "level"
    for scale in framework.scales.values():
        assert all(len(level.means) > 10 for level in scale.levels), scale.key


@each
def test_every_number_and_matrix_of_ours_is_marked_as_proposed(key):
    framework = shipped()[key]
    for question in framework.questions.values():
        assert not question.cuts or question.proposed
    for dimension in framework.dimensions.values():
        assert not dimension.table or dimension.table.proposed
    for outcome in framework.outcomes.values():
        assert not any(when.counts for when in outcome.when) or outcome.proposed
    assert framework.proposed


@each
def test_no_text_names_a_requirement_or_holds_a_gap(key):
    text = re.sub(r"^ids:.*$", "", text_of(key), flags=re.MULTILINE)
    assert not re.search(r"R-[A-Z]+-", text)
    framework = shipped()[key]
    said = [one.asks for one in framework.questions.values()]
    said += [one.says.replace(FAILS, "") for one in framework.outcomes.values()]
    assert not [one for one in said if "{" in one]


@each
def test_the_gates_ask_for_it_where_it_says(key):
    """The gates' own list and the framework's agree, both ways."""
    uses = {(one.gate, one.first, one.begun) for one in shipped()[key].used_by if one.gate}
    listed = {
        (stage, one.tier, one.begun)
        for stage, gate in gates().items()
        for one in gate.requires
        if one.framework == key
    }
    assert uses == listed


def test_no_gate_asks_for_a_framework_that_is_not_there():
    for gate in gates().values():
        assert {one.framework for one in gate.requires} - {""} <= set(KEYS)


def test_a_harmless_tool_answers_a_handful_of_levels():
    for stage in ("scoping", "development"):
        asked = [
            question
            for framework in shipped().values()
            if stage in framework.gates_at("minimal")
            for question in framework.asked("minimal")
        ]
        assert len(asked) <= 8
        assert all(question.scale for question in asked)


def test_the_same_product_is_asked_more_where_the_risk_is_higher():
    counts = [
        sum(len(one.asked(tier)) for one in shipped().values() if one.gates_at(tier))
        for tier in TIERS
    ]
    assert counts == sorted(counts)


def test_every_reader_is_served():
    assert {use.reader for one in shipped().values() for use in one.used_by} - {""} == set(READERS)


@each
def test_unanswered_everything_is_open(key):
    framework = shipped()[key]
    for tier in TIERS:
        judged = judge(framework, {}, tier)
        assert judged.outcome is None
        assert judged.deciders
        assert judged.verdict == "undecided"


def test_judging_is_fast():
    framework = shipped()["ai-risk"]
    assert quickest(lambda: judge(framework, {}, "high")) < 0.02 * slower()


def test_reading_is_fast():
    """A file is read once in a process; the longest took 30 ms, all of them 270 ms."""
    assert quickest(lambda: framework_from_text(text_of("ai-risk"))) < 0.1 * slower()


def quickest(work):
    """The processor's time of the quickest of five, so that a busy machine does not count."""
    times = []
    for _ in range(5):
        began = process_time()
        work()
        times.append(process_time() - began)
    return min(times)
