"""States as bytes and back: compact, versioned, bounded, and never by running what was stored.

Layout: b"SXT", one byte of version, then a zlib stream of the header's length (four bytes, little
endian), the header (JSON) and the columns. States of one kind are stored together, field by field:
one column for all their counts, one for all their means. Equal states give equal bytes, as long as
the same zlib packs them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sextant.states.columns import Bounds, ColumnReader, ColumnWriter, damaged
from sextant.states.kinds import MAPPING_DEPTH, MAX_STATES, read_group, shape_of, write_group
from sextant.states.packing import allowed, packed, unpacked
from sextant.states.state import State, StateError

MAGIC = b"SXT"
VERSION = 1
MAX_BYTES = 64 * 2**20

__all__ = ["MAX_BYTES", "StateError", "Tree", "dump", "load"]

Tree = State | Mapping[str, Any]
"""A state, or a mapping from names to states or further such mappings."""


def dump(state: Tree, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of a state or of a mapping {name: state}.

    Raises StateError for what is no state and for more than `max_bytes` unpacked, which `load`
    would refuse.
    """
    groups: dict[str, list[Any]] = {}
    for leaf in _leaves(state):
        groups.setdefault(shape_of(leaf), []).append(leaf)
    shapes = sorted(groups)
    columns = ColumnWriter()
    for shape in shapes:
        write_group(columns, shape, groups[shape])
    header = {
        "columns": columns.header,
        "groups": [[shape, len(groups[shape])] for shape in shapes],
        "tree": _outline(state, {shape: place for place, shape in enumerate(shapes)}),
    }
    text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode("ascii")
    body = b"".join([len(text).to_bytes(4, "little"), text, *columns.body])
    if len(body) > max_bytes:
        raise StateError(
            "The state is too large to store", f"{len(body)} bytes", f"Allow over {max_bytes}."
        )
    if len(text) > header_bytes(max_bytes):
        raise StateError("Too many states to store, bytes of header", len(text), "Fold segments.")
    small = packed(body)
    if len(body) > allowed(len(small), max_bytes):
        raise StateError("The state is too alike to store, bytes", len(body), "Fold segments.")
    return MAGIC + bytes([VERSION]) + small


def header_bytes(max_bytes: int) -> int:
    """How much of the bytes the header may take: as objects it is many times as large."""
    return max_bytes // 8


def load(data: bytes, max_bytes: int = MAX_BYTES, max_states: int = MAX_STATES) -> Any:
    """The state, or the dict of states, that `dump` stored.

    Raises StateError for anything else: foreign or damaged bytes, a newer version, more than
    `max_bytes` unpacked, more than `max_states` states, or values that no state can hold. What
    the header claims is checked before any state is made.
    """
    body = _unpacked(data, max_bytes)
    size = int.from_bytes(body[:4], "little")
    if size > header_bytes(max_bytes):
        raise damaged("bytes of header", size)
    if len(body) < 4 + size:
        raise damaged("bytes of header declared and held", f"{size} and {len(body) - 4}")
    header = _header(body[4 : 4 + size])
    claimed = _groups(header["groups"], max_states)
    _check_places(header["tree"], [n for _, n in claimed])
    columns = ColumnReader(header["columns"], body[4 + size :], Bounds(max_states))
    try:
        groups = [iter(read_group(columns, *group)) for group in claimed]
        columns.finish()
    except StateError:
        raise
    except ValueError as error:
        raise damaged("a value no state can hold", error) from error
    return _planted(header["tree"], groups)


def _unpacked(data: bytes, max_bytes: int) -> bytes:
    if data[:3] != MAGIC or len(data) < 4:
        raise StateError(
            "These bytes are no stored state, they begin with", data[:4], "Check the file."
        )
    if data[3] != VERSION:
        raise StateError(
            "The state was stored in a format unknown here, version", data[3], "Update Sextant."
        )
    return unpacked(data[4:], max_bytes)


def _header(text: bytes) -> dict[str, Any]:
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged("its header is unreadable", error) from error
    if not isinstance(header, dict) or set(header) != {"columns", "groups", "tree"}:
        raise damaged("its header is", repr(text[:80]))
    return header


def _groups(entries: Any, max_states: int) -> list[tuple[str, int]]:
    groups: list[tuple[str, int]] = []
    left = max_states
    for entry in entries if isinstance(entries, list) else [entries]:
        match entry:
            case [str(shape), int(n)] if type(n) is int and 0 < n <= left:
                left -= n
                groups.append((shape, n))
            case _:
                raise damaged("group of states", repr(entry)[:80])
    return groups


def _check_places(outline: Any, sizes: list[int]) -> None:
    """Refuse a tree that has not exactly one place for each state of the groups."""
    taken = Counter(_places(outline, len(sizes)))
    if any(taken[place] > n for place, n in enumerate(sizes)):
        raise damaged("place of a state", "no state is left for it")
    if any(taken[place] < n for place, n in enumerate(sizes)):
        raise damaged("states", "some belong nowhere")


def _places(outline: Any, groups: int, depth: int = 0) -> Iterator[int]:
    """The numbers of the groups in the places of states, each checked."""
    if isinstance(outline, dict) and depth < MAPPING_DEPTH:
        for inner in outline.values():
            yield from _places(inner, groups, depth + 1)
    elif type(outline) is int and 0 <= outline < groups:
        yield outline
    else:
        raise damaged("place of a state", repr(outline)[:80])


def _leaves(tree: Tree, depth: int = 0) -> Iterator[Any]:
    """The states of a tree in the order of their names."""
    if not isinstance(tree, Mapping):
        yield tree
        return
    if depth >= MAPPING_DEPTH or not all(isinstance(name, str) for name in tree):
        raise StateError(
            "These names of states cannot be stored", repr(list(tree))[:80], "Use texts, flatter."
        )
    for name in sorted(tree):
        yield from _leaves(tree[name], depth + 1)


def _outline(tree: Tree, place: dict[str, int]) -> Any:
    """The tree with the number of its group in the place of each state."""
    if isinstance(tree, Mapping):
        return {name: _outline(tree[name], place) for name in sorted(tree)}
    return place[shape_of(tree)]


def _planted(outline: Any, groups: list[Iterator[Any]]) -> Any:
    """The tree with states again in the places of the numbers of their groups, once checked."""
    if isinstance(outline, dict):
        return {name: _planted(outline[name], groups) for name in sorted(outline)}
    return next(groups[outline])
