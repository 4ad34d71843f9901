"""Evidence as small SVG pictures."""

from sextant.charts.interval import interval_bar
from sextant.charts.mark import verdict_mark
from sextant.charts.scale import domain_of

__all__ = ["domain_of", "interval_bar", "verdict_mark"]
