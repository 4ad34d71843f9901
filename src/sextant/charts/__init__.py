"""Evidence and bets as small SVG pictures."""

from sextant.charts.bands import band_bar, band_mark
from sextant.charts.bubbles import Bubble, bubbles
from sextant.charts.course import CourseMark, CoursePoint, Lane, course
from sextant.charts.curve import Axis, value_curve
from sextant.charts.cuts import Line, Mark, cut_lines
from sextant.charts.forest import ForestGroup, ForestRow, forest
from sextant.charts.groups import group_bar
from sextant.charts.interval import interval_bar
from sextant.charts.mark import verdict_mark
from sextant.charts.money import money_bar, money_domain
from sextant.charts.reliability import Bin, reliability
from sextant.charts.scale import domain_of
from sextant.charts.tornado import SwingBar, tornado

__all__ = [
    "Axis",
    "Bin",
    "Bubble",
    "CourseMark",
    "CoursePoint",
    "ForestGroup",
    "ForestRow",
    "Lane",
    "Line",
    "Mark",
    "SwingBar",
    "band_bar",
    "band_mark",
    "bubbles",
    "course",
    "cut_lines",
    "domain_of",
    "forest",
    "group_bar",
    "interval_bar",
    "money_bar",
    "money_domain",
    "reliability",
    "tornado",
    "value_curve",
    "verdict_mark",
]
