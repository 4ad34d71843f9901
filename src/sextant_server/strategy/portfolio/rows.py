"""What the tables of the portfolio show of each bet, in words and small pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from sextant.charts import Bubble, bubbles, domain_of, interval_bar
from sextant.contracts.evidence import Verdict
from sextant.stats.estimate import Estimate
from sextant.strategy.portfolio import (
    RULES,
    Bet,
    Factor,
    Place,
    Ranked,
    Rule,
    Value,
    axis_unit,
    money,
    money_span,
    quadrants,
)
from sextant.strategy.portfolio.factors import months
from sextant.strategy.portfolio.rules import QUADRANTS, WORDS
from sextant.strategy.portfolio.says import of_hundred
from sextant_server.strategy.bindings.gates import AtGates
from sextant_server.strategy.opportunities.known import Money
from sextant_server.strategy.portfolio.gathering import Entry, Portfolio
from sextant_server.strategy.portfolio.queries import Measures

RISK = "ai-risk"
KILL = {
    "holds": "it stands", "due": "its day has come, and nobody has said",
    "passed": "passed", "struck": "it has come true",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A bet in the ranking. `number` is that in the picture; `bar` its value against zero."""

    number: int
    entry: Entry
    ranked: Ranked | None
    bar: SafeString
    value: str
    span: str
    effort: str
    per: str
    first: str
    top: str
    ranks: str
    risk: str
    ruled: tuple[tuple[Rule, Place], ...]
    quadrant: str
    levels: tuple[tuple[str, Factor], ...]
    stake: str
    kill: str
    learning: str
    gates: AtGates

    @property
    def data(self) -> Factor:
        return self.entry.bet.factor("data")

    @property
    def model(self) -> Factor:
        return self.entry.bet.factor("model")


def rows_of(
    found: Portfolio, entries: Sequence[Entry], start: int, gates: Mapping[int, AtGates]
) -> list[Row]:
    """The rows of a stretch of the entries, all value bars on one scale."""
    values = [one.bet.value for one in entries if one.bet.value is not None]
    domain = domain_of(map(_estimate, values), 0.0) if values else (0.0, 1.0)
    ranks = found.rank
    return [
        _row(found, entry, ranks.get(entry.bet.key), start + at, domain, gates[entry.bet.key])
        for at, entry in enumerate(entries)
    ]


def _row(
    found: Portfolio, entry: Entry, ranked: Ranked | None, number: int,
    domain: tuple[float, float], gates: AtGates,
) -> Row:  # fmt: skip
    bet, value = entry.bet, entry.bet.value
    per = bet.per_effort
    return Row(
        number, entry, ranked,
        bar=_bar(bet.name, value, domain, number) if value else SafeString(""),
        value=money(value.expected, value.currency) if value else "",
        span=money_span(value.low, value.high, value.currency) if value else "",
        effort=months(bet.effort) if bet.effort else "",
        per=money_span(per.low, per.high, found.currency) if per else "",
        first=of_hundred(ranked.first) if ranked else "",
        top=of_hundred(ranked.top) if ranked else "",
        ranks=Place(ranked.low, ranked.high).says if ranked else "",
        risk=_risk(entry),
        ruled=tuple((rule, found.places[rule.key][bet.key]) for rule in RULES),
        quadrant=_quadrant(bet),
        levels=tuple((WORDS[key], bet.factor(key)) for key in WORDS),
        stake=amount(entry.known.stake),
        kill=KILL[entry.known.kill.state] if entry.known.kill else "",
        learning=amount(entry.known.learning.cost) if entry.known.learning else "",
        gates=gates,
    )  # fmt: skip


def _quadrant(bet: Bet) -> str:
    """Where it stands between effort and impact; `open` where it may stand anywhere."""
    held = quadrants(bet)
    return " or ".join(sorted(held)) if len(held) < len(QUADRANTS) else "open"


def amount(held: Money | None) -> str:
    """A range of money of a record."""
    return "" if held is None else money_span(float(held.low), float(held.high), held.currency)


def _estimate(value: Value) -> Estimate:
    return Estimate(
        value=value.expected, low=value.low, high=value.high, n=len(value.sketch), method="draws"
    )


def _sign(low: float, high: float) -> Verdict:
    """Whether it is worth more than nothing: met and missed only where nine in ten draws agree."""
    return "met" if low >= 0 else "missed" if high < 0 else "undecided"


def _bar(name: str, value: Value, domain: tuple[float, float], number: int) -> SafeString:
    ends = money_span(value.low, value.high, value.currency)
    label = f"{name}: {money(value.expected, value.currency)}, nine of ten draws from {ends}"
    drawn = interval_bar(
        _estimate(value),
        0.0,
        ">=",
        _sign(value.low, value.high),
        domain=domain,
        label=label,
        key=str(number),
    )
    return mark_safe(drawn)  # noqa: S308 - the library escapes its texts


def value_bar(case: Mapping[str, Any]) -> SafeString:
    """The bar of a case: its value against zero; empty where there is none."""
    scale = case["scale"]
    if scale is None:
        return SafeString("")
    estimate = Estimate(
        value=scale["expected"], low=scale["low"], high=scale["high"], n=0, method="draws"
    )
    verdict = _sign(scale["low"], scale["high"])
    domain = scale["from"], scale["to"]
    label = case["value"]["says"]
    drawn = interval_bar(estimate, 0.0, ">=", verdict, domain=domain, label=label)
    return mark_safe(drawn)  # noqa: S308 - the library escapes its texts


def _risk(entry: Entry) -> str:
    """The tier that people have chosen, and what the assessment of risks has come to."""
    tier = str(entry.product.get_risk_display())
    held = entry.standing.get(RISK)
    if held is None:
        return f"{tier}; not assessed"
    return f"{tier}; {held.outcome_name.lower() if held.outcome_name else held.verdict}"


def picture(rows: Sequence[Row], currency: str, measures: Measures) -> SafeString:
    """Effort against value of the rows that have both; empty where none has."""
    drawn = [
        Bubble(
            row.number, bet.name, bet.effort.low, bet.effort.high, bet.value.expected,
            bet.value.low, bet.value.high, bet.value.grade,
        )
        for row in rows
        if (bet := row.entry.bet).value and bet.effort and bet.effort.low > 0
    ]  # fmt: skip
    if not drawn:
        return SafeString("")
    step, unit = axis_unit([end for one in drawn for end in (one.low, one.high)], currency)
    label = (
        f"Effort in person-months against value in {unit} of {len(drawn)} bets, each with both its"
        " ranges. The table holds the same numbers."
    )
    marks = measures.marks
    text = bubbles(
        drawn, label, unit, lambda value: _plain(value / step), marks.small_effort,
        marks.small_value,
    )  # fmt: skip
    return mark_safe(text)  # noqa: S308 - the library escapes its texts


def _plain(value: float) -> str:
    return f"{value:g}".replace("-", "−")
