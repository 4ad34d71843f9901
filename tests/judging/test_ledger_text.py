"""A ledger and a sample of rows as text: in a file or in a database."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sextant.contracts.ledger import (
    Ledger,
    LedgerError,
    Seen,
    Series,
    ledger_from_text,
    ledger_text,
    same_rows,
    sample_from_text,
    sample_text,
)
from sextant.states.snapshot import MODULUS, RowSample

words = st.text(max_size=4)
hashes = st.integers(0, 15).map(lambda k: k << 60)
samples = st.dictionaries(hashes, st.integers(1, 9), max_size=4).map(
    lambda held: RowSample(MODULUS, tuple(held.items()))
)
seen = st.builds(Seen, st.integers(1, 9), words, st.integers(0, 99), samples, words)
folds = st.dictionaries(words, st.dictionaries(words, words, max_size=2), max_size=2)
first = st.dictionaries(words, st.tuples(st.integers(1, 9), st.floats(0, 1e9)), max_size=3)
series = st.builds(
    Series, words, words, st.lists(seen, min_size=1, max_size=2).map(tuple), first, folds
)
ledgers = st.lists(series, max_size=2).map(lambda held: Ledger(tuple(held)))


@given(ledgers)
def test_round_trip(ledger: Ledger) -> None:
    text = ledger_text(ledger)
    assert ledger_from_text(text, "the ledger") == ledger
    assert ledger_text(ledger_from_text(text, "the ledger")) == text


@given(samples | st.just(RowSample(5 << 60, ((1 << 60, 2),))))
@example(RowSample())
def test_a_sample_as_text(sample: RowSample) -> None:
    assert sample_from_text(sample_text(sample)) == sample


@pytest.mark.parametrize("text", ["", "no base64!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA==", "é"])
def test_what_is_no_sample_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        sample_from_text(text)


json_values: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=5,
)


@given(json_values | json_values.map(lambda held: {"schema": 1, "series": held}))
@example({"schema": 1, "series": {"": 1}})
def test_a_damaged_ledger_is_refused_by_its_name(held: object) -> None:
    text = json.dumps(held)
    try:
        read = ledger_from_text(text, "the looks at P")
    except LedgerError as error:
        refused = str(error)
    else:
        refused = "the looks at P" if read == Ledger() else ""
    assert "the looks at P" in refused


def test_what_was_cut_off_or_nested_without_end_is_refused() -> None:
    text = ledger_text(Ledger((Series("d", "", (Seen(1, "s", 1, RowSample()),), {}),)))
    for end in (0, 1, 20, len(text) - 3):
        with pytest.raises(LedgerError, match="cannot be read"):
            ledger_from_text(text[:end], "it")
    with pytest.raises(LedgerError, match="cannot be read"):
        ledger_from_text("[" * 200_000, "it")
    with pytest.raises(LedgerError, match="is of schema 2"):
        ledger_from_text('{"schema": 2}', "it")


def test_a_file_that_is_no_text(tmp_path) -> None:
    from sextant.contracts.ledger_file import read_ledger

    path = tmp_path / "a.looks.json"
    path.write_bytes(b'{"schema": 1, "series": [\xff]}')
    with pytest.raises(LedgerError, match=r"a\.looks\.json .* cannot be read"):
        read_ledger(path)


def test_the_same_rows_again() -> None:
    def sample(*rows: int) -> RowSample:
        return RowSample(MODULUS, tuple((row, 1) for row in rows))

    assert same_rows(sample(1, 2, 3), sample(1, 2))
    assert same_rows(sample(1, 3, 4), sample(1, 2))
    assert not same_rows(sample(3, 4), sample(1, 2))
    assert not same_rows(sample(1), RowSample())
