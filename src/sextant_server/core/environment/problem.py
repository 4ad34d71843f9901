"""What is wrong with a setting: the problem, the value, the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason not to start."""

    name: str
    problem: str
    value: str
    remedy: str

    def __str__(self) -> str:
        shown = f" (it is {self.value})" if self.value else ""
        return f"{self.name}: {self.problem}{shown}. {self.remedy}"


class UnsafeSettings(Exception):
    """The settings cannot be used; `problems` names every reason at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
