"""Frameworks as data, and the engine that judges, explains and compares their answers.

An answer is the set of levels that are still possible, so that a verdict is met, missed or
undecided by construction, and never a weighted sum.
"""

from sextant.strategy.frameworks.file.reading import FrameworkError, framework_from_text
from sextant.strategy.frameworks.flipping import Flip, flips
from sextant.strategy.frameworks.given import NOTHING, Given, band, levels_of, together
from sextant.strategy.frameworks.judge import DimensionResult, Judged, Lack, judge
from sextant.strategy.frameworks.model import (
    BINDS,
    GATES,
    READERS,
    ROLES,
    TIERS,
    Dimension,
    Example,
    Framework,
    Level,
    Outcome,
    Question,
    Scale,
    Tier,
    Use,
    Verdict,
)
from sextant.strategy.frameworks.people import Difference, compare, everybody
from sextant.strategy.frameworks.shipped import shipped, text_of
from sextant.strategy.frameworks.versions import carry_over, differences
from sextant.strategy.grades import GRADES, Grade

__all__ = [
    "BINDS",
    "GATES",
    "GRADES",
    "NOTHING",
    "READERS",
    "ROLES",
    "TIERS",
    "Difference",
    "Dimension",
    "DimensionResult",
    "Example",
    "Flip",
    "Framework",
    "FrameworkError",
    "Given",
    "Grade",
    "Judged",
    "Lack",
    "Level",
    "Outcome",
    "Question",
    "Scale",
    "Tier",
    "Use",
    "Verdict",
    "band",
    "carry_over",
    "compare",
    "differences",
    "everybody",
    "flips",
    "framework_from_text",
    "judge",
    "levels_of",
    "shipped",
    "text_of",
    "together",
]
