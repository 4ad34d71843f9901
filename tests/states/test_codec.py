import json
import zlib
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sextant.states.codec import StateError, dump, load
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts
from sextant.states.histogram import Histogram
from sextant.states.moments import Moments
from sextant.states.scores import ScoreCounts
from sextant.states.snapshot import Snapshot
from sextant.states.units import ByUnit

from .strategies import ANY, counts, score_states

names = st.text(max_size=3)
trees = ANY | st.dictionaries(names, ANY | st.dictionaries(names, ANY, max_size=2), max_size=4)


@given(trees)
@example({"a": Confusion(), "b": {"a": ByUnit(), "b": ByUnit(((3, Moments()),))}})
@example(Counts.of({"\ud800 lone surrogate": 0.1}))
@example(Moments(2, 1e300, float("inf"), float("nan")))
@example(Snapshot(2**70, 2**64 - 1, 2**63))
@example({})
def test_round_trip(state: Any) -> None:
    stored = dump(state)
    again = load(stored)
    assert type(again) is type(state)
    assert dump(again) == stored
    assert repr(again) == repr(state) if isinstance(state, Moments) else again == state


@given(score_states, st.floats(1e-6, 1e6))
def test_bit_for_bit(state: ScoreCounts, f: float) -> None:
    state = state.scaled(f)
    again = load(dump(state))
    for field in fields(state):
        one, two = (np.asarray(getattr(s, field.name)) for s in (state, again))
        assert one.dtype == two.dtype
        assert one.tobytes() == two.tobytes()


@given(counts, counts, st.booleans())
def test_equal_states_give_equal_bytes(a: Counts, b: Counts, turned: bool) -> None:
    tree = {"b": b, "a": a + b} if turned else {"a": b + a, "b": b}
    assert dump(tree) == dump({"a": a + b, "b": b})
    assert dump(Moments(1, -0.0)) == dump(Moments(1, 0.0))


@given(st.binary(max_size=60))
def test_random_bytes_are_refused(data: bytes) -> None:
    for stored in (data, b"SXT\x01" + data, b"SXT\x01" + zlib.compress(data)):
        with pytest.raises(StateError):
            load(stored)


def packed(header: bytes, columns: bytes) -> bytes:
    size = len(header).to_bytes(4, "little")
    return b"SXT\x01" + zlib.compress(size + header + columns)


def parts(stored: bytes) -> tuple[bytes, bytes]:
    body = zlib.decompress(stored[4:])
    size = int.from_bytes(body[:4], "little")
    return body[4 : 4 + size], body[4 + size :]


def assert_refused_or_storable(stored: bytes) -> None:
    """What can be read is a state: it is written and read again as the same bytes."""
    try:
        found = load(stored)
    except StateError:
        return
    again = dump(found)
    assert dump(load(again)) == again


@given(trees, st.data())
def test_damage_is_refused_or_another_state(tree: Any, data: st.DataObject) -> None:
    header, columns = parts(dump(tree))
    body = bytearray(header + columns)
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    assert_refused_or_storable(packed(bytes(body[: len(header)]), bytes(body[len(header) :])))


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["u1", "counts"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["columns", "groups", "tree"]), json_values, trees)
def test_a_foreign_header_is_refused(name: str, value: Any, tree: Any) -> None:
    header, columns = parts(dump(tree))
    changed = json.loads(header) | {name: value}
    try:
        load(packed(json.dumps(changed).encode(), columns))
    except StateError:
        return
    assert name == "tree" or changed[name] == json.loads(header)[name]


@given(ANY, st.data())
def test_truncated_bytes_are_refused(state: Any, data: st.DataObject) -> None:
    stored = dump(state)
    cut = data.draw(st.integers(0, len(stored) - 1))
    with pytest.raises(StateError):
        load(stored[:cut])
    with pytest.raises(StateError, match="bytes after its end"):
        load(stored + b"x")


def test_a_newer_version_says_so() -> None:
    stored = dump(Counts())
    with pytest.raises(StateError, match=r"version: 2\. Update Sextant") as caught:
        load(stored[:3] + b"\x02" + stored[4:])
    assert caught.value.value == 2
    assert caught.value.remedy == "Update Sextant."


def test_unpacking_is_bounded() -> None:
    bomb = b"SXT\x01" + zlib.compress(bytes(10_000_000))
    with pytest.raises(StateError, match="unpacks to more than: 1000000"):
        load(bomb, max_bytes=1_000_000)
    with pytest.raises(StateError, match="too large to store"):
        dump(Counts.of({"a": 1}), max_bytes=10)


def test_the_number_of_states_is_bounded() -> None:
    header = {"columns": [["u1", 2**21]] * 6, "groups": [["confusion", 2**21]], "tree": {}}
    with pytest.raises(StateError, match="group of states"):
        load(packed(json.dumps(header).encode(), b""))
    with pytest.raises(StateError, match="at most 3 more states may come"):
        load(dump(ByUnit.of({n: Counts() for n in range(4)})), max_states=4)
    assert load(dump(ByUnit.of({n: Counts() for n in range(3)})), max_states=4)


def test_what_a_header_claims_is_checked_before_states_are_made() -> None:
    """No column is there at all: the claim alone is refused."""
    header = {"columns": [], "groups": [["counts", 2**20]], "tree": {"a": 0}}
    with pytest.raises(StateError, match="some belong nowhere"):
        load(packed(json.dumps(header).encode(), b""))
    header["tree"] = {"a": 0, "b": 1}
    with pytest.raises(StateError, match="place of a state"):
        load(packed(json.dumps(header).encode(), b""))


def test_a_few_bytes_unpack_to_little() -> None:
    for body in (bytes(3 * 2**20), b'["u1",0],' * 2**19):
        with pytest.raises(StateError, match="No state packs so well"):
            load(b"SXT\x01" + zlib.compress(body, 9))
    header = b'{"columns":[' + b"[]," * 2**14 + b'[]],"groups":[],"tree":{}}'
    with pytest.raises(StateError, match="bytes of header"):
        load(packed(header, b""), max_bytes=2**17)


def test_the_items_that_a_header_claims_are_bounded() -> None:
    k = 100_001
    columns = [["u4", 1], ["u1", k], ["u1", k], ["u1", k]]
    header = {"columns": columns, "groups": [["counts", 1]], "tree": 0}
    body = k.to_bytes(4, "little") + b"\x01" * 3 * k
    with pytest.raises(StateError, match="a state may have 100000 items"):
        load(packed(json.dumps(header).encode(), body))


@pytest.mark.parametrize("kind", ["thresholds", "pairs"])
def test_the_items_of_a_state_are_bounded(kind: str) -> None:
    many = range(100_001)
    long = {
        "thresholds": ScoreCounts(tuple(n / 2**20 for n in many)),
        "pairs": Counts.of({f"{n:x}": 1 for n in many}),
    }[kind]
    with pytest.raises(StateError, match="too many items to store"):
        dump(long)
    short = {str(n): ScoreCounts(tuple(k / 100 for k in range(40))) for n in range(3)}
    with pytest.raises(StateError, match="more items may come"):
        load(dump(short), max_states=4)


def test_deep_nesting_is_refused() -> None:
    header = b'{"columns":[],"groups":[],"tree":' + b"[" * 200_000
    with pytest.raises(StateError, match="header is unreadable"):
        load(packed(header, b""))
    tree: Any = Counts()
    for _ in range(9):
        tree = {"a": tree}
    with pytest.raises(StateError, match="cannot be stored"):
        dump(tree)


@pytest.mark.parametrize("thing", [1, "text", None, [Counts()], {1: Counts()}, {"a": 1}])
def test_what_is_no_state_is_refused(thing: Any) -> None:
    with pytest.raises(StateError):
        dump(thing)


def test_cells_in_the_wrong_bin_are_refused() -> None:
    state = ScoreCounts.of([0.1, 0.7], [0, 1])
    wrong = ScoreCounts((), 256, state.bin + 1, state.cut, state.counts, state.low, state.high)
    with pytest.raises(StateError, match="must lie in its bin and its cut"):
        load(dump(wrong))
    held = Histogram.of([1.0, 3.0])
    moved = Histogram((), held.bucket + 1, held.cut, held.n, held.low, held.high)
    with pytest.raises(StateError, match="must lie in its bucket and its cut"):
        load(dump(moved))


def test_units_within_units_are_refused() -> None:
    with pytest.raises(StateError, match="cannot be stored"):
        dump(ByUnit(((1, ByUnit(((1, Counts()),))),)))


def test_stored_states_are_small() -> None:
    rng = np.random.default_rng(5)
    p = np.round(rng.random(20_000), 3)
    state = ScoreCounts.of(p, rng.random(p.size) < p)
    assert len(dump(state)) < 8 * state.bin.size
    units = ByUnit.of({b: Moments.of(rng.integers(0, 9, 40)) for b in range(256)})
    assert len(dump(units)) < 256 * 24
    assert len(dump(Histogram.of(rng.integers(0, 100, 5_000)))) < 600
