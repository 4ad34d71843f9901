"""The headline of Today: how many promises and decisions need somebody, as a sentence."""

from __future__ import annotations

from sextant.words.nouns import capital
from sextant.words.numbers import word


def headline(promises: int, decisions: int, others: int, silent: int) -> str:
    """`Two promises need you, one decision waits.`; `Nothing needs you.` where that is so.

    `others`: signatures, questions and conditions; named where no decision waits.
    """
    parts = []
    if promises:
        parts.append(f"{word(promises)} {_of('promise', promises, 'needs', 'need')} you")
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
