"""Which bet next: ranks with their stability, the sources' rules, the mix, the capacity."""

from sextant.strategy.portfolio.bet import Bet, Factor, Span, Value
from sextant.strategy.portfolio.capacity import Cell, Demand, breaks, later, plan
from sextant.strategy.portfolio.disagreement import Disagreement, disagreements, spoken
from sextant.strategy.portfolio.dominance import dominated
from sextant.strategy.portfolio.draws import Ranked, draws_for, ranked, stability
from sextant.strategy.portfolio.factors import SourceSeen, Yardsticks
from sextant.strategy.portfolio.mix import Mix, against, mix
from sextant.strategy.portfolio.money import Rate, axis_unit, converted, money, money_span
from sextant.strategy.portfolio.rules import RULES, Place, Rule, places, quadrants

__all__ = [
    "RULES",
    "Bet",
    "Cell",
    "Demand",
    "Disagreement",
    "Factor",
    "Mix",
    "Place",
    "Ranked",
    "Rate",
    "Rule",
    "SourceSeen",
    "Span",
    "Value",
    "Yardsticks",
    "against",
    "axis_unit",
    "breaks",
    "converted",
    "disagreements",
    "dominated",
    "draws_for",
    "later",
    "mix",
    "money",
    "money_span",
    "places",
    "plan",
    "quadrants",
    "ranked",
    "spoken",
    "stability",
]
