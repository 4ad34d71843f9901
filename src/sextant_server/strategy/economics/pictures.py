"""The pictures of a value model, each with the words that are read out instead of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from sextant.charts import Axis, SwingBar, money_bar, money_domain, tornado, value_curve
from sextant.strategy.economics import BY_NAME, BreakEven, Findings, Grade, Swing, Valuation
from sextant.strategy.economics import ValueModel as Model
from sextant.strategy.economics.curve import Curve
from sextant.strategy.economics.money import amount, of_hundred, percent, rough, span
from sextant.strategy.economics.words import QUALITIES, WHO, break_even, short

MOST_SWINGS = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that can be done, as a row of the table."""

    name: str
    expected: str
    low: str
    high: str
    monthly: str
    best: str
    bar: SafeString
    chosen: bool


@dataclass(frozen=True, slots=True)
class SwingRow:
    """One input of the tornado, as a row of its table."""

    name: str
    through: str
    at_low: str
    at_high: str


@dataclass(frozen=True, slots=True)
class CurvePicture:
    """The value against a quality, with its table."""

    title: str
    says: str
    drawn: SafeString
    rows: tuple[tuple[str, str, str], ...]


def candidates(found: Valuation, grade: Grade) -> list[Candidate]:
    """What can be done, side by side on one scale."""
    ends = [x for one in found.candidates for x in (one.interval.low, one.interval.high)]
    domain, rows = money_domain(ends), []
    for one in found.candidates:
        money = [
            amount(x, found.currency)
            for x in (one.expected, one.interval.low, one.interval.high, one.monthly)
        ]
        is_today = one.who == "today"
        label = f"{WHO[one.who]}: {money[0]}, from {money[1]} to {money[2]}, {grade}"
        bar = money_bar(
            one.interval.low, one.expected, one.interval.high,
            "measured" if is_today else grade, domain=domain, label=label,
        )  # fmt: skip
        rows.append(Candidate(
            WHO[one.who], money[0], money[1], money[2], money[3], of_hundred(one.best), _safe(bar),
            one.who == found.best.who,
        ))  # fmt: skip
    return rows


def swings(found: Findings, currency: str, middle: float) -> tuple[SafeString, list[SwingRow]]:
    """The tornado and its table: the inputs that move the value most."""
    shown = found.swings[:MOST_SWINGS]
    rows = [_swing_row(one, currency) for one in shown]
    bars = [
        SwingBar(row.name, row.through, one.at_low, one.at_high)
        for row, one in zip(rows, shown, strict=True)
    ]
    label = "; ".join(f"{row.name}: {row.at_low} to {row.at_high}" for row in rows)
    caption = amount(middle, currency)
    drawn = tornado(bars, middle, f"What moves the value. {label}", caption) if bars else ""
    return _safe(drawn), rows


def curves(found: Findings, valuation: Valuation, model: Model) -> list[CurvePicture]:
    """The value against each quality that evidence can measure."""
    pairs = zip(found.curves, valuation.break_evens, strict=True)
    return [_curve(curve, one, model) for curve, one in pairs]


def _swing_row(one: Swing, currency: str) -> SwingRow:
    unit = BY_NAME[one.name].unit
    through = span(_three(one.low), _three(one.high), unit, currency)
    ends = [amount(x, currency) for x in (one.at_low, one.at_high)]
    name = short(one.name)
    return SwingRow(f"{name[0].upper()}{name[1:]}", through, ends[0], ends[1])


def _three(x: float) -> float:
    """To three digits: the ends of a range's middle nine tenths are no statement of anybody."""
    return float(f"{x:.3g}")


def _curve(curve: Curve, one: BreakEven, model: Model) -> CurvePicture:
    name, currency = QUALITIES[curve.name], model.currency
    points = [(point.quality, point.mean, point.low, point.high) for point in curve.points]
    low = min(curve.rival, *(point.low for point in curve.points))
    high = max(curve.rival, *(point.high for point in curve.points))
    held = model.inputs[curve.name]
    drawn = value_curve(
        points, rival=curve.rival, at=one.at, range_=(held.low, held.high),
        across=Axis(percent(points[0][0]), percent(points[-1][0]), name),
        up=Axis(_short(low, currency), _short(high, currency), ""),
        tick="" if one.at is None else percent(one.at),
        label=f"Value against {name}. {break_even(one)}",
    )  # fmt: skip
    rows = tuple(
        (percent(point.quality), amount(point.mean, currency),
         f"{amount(point.low, currency)} to {amount(point.high, currency)}")
        for point in curve.points[::2]
    )  # fmt: skip
    return CurvePicture(f"Value against {name}", break_even(one), _safe(drawn), rows)


def _short(x: float, currency: str) -> str:
    """An amount for an axis: `€1.2 million` as `€1.2m`."""
    text = amount(rough(x), currency)
    return text.replace(" million", "m").replace(" billion", "bn")


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 - the library escapes its texts
