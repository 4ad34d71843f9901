"""Economics with uncertainty: what a bet is worth, and what it is worth to know more of it."""

from sextant.strategy.economics.breakeven import BreakEven
from sextant.strategy.economics.currencies import currencies, one_currency
from sextant.strategy.economics.draws import Frequency, Interval, unsketch
from sextant.strategy.economics.faults import Fault, ValueModelError
from sextant.strategy.economics.inputs import BY_NAME, INPUTS, SHAPES, Input, Shape, inputs_of
from sextant.strategy.economics.learning import Study
from sextant.strategy.economics.model import ValueModel
from sextant.strategy.economics.ranges import Range
from sextant.strategy.economics.tornado import Swing
from sextant.strategy.economics.valuation import Findings, Valuation, Worth, findings, value
from sextant.strategy.grades import GRADES, Grade

__all__ = [
    "BY_NAME",
    "GRADES",
    "INPUTS",
    "SHAPES",
    "BreakEven",
    "Fault",
    "Findings",
    "Frequency",
    "Grade",
    "Input",
    "Interval",
    "Range",
    "Shape",
    "Study",
    "Swing",
    "Valuation",
    "ValueModel",
    "ValueModelError",
    "Worth",
    "currencies",
    "findings",
    "inputs_of",
    "one_currency",
    "unsketch",
    "value",
]
