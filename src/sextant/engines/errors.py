"""Why a source cannot be used: every problem with its remedy, never a stack trace."""

from __future__ import annotations

from collections.abc import Iterable


class SourceError(ValueError):
    """The data cannot answer the contract. `problems` are whole sentences with their remedy."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Cancelled(Exception):
    """The scan was interrupted; nothing was recorded."""
