"""A tally comes back from bytes as it was, and nothing else comes back at all."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sextant.contracts.file.reading import read_contract
from sextant.contracts.judge import judge
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract
from sextant.engines.scan import tally as scan
from sextant.engines.source import open_source
from sextant.metrics.requests import (
    Among,
    Classes,
    Copies,
    Decisions,
    Difference,
    Distribution,
    Errors,
    Fit,
    Flag,
    Labels,
    Latest,
    Pairs,
    Patterns,
    Ranking,
    Residuals,
    Scaled,
    Scores,
    Values,
    Verdicts,
    Volume,
    Within,
)
from sextant.metrics.tally import Cell, Tally
from sextant.metrics.tally_codec import HEAD, dump_tally, load_tally
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts
from sextant.states.snapshot import RowSample, Snapshot
from sextant.states.state import StateError
from sextant.states.units import ByUnit

from .strategies import (
    CUTS,
    THRESHOLDS,
    class_counts,
    co_moments,
    confusions,
    counts,
    fits,
    histograms,
    judged,
    moments,
    newest,
    repeated,
    row_samples,
    score_states,
    shown,
    snapshots,
    whole,
)

texts = st.text(max_size=4)
scalars = st.text(max_size=3) | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9)
ends = st.none() | st.floats(-9, 9)
flags = st.builds(
    Flag,
    st.sampled_from(["missing", "true", "range", "set", "type", "pattern"]),
    texts,
    ends,
    ends,
    st.lists(scalars, max_size=3).map(tuple),
)
answered = st.dictionaries(st.sampled_from(["yes", "no", "none"]), whole).map(Counts.of)
ANSWERS: list[tuple[st.SearchStrategy[Any], st.SearchStrategy[Any]]] = [
    (st.just(Scores(THRESHOLDS)), score_states),
    (st.just(Decisions()), confusions),
    (st.just(Labels()), answered),
    (st.just(Errors()), moments),
    (st.builds(Values, texts), moments),
    (st.builds(Pairs, texts, texts), co_moments),
    (texts.map(lambda name: Distribution(name, CUTS)), histograms),
    (flags, answered),
    (st.sampled_from([Residuals("absolute"), Residuals("pinball", "p10", 0.1)]), moments),
    (st.just(Fit()), fits),
    (st.just(Classes()), class_counts),
    (st.sampled_from([Ranking("ndcg", 10), Ranking("mean", 5, None, "price")]), moments),
    (st.just(Ranking("hit", 3, 4.0)), answered),
    (st.just(Ranking("coverage", 5, None, "film")), shown),
    (st.lists(texts, max_size=3).map(lambda names: Among(tuple(names))), answered),
    (st.builds(Scaled, texts), co_moments),
    (st.builds(Within, texts, texts), answered),
    (st.builds(Verdicts, st.sampled_from(["true", "value"]), texts, texts), judged),
    (st.builds(Patterns, st.tuples(texts, texts), st.none() | st.tuples(texts, texts)), counts),
    (st.builds(Difference, texts, texts), moments),
    (st.just(Volume()), answered),
    (st.builds(Latest, texts), newest),
    (st.builds(Copies, texts, st.lists(texts, max_size=2).map(tuple)), repeated),
]


@st.composite
def cells(draw: Any, state: st.SearchStrategy[Any]) -> Cell:
    rows = draw(st.integers(0, 1_000) | st.floats(0, 1e6))
    parts = st.dictionaries(st.integers(0, 255), state, min_size=1, max_size=3)
    units = draw(st.none() | parts.map(ByUnit.of))
    return Cell(draw(state), units, rows, rows * draw(st.floats(0, 1)), 0.0)


@st.composite
def tallies(draw: Any) -> Tally:
    groupings = draw(st.lists(st.lists(texts, max_size=2, unique=True).map(tuple), max_size=3))
    held: dict[Any, Any] = {}
    counts: dict[Any, Any] = {}
    for grouping in groupings:
        values = st.tuples(*[texts] * len(grouping))
        held[grouping] = {
            draw(request): draw(st.dictionaries(values, cells(state), max_size=2))
            for request, state in draw(st.lists(st.sampled_from(ANSWERS), max_size=2))
        }
        counted = draw(st.dictionaries(values, whole, max_size=3))
        counts[grouping] = {key: (float(n), n / 2) for key, n in counted.items()}
    return Tally(
        held,
        counts,
        draw(whole),
        draw(st.none() | whole),
        draw(snapshots),
        draw(row_samples),
        tuple(draw(st.lists(st.tuples(texts, whole), max_size=2))),
        (draw(st.none() | texts), draw(st.none() | texts)),
        tuple(draw(st.lists(texts, max_size=2))),
    )


EMPTY = Tally({}, {}, 0, None, Snapshot(), RowSample())


@given(tallies())
@example(EMPTY)
@example(replace(EMPTY, notes=("\ud800 lone surrogate", "\x00"), labelled=0))
def test_round_trip(tally: Tally) -> None:
    stored = dump_tally(tally)
    again = load_tally(stored)
    assert again == tally
    assert dump_tally(again) == stored


@given(tallies())
def test_equal_tallies_give_equal_bytes(tally: Tally) -> None:
    turned = replace(
        tally,
        cells={
            grouping: {request: dict(reversed(of.items())) for request, of in held.items()}
            for grouping, held in reversed(tally.cells.items())
        },
        counts={grouping: dict(reversed(of.items())) for grouping, of in tally.counts.items()},
    )
    assert turned == tally
    assert dump_tally(turned) == dump_tally(tally)


@pytest.fixture(scope="module")
def tally() -> Tally:
    """Two small cells, one of them by unit."""
    units = ByUnit(((3, Counts.of({"yes": 1})), (200, Counts.of({"no": 2}))))
    request = Flag("true", "paid")
    held = {("sex",): {request: {("men",): Cell(units.total(), units, 3, 3)}}}
    held[()] = {Decisions(): {(): Cell(Confusion(1, 1, 1, 1), None, 4, 4)}}  # type: ignore[dict-item]
    return replace(EMPTY, cells=held, counts={(): {(): (4.0, 4.0)}}, rows=4)


def test_every_truncated_form_is_refused(tally: Tally) -> None:
    stored = dump_tally(tally)
    for end in range(len(stored)):
        with pytest.raises(StateError):
            load_tally(stored[:end])
    with pytest.raises(StateError):
        load_tally(stored + b"\x00")


def test_every_flipped_bit_is_refused(tally: Tally) -> None:
    stored = dump_tally(tally)
    for at in range(len(stored)):
        for bit in range(8):
            flipped = bytearray(stored)
            flipped[at] ^= 1 << bit
            with pytest.raises(StateError) as caught:
                load_tally(bytes(flipped))
            assert caught.value.problem
            assert caught.value.remedy


def signed(body: bytes) -> bytes:
    return b"TALLY\x01" + blake2b(body, digest_size=16).digest() + body


def rewritten(stored: bytes, change: Callable[[Any], Any]) -> bytes:
    """The same states under another description, with a check that fits."""
    body = stored[HEAD:]
    end = 4 + int.from_bytes(body[:4], "little")
    description = change(json.loads(zlib.decompress(body[4:end])))
    first = zlib.compress(json.dumps(description).encode())
    return signed(len(first).to_bytes(4, "little") + first + body[end:])


def assert_refused_or_storable(stored: bytes) -> None:
    """What can be read is a tally: it is written and read again as the same bytes."""
    try:
        found = load_tally(stored)
    except StateError:
        return
    again = dump_tally(found)
    assert dump_tally(load_tally(again)) == again


@given(st.binary(max_size=60))
def test_random_bytes_are_refused(data: bytes) -> None:
    small = zlib.compress(data)
    framed = len(small).to_bytes(4, "little") + small
    for stored in (data, signed(data), signed(framed), signed(framed + b"SXT\x01" + small)):
        with pytest.raises(StateError):
            load_tally(stored)


@settings(max_examples=300)
@given(tallies(), st.data())
def test_forged_bytes_are_refused_or_another_tally(tally: Tally, data: st.DataObject) -> None:
    """Damage below a check that fits: nothing but a StateError, or a tally that can be stored."""
    stored = dump_tally(tally)
    body = bytearray(stored[HEAD:])
    end = 4 + int.from_bytes(body[:4], "little")
    text = bytearray(zlib.decompress(bytes(body[4:end])))
    for _ in range(data.draw(st.integers(1, 3))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(32, 126))
    first = zlib.compress(bytes(text))
    assert_refused_or_storable(signed(len(first).to_bytes(4, "little") + first + body[end:]))


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["scores", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
KEYS = ["requests", "cells", "counts", "rows", "labelled", "set_aside", "period", "notes"]


@settings(max_examples=300)
@given(st.sampled_from(KEYS), json_values)
def test_a_foreign_description_is_refused_or_another_tally(key: str, value: Any) -> None:
    stored = dump_tally(replace(EMPTY, rows=1))
    assert_refused_or_storable(rewritten(stored, lambda held: held | {key: value}))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda held: held["cells"][0][1][0][1][0].__setitem__(1, -1), "number of rows"),
        (lambda held: held["cells"][0][1][0][1][0].__setitem__(2, 5), "number of rows"),
        (lambda held: held["cells"][0][1][0][1][0].__setitem__(1, 10**400), "number"),
        (lambda held: held["cells"][0][1][0].__setitem__(0, 9), "cells of a request"),
        (lambda held: held["cells"][1][1][0][1][0].__setitem__(4, False), "states of units"),
        (lambda held: held["requests"].reverse(), "state for"),
        (lambda held: held["cells"].pop(), "belong to no cell"),
        (lambda held: held["cells"].append(held["cells"][0]), "stands twice"),
        (lambda held: held["counts"][0].__setitem__(0, ["sex"]), "count of rows"),
        (lambda held: held.__setitem__("rows", True), "number of rows"),
        (lambda held: held.pop("notes"), "its description is"),
    ],
)
def test_what_no_scan_yields_is_refused(tally: Tally, change: Any, problem: str) -> None:
    def changed(held: Any) -> Any:
        change(held)
        return held

    with pytest.raises(StateError, match=problem):
        load_tally(rewritten(dump_tally(tally), changed))


def test_unpacking_is_bounded(tally: Tally) -> None:
    bomb = zlib.compress(b"[" + b"[]," * 20_000_000 + b"[]]")
    with pytest.raises(StateError, match="unpacks to more than"):
        load_tally(signed(len(bomb).to_bytes(4, "little") + bomb))
    deep = zlib.compress(b"[" * 200_000)
    with pytest.raises(StateError, match="description is unreadable"):
        load_tally(signed(len(deep).to_bytes(4, "little") + deep))
    with pytest.raises(StateError, match="unpacks to more than"):
        load_tally(dump_tally(tally), max_bytes=100)


def test_a_newer_version_says_so(tally: Tally) -> None:
    stored = bytearray(dump_tally(tally))
    stored[5] = 2
    with pytest.raises(StateError, match=r"version: 2\. Update Sextant"):
        load_tally(bytes(stored))


def test_a_state_of_another_kind_is_not_stored(tally: Tally) -> None:
    wrong = replace(tally, cells={(): {Labels(): {(): Cell(Confusion())}}})
    with pytest.raises(StateError, match="does not answer its request"):
        dump_tally(wrong)


@pytest.mark.parametrize(
    ("product", "unit", "most"),
    [
        ("employment", None, 100_000),
        ("recommender", None, 10_000),
        ("employment", "AGEP", 2_500_000),
    ],
)
def test_judging_from_stored_states_is_judging_from_the_scan(
    demo: Path, product: str, unit: str | None, most: int
) -> None:
    contract: Contract = read_contract(demo / product / "contract.yaml")
    contract = replace(contract, data=replace(contract.data, unit=unit))
    source = open_source(contract.data.source, demo / product)
    found = scan(contract, source)
    stored = dump_tally(found)
    assert len(stored) < most
    for look in (Look(), Look(3, None, {})):
        assert judge(contract, load_tally(stored), look) == judge(contract, found, look)


def many_segments(n: int) -> Tally:
    """As many segments as a file may well have, all of them alike: they pack best."""
    alike = Confusion(30, 2, 3, 65)  # type: ignore[arg-type]
    cells = {(f"segment {i}",): Cell(alike, None, 100, 100) for i in range(n)}
    counts = dict.fromkeys(cells, (100.0, 100.0))
    return replace(EMPTY, cells={("of",): {Decisions(): cells}}, counts={("of",): counts})


def test_many_like_segments_are_within_the_bounds() -> None:
    tally = many_segments(30_000)
    assert load_tally(dump_tally(tally), 32 * 2**20, 2**16) == tally


def test_a_caller_bounds_the_states() -> None:
    stored = dump_tally(many_segments(100))
    with pytest.raises(StateError, match=r"more states may come|group of states"):
        load_tally(stored, max_states=50)
