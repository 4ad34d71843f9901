"""The balanced brief: what speaks for a product and what against it, neither hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sextant.strategy.grades import weakest
from sextant_server.strategy.assessments.register import KEY, risks_of
from sextant_server.strategy.assessments.weighing import Weighed
from sextant_server.strategy.economics.queries import Valued

VALUE = "ai-value"
"""The framework whose dimensions are the benefits that were assessed."""
MOST = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that speaks for it or against it, with how far it is known."""

    name: str
    says: str
    grade: str
    verdict: str


def benefits(weighed: Mapping[str, Weighed], valued: Valued | None) -> tuple[Point, ...]:
    """What the value model expects to gain, then the dimensions of AI value that speak for it."""
    found = []
    if valued is not None and valued.expected > 0:
        found.append(Point("Value", valued.says, str(valued.grade), "met"))
    one = weighed.get(VALUE)
    if one is not None and not one.assessment.blind:
        best = {key: held.scale.keys[-1] for key, held in one.framework.dimensions.items()}
        for result in one.judged.dimensions:
            if result.levels == (best[result.key],) and not result.fails:
                of = one.framework.dimensions[result.key].of
                found.append(Point(result.name, result.says, _weakest(one, of), "met"))
    return tuple(found[:MOST])


def dangers(weighed: Mapping[str, Weighed], valued: Valued | None) -> tuple[Point, ...]:
    """A value below zero, the worst risks that remain, the dimensions of AI value that fail."""
    found = []
    if valued is not None and valued.expected <= 0:
        found.append(Point("Value", valued.says, str(valued.grade), "missed"))
    if (register := weighed.get(KEY)) is not None and not register.assessment.blind:
        for risk in risks_of(register):
            keys = risk.kind.residual.scale.keys
            if risk.residual.levels != (keys[-1],):
                settled = len(risk.residual.levels) == 1 and risk.residual.fails
                verdict = "missed" if settled else "undecided"
                found.append(Point(risk.name, risk.residual.says, risk.grade, verdict))
    if (value := weighed.get(VALUE)) is not None and not value.assessment.blind:
        for result in value.judged.dimensions:
            if result.fails:
                of = value.framework.dimensions[result.key].of
                found.append(Point(result.name, result.says, _weakest(value, of), "missed"))
    return tuple(found[:MOST])


def _weakest(one: Weighed, questions: tuple[str, ...]) -> str:
    grades = {one.given[key].grade for key in questions if key in one.given}
    return weakest(grades)
