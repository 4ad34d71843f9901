"""What the pages say of champions and challengers."""

from __future__ import annotations

from sextant.words.nouns import capital
from sextant.words.numbers import word
from sextant_server.candidates.board import Board
from sextant_server.candidates.models import Choice

NOTHING = "No version is in the running."


def headline(board: Board) -> str:
    """Which version decides, and how many challenge it."""
    if board.waiting:
        return f"{capital(board.waiting.candidate.name)} was chosen and waits for a second person."
    if board.champion is None:
        count = len(board.running)
        return f"No champion yet; {count} in the running." if count else NOTHING
    rivals = len(board.running) - 1
    waits = {0: "nothing challenges it", 1: "one challenger"}.get(rivals, f"{rivals} challengers")
    return f"{capital(board.champion.name)} is the champion; {waits}."


def step_of(choice: Choice, board: Board) -> str:
    """What the study of a choice measured; empty for one without a study."""
    found = next((one for one in board.measured if one.pk == choice.study_id), None)
    return capital(board.told(found)) if found else ""


def of_all(some: int, every: int, noun: str) -> str:
    """`All four targets are`, `Two of four targets are`, `None of the four targets is`."""
    if every == 1:
        return f"The one {noun} is{'' if some else ' not'}"
    if some == every:
        return f"{'Both' if every == 2 else f'All {word(every)}'} {noun}s are"
    if not some:
        return f"None of the {word(every)} {noun}s is"
    return f"{capital(word(some))} of {word(every)} {noun}s {'is' if some == 1 else 'are'}"
