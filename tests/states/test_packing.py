"""What was packed comes back; damaged bytes are refused as such, and nothing else is raised."""

from __future__ import annotations

import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.states.codec import dump, load
from sextant.states.packing import packed, unpacked
from sextant.states.state import StateError

from .strategies import co_moments, confusions, histograms, moments, score_states, snapshots

MOST = 2**16
ANY: st.SearchStrategy[Any] = st.one_of(
    co_moments, confusions, histograms, moments, score_states, snapshots
)


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@given(st.binary(max_size=300))
def test_what_was_packed_comes_back(data: bytes) -> None:
    assert unpacked(packed(data), len(data)) == data
    assert packed(data) == packed(bytes(data))


@given(st.binary(max_size=300))
def test_every_truncated_form_is_refused(data: bytes) -> None:
    stream = packed(data)
    for end in range(len(stream)):
        with pytest.raises(StateError, match="cut off after"):
            unpacked(stream[:end], MOST)


@given(st.binary(max_size=100), st.binary(min_size=1, max_size=9))
def test_bytes_after_the_end_are_refused(data: bytes, more: bytes) -> None:
    with pytest.raises(StateError, match="bytes after its end"):
        unpacked(packed(data) + more, MOST)


@given(st.binary(max_size=100))
def test_a_flipped_bit_is_refused_or_changes_nothing(data: bytes) -> None:
    """The bits that fill up the last byte before the checksum mean nothing."""
    stream = packed(data)
    for bit in range(8 * len(stream)):
        with suppress(StateError):
            assert unpacked(flipped(stream, bit), MOST) == data


@given(st.binary(max_size=100))
def test_random_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(StateError):
        unpacked(data, MOST)


@given(st.integers(1, 1_000), st.integers(0, 1_000))
def test_no_more_is_unpacked_than_allowed(size: int, most: int) -> None:
    stream = zlib.compress(bytes(size), 9)
    if size <= most:
        assert unpacked(stream, most) == bytes(size)
    else:
        with pytest.raises(StateError, match=f"unpacks to more than: {most}"):
            unpacked(stream, most)


@given(ANY, st.data())
def test_a_state_with_a_flipped_bit_is_refused_or_the_same(state: Any, data: st.DataObject) -> None:
    stored = dump(state)
    changed = flipped(stored, data.draw(st.integers(0, 8 * len(stored) - 1)))
    try:
        again = load(changed)
    except StateError:
        return
    assert dump(again) == stored


@given(ANY, st.data())
def test_damage_below_the_checksum_is_refused_or_a_state(state: Any, data: st.DataObject) -> None:
    body = bytearray(unpacked(dump(state)[4:], MOST))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    try:
        again = load(b"SXT\x01" + packed(bytes(body)))
    except StateError:
        return
    assert load(dump(again)) is not None
