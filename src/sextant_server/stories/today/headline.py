"""The headline of Today: how many promises and decisions need somebody, as a sentence."""

from __future__ import annotations

from sextant.words.nouns import capital
from sextant.words.numbers import word


def headline(promises: int, decisions: int, others: int, silent: int, *, acts: bool = True) -> str:
    """`Two promises need you, one decision waits.`; `Nothing needs you.` where that is so.

    `others`: signatures, questions and conditions; named where no decision waits. `acts`: this
    person can do something about a promise, and does not only read.
    """
    parts = []
    if promises:
        risk = _of("promise", promises, "is at risk", "are at risk")
        need = _of("promise", promises, "needs you", "need you")
        parts.append(f"{word(promises)} {need if acts else risk}")
    if decisions:
        parts.append(f"{word(decisions)} {_of('decision', decisions, 'waits', 'wait')}")
    elif others:
        parts.append(f"{word(others)} {_of('matter', others, 'waits', 'wait')}")
    if parts:
        return f"{capital(', '.join(parts))}."
    if silent:
        are = "is one silence" if silent == 1 else f"are {word(silent)} silences"
        return f"No promise is broken, but there {are}."
    return "Nothing needs you."


def _of(noun: str, count: int, one: str, many: str) -> str:
    return f"{noun} {one}" if count == 1 else f"{noun}s {many}"
