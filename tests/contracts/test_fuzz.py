"""Whatever is written, the answer is a contract or its problems."""

import string
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sextant.contracts.file.reading import contract_from_mapping, contract_from_text
from sextant.contracts.grammar import Setting, parse_criterion
from sextant.contracts.model import Contract, Segment
from sextant.contracts.problems import ContractError, Problem

SETTING = Setting(segments={"sex": Segment("sex", "SEX"), "age": Segment("age", "A", (16, 65))})
WORDS = [
    "recall",
    "auc",
    "gap",
    "ratio",
    "mean",
    "quantile",
    "cost",
    "out_of_set",
    "(",
    ")",
    "(",
    ")",
    ",",
    "=",
    "[",
    "]",
    ">=",
    "<=",
    ">",
    "<",
    "%",
    "0.8",
    "80",
    "1e-3",
    "-1",
    ".5",
    "1e999",
    "in",
    "every",
    "sex",
    "age",
    "x",
    "across",
    "with",
    "99",
    "confidence",
    "of",
    "a",
    "against",
    "b",
    "q",
    "threshold",
    '"',
    "'",
    "\\",
    "true",
]
SIGNS = "{}[],:&*!|>%@`\"'\\#-?\t\n~ \0\x85\N{LINE SEPARATOR}é" + string.ascii_letters

sentences = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@given(st.one_of(st.text(max_size=60), sentences))
@settings(max_examples=400)
def test_criteria(text: str) -> None:
    with suppress(ContractError):
        criterion = parse_criterion(text, SETTING)
        assert parse_criterion(criterion.text, SETTING).text == criterion.text


def assert_contract_or_problems(read: Callable[[], Contract]) -> None:
    """Whoever is refused is told what is wrong."""
    found = outcome(read)
    if isinstance(found, Contract):
        assert found.criteria
    else:
        assert found
        assert all(one.what.strip() for one in found)


def outcome(read: Callable[[], Contract]) -> Contract | Sequence[Problem]:
    try:
        return read()
    except ContractError as error:
        return error.problems


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    assert_contract_or_problems(lambda: contract_from_text(text))


@given(st.data())
@settings(max_examples=200)
def test_mangled_contracts(data: st.DataObject) -> None:
    from_here = "product: a\noutcome: b\ntask: binary\ndata: {source: s, label: y, score: p}\n"
    text = from_here + "threshold: 0.5\ncriteria:\n  - {check: recall >= 0.8, role: guardrail}\n"
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text = text[:start] + data.draw(st.text(SIGNS, max_size=6)) + text[end:]
    assert_contract_or_problems(lambda: contract_from_text(text))


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8))
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = (
    "schema",
    "product",
    "data",
    "threshold",
    "costs",
    "looks",
    "valid_for",
    "locked",
    "criteria",
)


@given(st.dictionaries(st.sampled_from(KEYS), values))
def test_any_values(changes: dict[str, Any]) -> None:
    whole: dict[str, Any] = {
        "product": "a",
        "outcome": "b",
        "task": "binary",
        "data": {"source": "s", "label": "y", "score": "p"},
        "criteria": ["auc >= 0.8"],
    }
    assert_contract_or_problems(lambda: contract_from_mapping(whole | changes))
