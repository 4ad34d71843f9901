"""States as bytes and back: compact, versioned, bounded, and never by running what was stored.

Layout: b"SXT", one byte of version, then a zlib stream of the header's length (four bytes, little
endian), the header (JSON) and the columns. States of one kind are stored together, field by field:
one column for all their counts, one for all their means. Equal states give equal bytes, as long as
the same zlib packs them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sextant.states.columns import ColumnReader, ColumnWriter, damaged
from sextant.states.kinds import MAPPING_DEPTH, MAX_STATES, read_group, shape_of, write_group
from sextant.states.packing import packed, unpacked
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
    return MAGIC + bytes([VERSION]) + packed(body)


def load(data: bytes, max_bytes: int = MAX_BYTES) -> Any:
    """The state, or the dict of states, that `dump` stored.

    Raises StateError for anything else: foreign or damaged bytes, a newer version, more than
    `max_bytes` unpacked, or values that no state can hold.
    """
    body = _unpacked(data, max_bytes)
    size = int.from_bytes(body[:4], "little")
    if len(body) < 4 + size:
        raise damaged("bytes of header declared and held", f"{size} and {len(body) - 4}")
    header = _header(body[4 : 4 + size])
    columns = ColumnReader(header["columns"], body[4 + size :])
    try:
        groups = [iter(read_group(columns, *group)) for group in _groups(header["groups"])]
        columns.finish()
    except StateError:
        raise
    except ValueError as error:
        raise damaged("a value no state can hold", error) from error
    tree = _planted(header["tree"], groups)
    if any(next(group, None) is not None for group in groups):
        raise damaged("states", "some belong nowhere")
    return tree


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


def _groups(entries: Any) -> Iterator[tuple[str, int]]:
    states = 0
    for entry in entries if isinstance(entries, list) else [entries]:
        match entry:
            case [str(shape), int(n)] if type(n) is int and 0 < n <= MAX_STATES - states:
                states += n
                yield shape, n
            case _:
                raise damaged("group of states", repr(entry)[:80])


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


def _planted(outline: Any, groups: list[Iterator[Any]], depth: int = 0) -> Any:
    """The tree with states again in the places of the numbers of their groups."""
    if isinstance(outline, dict) and depth < MAPPING_DEPTH:
        return {name: _planted(outline[name], groups, depth + 1) for name in sorted(outline)}
    if type(outline) is int and 0 <= outline < len(groups):
        state = next(groups[outline], None)
        if state is not None:
            return state
    raise damaged("place of a state", repr(outline)[:80])
