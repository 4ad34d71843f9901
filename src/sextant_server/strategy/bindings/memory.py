"""What was read once within a page is not read again, however many parts of it ask.

A page about many products reads values, assessments and evidence, and each of them reads what it
rests on. While `remembering` is entered, a remembered read asks for the products alone that nobody
has asked for yet. Nothing outlives it, so nothing can grow stale.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_memory: ContextVar[dict[str, dict[int, Any]] | None] = ContextVar("memory", default=None)
ABSENT = object()


@contextmanager
def remembering() -> Iterator[None]:
    """Remember until the end of this block; within another one nothing changes."""
    if _memory.get() is not None:
        yield
        return
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


def remembered(
    name: str, keys: Collection[int], read: Callable[[Collection[int]], Mapping[int, T]]
) -> dict[int, T]:
    """What `read` gives for these keys; where it is remembered, without asking again."""
    memory = _memory.get()
    if memory is None:
        return dict(read(keys)) if keys else {}
    held = memory.setdefault(name, {})
    if new := [key for key in keys if key not in held]:
        found = read(new)
        held.update({key: found.get(key, ABSENT) for key in new})
    return {key: held[key] for key in keys if held[key] is not ABSENT}
