"""Factors out of what people have recorded: levels of need and fit, verdicts of assessments.

An assessment speaks only where its verdict is settled. Undecided is unknown here, never medium.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sextant.strategy.grades import GRADES, Grade
from sextant.strategy.portfolio import Factor
from sextant.strategy.portfolio.bet import LEVELS, Level
from sextant_server.strategy.assessments.standing import Standing
from sextant_server.strategy.opportunities import known

FEASIBLE = "feasible"
VERDICTS: Mapping[str, Level] = {"met": "high", "missed": "low"}
WITH_CARE: Mapping[str, Level] = {"with_plan": "medium"}
"""Outcomes that are met on a condition."""
KNOWN: Mapping[str, Grade] = {str(one): one for one in GRADES}


def of_level(found: known.Level, grade: Grade) -> Factor:
    """A level of need or fit: the first is low, the second medium, all above it high."""
    if found.level is None:
        return Factor(why=found.why)
    ends = [min(one, len(LEVELS)) - 1 for one in (found.level, found.upto or found.level)]
    return Factor(frozenset(LEVELS[ends[0] : ends[1] + 1]), found.why, grade)


def of_assessment(
    held: Standing | None, absent: str = "Nothing is measured or assessed."
) -> Factor:
    """High where an assessment is met, low where it is missed, else unknown with what it says."""
    if held is None:
        return Factor(why=absent)
    level = None if held.reopened else WITH_CARE.get(held.outcome) or VERDICTS.get(held.verdict)
    says = f"{held.name}: {held.says}"
    return Factor(why=says) if level is None else Factor(frozenset({level}), says, _grade(held))


def feasibility(standing: Mapping[str, Standing]) -> Factor:
    """What the four product risks say of feasibility, else technology readiness."""
    risks = standing.get("product-risks")
    if risks is not None and not risks.reopened:
        for one in risks.dimensions:
            if one.key == FEASIBLE and (one.fails or risks.verdict == "met"):
                level: Level = "low" if one.fails else "high"
                return Factor(frozenset({level}), f"{risks.name}: {one.says}", _grade(risks))
    return of_assessment(
        standing.get("technology-readiness"), "Nobody has assessed whether it can be done."
    )


def _grade(held: Standing) -> Grade | Literal[""]:
    return KNOWN.get(held.grade, "")
