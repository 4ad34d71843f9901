"""The risk register: each kind of risk before and after what was done about it.

It is read off any framework that has a table before and after mitigation: a question that counts
once verified is the likelihood after, the question that stands in for it the one before.
"""

from __future__ import annotations

from dataclasses import dataclass

from sextant.strategy.frameworks import Dimension, DimensionResult, Framework, Question, Scale
from sextant_server.strategy.assessments.counting import Counted
from sextant_server.strategy.assessments.weighing import Sight, Weighed

KEY = "ai-risk"
"""The framework whose assessment is the risk register of a product."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of risk of a framework: its question after mitigation, its two dimensions."""

    after: Question
    before: Question
    inherent: Dimension
    residual: Dimension


@dataclass(frozen=True, slots=True)
class Risk:
    """One line of the register: the levels that are possible, worst first."""

    kind: Kind
    likelihood: tuple[str, ...]
    impact: tuple[str, ...]
    after: tuple[str, ...]
    inherent: DimensionResult
    residual: DimensionResult
    measures: tuple[Sight, ...]
    counted: Counted | None

    @property
    def name(self) -> str:
        return self.kind.residual.name

    @property
    def verified(self) -> bool:
        """Whether what was done about it is verified; nothing done is not."""
        return bool(self.measures) and all(one.verified for one in self.measures)

    @property
    def grade(self) -> str:
        """The grade of the likelihood that counts; empty where nobody has answered."""
        return self.counted.given.grade if self.counted else ""

    @property
    def high(self) -> bool:
        """Whether nothing but the worst level is possible."""
        return self.residual.levels == self.kind.residual.scale.keys[:1]

    @property
    def best(self) -> bool:
        """Whether nothing but the best level is possible."""
        return self.residual.levels == self.kind.residual.scale.keys[-1:]

    @property
    def inherent_words(self) -> str:
        return in_words(self.kind.inherent.scale, self.inherent.levels)

    @property
    def residual_words(self) -> str:
        return in_words(self.kind.residual.scale, self.residual.levels)

    @property
    def likelihood_words(self) -> str:
        return in_words(self._down, self.likelihood)

    @property
    def after_words(self) -> str:
        return in_words(self._down, self.after)

    @property
    def impact_words(self) -> str:
        return f"{in_words(self._across, self.impact)} impact"

    @property
    def _down(self) -> Scale:
        assert self.kind.inherent.table is not None
        return self.kind.inherent.table.down

    @property
    def _across(self) -> Scale:
        assert self.kind.inherent.table is not None
        return self.kind.inherent.table.across

    @property
    def worst(self) -> int:
        """How bad it can still be: 0 is the worst level of its scale."""
        keys = self.kind.residual.scale.keys
        return min(keys.index(one) for one in self.residual.levels)


def in_words(scale: Scale, levels: tuple[str, ...]) -> str:
    """`low`, `medium or low`, or that it is open."""
    if len(levels) == len(scale.levels):
        return "open"
    return " or ".join(scale.level(key).name for key in levels)


def kinds(framework: Framework) -> tuple[Kind, ...]:
    """The kinds of risk that a framework asks about; none where it is no register."""
    tables = [one for one in framework.dimensions.values() if one.kind == "table"]
    found = []
    for question in framework.questions.values():
        if not (question.once_verified and question.otherwise):
            continue
        residual = next((one for one in tables if one.of[0] == question.key), None)
        inherent = next((one for one in tables if one.of[0] == question.otherwise), None)
        if residual and inherent:
            before = framework.questions[question.otherwise]
            found.append(Kind(question, before, inherent, residual))
    return tuple(found)


def risks_of(weighed: Weighed) -> tuple[Risk, ...]:
    """The register of an assessment, the worst risks first."""
    results = {one.key: one for one in weighed.judged.dimensions}
    found = [_risk(weighed, kind, results) for kind in kinds(weighed.framework)]
    return tuple(sorted(found, key=lambda one: one.worst))


def _risk(weighed: Weighed, kind: Kind, results: dict[str, DimensionResult]) -> Risk:
    likelihood = weighed.levels(kind.before.key)
    measures = weighed.measures.get(kind.after.key, ())
    counts = weighed.counts
    done = bool(measures) and all(one.verified for one in measures)
    after = weighed.levels(kind.after.key) if done else likelihood
    impact = results[kind.inherent.of[1]].levels if kind.inherent.of[1] in results else (
        weighed.levels(kind.inherent.of[1])
    )  # fmt: skip
    return Risk(
        kind, likelihood, impact, after, results[kind.inherent.key], results[kind.residual.key],
        measures, counts.get(kind.after.key if done else kind.before.key),
    )  # fmt: skip
