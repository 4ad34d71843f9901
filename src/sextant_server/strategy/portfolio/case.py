"""The case for leadership: one page, made from the records as they stand, benefits beside risks.

Everything on it comes from a record, says how far it is known, and is cut where it would not fit
on the page. The same dictionary is drawn as HTML and set as PDF.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sextant.strategy.economics.money import percent
from sextant.strategy.economics.words import QUALITIES
from sextant.strategy.portfolio import Place, Ranked, draws_for, money, money_span, spoken
from sextant.strategy.portfolio.factors import months
from sextant.strategy.portfolio.rules import RULES, WORDS
from sextant.strategy.portfolio.says import of_hundred, stands
from sextant_server.strategy.assessments import brief
from sextant_server.strategy.assessments.brief import Point
from sextant_server.strategy.economics.queries import BreakEven
from sextant_server.strategy.opportunities.models import Alternative, AlternativeKind, Why
from sextant_server.strategy.portfolio.gathering import Entry, Portfolio
from sextant_server.strategy.portfolio.rows import KILL, amount

MOST, LONG, SHORT = 3, 260, 150
"""Lines of a list, and letters of a text: what one page can hold."""
Line = dict[str, str]


def cut(text: str, most: int = LONG) -> str:
    """A text on one line, cut with an ellipsis where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def case_of(
    found: Portfolio,
    entry: Entry,
    whys: Iterable[Why],
    alternatives: Iterable[Alternative],
    today: date,
) -> dict[str, Any]:
    """The case of a bet as plain JSON, with a digest over all that it says."""
    product = entry.product
    measured, believed = _known(entry)
    case: dict[str, Any] = {
        "title": cut(product.name, 80),
        "kicker": f"The case for a bet · {product.get_stage_display()} · {_day(today)}",
        "headline": _headline(entry),
        "outcome": _line(product.outcome or "No outcome is stated yet."),
        "why": _whys(entry, whys),
        "value": _value(entry),
        "scale": _scale(entry),
        "worth": _worth(entry),
        "rank": _line(_rank(found, entry), most=2 * LONG),
        "baseline": _baseline(alternatives),
        "benefits": [_point(one) for one in brief.benefits(entry.weighed, entry.valued)][:MOST],
        "dangers": [_point(one) for one in brief.dangers(entry.weighed, entry.valued)][:MOST],
        "measured": measured[: MOST + 1],
        "believed": believed[: MOST + 1],
        "asked": _asked(entry),
        "day": today.isoformat(),
    }
    digest = hashlib.sha256(json.dumps(case, sort_keys=True).encode()).hexdigest()
    return {**case, "footing": _footing(entry, today, digest), "digest": digest}


def _line(says: str, grade: str = "", most: int = LONG) -> Line:
    return {"says": cut(says, most), "grade": grade}


def _headline(entry: Entry) -> str:
    """What is asked for, in one sentence."""
    known = entry.known
    stake = amount(known.stake)
    effort = months(entry.bet.effort) if entry.bet.effort else ""
    asked = " and ".join(part for part in (effort, stake) if part)
    if not asked:
        return "Nothing is asked for yet: neither stake nor effort is stated."
    learn = f" The next question: {known.learning.question}" if known.learning else ""
    return cut(f"We ask for {asked}.{learn}", LONG)


def _whys(entry: Entry, whys: Iterable[Why]) -> list[Line]:
    rows = [_line(f"{one.says} Today: {one.baseline} ({one.source}).", one.grade) for one in whys]
    product = entry.product
    told = [_line(text, "") for text in (product.problem, _affected(product.affected)) if text]
    return (rows or told)[:MOST]


def _affected(text: str) -> str:
    return f"Affected: {text}." if text else ""


def _value(entry: Entry) -> Line:
    value = entry.bet.value
    if value is None:
        return _line(f"It is not known. {entry.bet.apart}")
    span = money_span(value.low, value.high, value.currency)
    expected = money(value.expected, value.currency)
    return _line(f"{expected} is expected; nine of ten draws run from {span}.", value.grade)


def _scale(entry: Entry) -> dict[str, float] | None:
    """Where the value's bar runs, with zero on it."""
    value = entry.bet.value
    if value is None:
        return None
    low, high = min(value.low, 0.0), max(value.high, 0.0)
    room = 0.06 * (high - low or 1.0)
    return {"from": low - room, "to": high + room, "low": value.low, "high": value.high,
            "expected": value.expected}  # fmt: skip


def _worth(entry: Entry) -> list[Line]:
    """From which quality on it is worth it, whether it pays back and beats doing without."""
    held = entry.valued
    if held is None:
        return []
    by = f"{held.payback_by:%B %Y}"
    return [
        *(_line(_break_even(one)) for one in held.break_evens[:1]),
        _line(f"It has paid back by {by} in {of_hundred(held.payback)} draws."),
        _line(f"It beats the best way without AI in {of_hundred(held.beats)} draws."),
    ]


def _break_even(one: BreakEven) -> str:
    name = QUALITIES[one.name]
    if one.at is None:
        return f"At {'any' if one.reason == 'any' else 'no'} {name} is it worth it by the averages."
    side = "below" if one.name == "false_positive_rate" else "above"
    ends = f"{percent(one.low)} to {percent(one.high)}"
    return f"Worth it only {side} {percent(one.at)} {name}; in nine of ten draws {ends}."


def _rank(found: Portfolio, entry: Entry) -> str:
    """Its place by value and under the sources' rules, among the bets that the reader sees."""
    count = len(found.entries)
    if count < 2:
        return "It is the only bet here, so there is nothing to rank it against."
    row: Ranked | None = found.rank.get(entry.bet.key)
    held = {rule.name: found.places[rule.key][entry.bet.key] for rule in RULES}
    rules = ", ".join(
        f"{name[0].lower()}{name[1:]} {'open' if place == Place(1, count) else spoken(place)}"
        for name, place in held.items()
    )
    by_rule = f"By the sources' rules, of {count} bets: {rules}."
    if row is None:
        return f"It cannot be ranked by value. {by_rule}"
    ranked = len(found.ranking)
    place = spoken(Place(row.place, row.place))
    return (
        f"By expected value {place} of {ranked}. {stands(row)} {draws_for(ranked):,} draws,"
        f" independent of each other. {by_rule}"
    )


def _baseline(alternatives: Iterable[Alternative]) -> list[Line]:
    """What could be done without AI, the baseline first."""
    kinds = (AlternativeKind.BASELINE, AlternativeKind.STATUS_QUO)
    held = [one for kind in kinds for one in alternatives if one.kind == kind]
    return [_line(_alternative(one), one.grade) for one in held][:2]


def _alternative(one: Alternative) -> str:
    reach = ""
    if one.reach_low is not None and one.reach_high is not None:
        ends = dict.fromkeys(f"{end.normalize():,f}" for end in (one.reach_low, one.reach_high))
        reach = f": {one.measure} {' to '.join(ends)}"
    cost = ""
    if one.cost_low is not None and one.cost_high is not None:
        span = money_span(float(one.cost_low), float(one.cost_high), one.currency)
        cost = f", at {span} {one.get_period_display()}"
    return f"{one.name}{reach}{cost}."


def _point(one: Point) -> Line:
    return _line(f"{one.name}: {one.says}", one.grade, SHORT)


def _known(entry: Entry) -> tuple[list[Line], list[Line]]:
    """The factors by how far they are known; what is unknown is said, not left out."""
    measured: list[Line] = []
    believed: list[Line] = []
    for key, word in WORDS.items():
        factor = entry.bet.factor(key)
        says = _line(f"{word.capitalize()} {factor.says}: {factor.why}", factor.grade, SHORT)
        (measured if factor.grade == "measured" else believed).append(says)
    return measured, believed


def _asked(entry: Entry) -> list[list[str]]:
    known = entry.known
    learning, kill = known.learning, known.kill
    cost = f" It costs {amount(learning.cost)}." if learning and learning.cost else ""
    decides = f" It decides: {learning.decides}." if learning and learning.decides else ""
    by = f", by {_day(kill.by)}" if kill and kill.by else ""
    return [
        ["Stake", amount(known.stake) or "none stated"],
        ["Effort", months(entry.bet.effort) if entry.bet.effort else "not estimated"],
        [
            "Next learning",
            cut(f"{learning.question}{cost}{decides}") if learning else "none stated",
        ],
        [
            "It ends if",
            cut(f"{kill.text.rstrip('.')}{by}; {KILL[kill.state]}") if kill else "none stated",
        ],
    ]


def _footing(entry: Entry, today: date, digest: str) -> str:
    """Where the numbers are from, so that the page can be checked."""
    parts = [f"Made by Sextant from the records of {_day(today)}; case {digest[:12]}."]
    if entry.valued is not None:
        parts.append(f"Value model {entry.valued.digest[:12]}.")
    if entry.proof is not None:
        proof = entry.proof
        parts.append(
            f"Evidence {proof.number} of {_day(proof.on)}, contract {proof.digest[:12]}, data"
            f" {proof.snapshot[:12]}."
        )
    if entry.rate is not None:
        rate = entry.rate
        parts.append(
            f"1 {rate.base} = {rate.value:g} {rate.quote}, {rate.source}, {_day(rate.on)}."
        )
    return cut(" ".join(parts), LONG + SHORT)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "no day"


def name_of(case: Mapping[str, Any], slug: str) -> str:
    """What the file is called: `fraud-check-case-2026-11-20.pdf`."""
    return f"{slug}-case-{case['day']}.pdf"
