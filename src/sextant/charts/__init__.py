"""Evidence and bets as small SVG pictures."""

from sextant.charts.bubbles import Bubble, bubbles
from sextant.charts.interval import interval_bar
from sextant.charts.mark import verdict_mark
from sextant.charts.reliability import Bin, reliability
from sextant.charts.scale import domain_of

__all__ = [
    "Bin",
    "Bubble",
    "bubbles",
    "domain_of",
    "interval_bar",
    "reliability",
    "verdict_mark",
]
