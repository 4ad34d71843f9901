"""What is wrong with a contract: where, what, and the remedy; all of it at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 600
PLACE = re.compile(r"line (\d+), column (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, its place and its remedy; `str()` is the whole sentence.

    What a file says is quoted, so that `what` is cut where somebody wrote a page into one value.
    """

    where: str
    what: str
    remedy: str = ""

    def __post_init__(self) -> None:
        if len(self.what) > LONGEST:
            object.__setattr__(self, "what", self.what[:LONGEST] + " ….")

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}".rstrip()


class ContractError(ValueError):
    """The contract cannot be used. `problems` holds every reason, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(dict.fromkeys(problems), key=_line_and_column))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def _line_and_column(problem: Problem) -> tuple[int, int]:
    place = PLACE.match(problem.where)
    return (int(place[1]), int(place[2])) if place else (0, 0)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` most likely meant; upper and lower case count as alike."""
    if len(name) > LONGEST:
        return None
    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


LISTED = 80


def suggest(name: str, known: Iterable[str], what: str) -> str:
    """The remedy for an unknown name: the nearest valid one, or the list of all."""
    names = tuple(known)
    if guess := nearest(name, names):
        return f"Did you mean '{guess}'?"
    if not names:
        return f"No {what} are declared."
    shown = ", ".join(names[:LISTED]) + (", …" if len(names) > LISTED else "")
    return f"Known {what}: {shown}."
