"""Reading a text in its product: every problem with its place and its remedy."""

import time

import pytest
from examples import MET, contract_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pace import slower

from sextant_server.contracts.reading import line_of, read
from sextant_server.demo.telling import Telling
from sextant_server.sources.models import Source


def test_a_whole_text_has_a_digest(story: Telling, source: Source) -> None:
    reading = read(contract_text(MET), story.product)
    assert reading.problems == ()
    assert reading.digest.startswith("sha256:")
    assert reading.version == source.versions.get()


@pytest.mark.parametrize(
    ("wrong", "right", "line", "says"),
    [
        ("auc >= 0.6", "acu >= 0.6", 12, "Did you mean 'auc'"),
        ("label: employed", "label: employd", 6, "Did you mean 'employed'"),
        ("source: predictions", "source: prediction", 5, "Did you mean 'predictions'"),
        ("column: SEX", "column: SEXX", 10, "Did you mean 'SEX'"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    story: Telling, source: Source, wrong: str, right: str, line: int, says: str
) -> None:
    (problem,) = read(contract_text(MET).replace(wrong, right), story.product).problems
    assert line_of(problem) == line
    assert says in str(problem)


def test_all_mistakes_are_named_at_once(story: Telling, source: Source) -> None:
    text = contract_text("recal >= 0.8", "auc >= 2").replace("task: binary", "task: binry")
    assert len(read(text, story.product).problems) == 3


def test_a_product_without_sources_says_where_to_register_one(story: Telling) -> None:
    (problem,) = read(contract_text(MET), story.product).problems
    assert "Register one on the page Sources" in str(problem)


def test_a_lock_of_its_own_is_refused(story: Telling, source: Source) -> None:
    reading = read(contract_text(MET), story.product)
    locked = contract_text(MET) + f'locked: {{digest: "{reading.digest}"}}\n'
    (problem,) = read(locked, story.product).problems
    assert "lock of its own" in str(problem)


@pytest.mark.parametrize(
    "text",
    [
        contract_text(*[f"auc >= 0.{number}" for number in range(10_000)]),
        "a: " + "x" * 1_000_000,
        "x: &a [1]\n" + "y: [*a, *a]\n" * 5_000,
        "[" * 5_000,
        "criteria:\n" + "- recall >= 0.8\n" * 20_000,
    ],
    ids=["many", "long", "anchors", "deep", "endless"],
)
def test_what_is_too_much_is_answered_quickly(story: Telling, source: Source, text: str) -> None:
    began = time.process_time()
    reading = read(text, story.product)
    assert reading.problems
    assert time.process_time() - began < 5 * slower()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_no_text_breaks_it(story: Telling, source: Source, data: st.DataObject) -> None:
    text = contract_text(MET)
    at = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(at, min(at + 40, len(text))))
    broken = text[:at] + data.draw(st.text(max_size=30)) + text[end:]
    reading = read(broken, story.product)
    assert reading.problems or reading.digest
