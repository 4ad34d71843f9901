"""What is expected of a model that is not built: its error rates, and how many are positive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sextant.contracts.problems import ContractError, Problem, suggest

KEYS = ("recall", "false_positive_rate", "specificity", "precision", "prevalence")


@dataclass(frozen=True, slots=True)
class Expected:
    """Rates in 0 to 1; None where nothing is expected.

    `precision` stands for the false positive rate that gives it at the prevalence of all rows.
    """

    recall: float | None = None
    false_positive_rate: float | None = None
    precision: float | None = None
    prevalence: float | None = None

    @property
    def any(self) -> bool:
        """Whether anything is expected of the model."""
        return not self.recall is self.false_positive_rate is self.precision is None

    def alarms(self, prevalence: float | None) -> float | None:
        """The false positive rate; None where it does not follow. May exceed 1: then it cannot be.

        precision p at recall r and prevalence v: r v (1 - p) / (p (1 - v)).
        """
        if self.false_positive_rate is not None or self.precision is None:
            return self.false_positive_rate
        if self.recall is None or prevalence is None or not 0 < prevalence < 1:
            return None
        flagged = self.recall * prevalence
        return flagged * (1 - self.precision) / (self.precision * (1 - prevalence))


def expected_of(given: Mapping[str, float]) -> Expected:
    """What a mapping says. Raises `ContractError` with every problem and its remedy."""
    problems = []
    for name, value in given.items():
        where = f"expect {name}"
        if name not in KEYS:
            what = f"'{name}' is nothing that is expected of a model here."
            problems.append(Problem(where, what, suggest(name, KEYS, "expectations")))
        elif not 0 <= value <= 1 or (name in {"precision", "prevalence"} and not value):
            what = f"{name} {value:g} is no share above 0 and up to 1."
            problems.append(Problem(where, what, "Write 0.85 or 85%."))
    stated = [n for n in ("false_positive_rate", "specificity", "precision") if n in given]
    if len(stated) > 1:
        what = f"{' and '.join(stated)} say the same thing twice."
        problems.append(Problem("expect", what, "Keep one."))
    if "precision" in given and "recall" not in given:
        what = "A precision alone does not say how many are flagged."
        problems.append(Problem("expect precision", what, "Add a recall."))
    if problems:
        raise ContractError(problems)
    alarms = given.get("false_positive_rate")
    if "specificity" in given:
        alarms = 1 - given["specificity"]
    return Expected(given.get("recall"), alarms, given.get("precision"), given.get("prevalence"))
