"""How far judge and people agree, and what sways the judge, in sentences."""

from __future__ import annotations

from sextant.stats.estimate import Estimate
from sextant.studies.judges.result import Favour, JudgeStudy, Order, Pair, Row
from sextant.words.frequency import frequency, of
from sextant.words.numbers import Scale, span, whole

NAMES = {
    "raw": "the same verdict",
    "kappa": "Cohen's κ",
    "ac1": "Gwet's AC1",
    "alpha": "Krippendorff's α",
}


def share(estimate: Estimate, what: str) -> str:
    """`84 of 100 pairs get the same verdict (80 to 87)`, of an assessable share."""
    assert estimate.value is not None
    scale = frequency(estimate.value, estimate.low, estimate.high, 0.0, ">=")
    ends = span(scale, estimate.low, estimate.high)
    return f"{scale.bare(estimate.value)} of {of(scale)} {what} ({ends})"


def coefficient(estimate: Estimate) -> str:
    """`0.85 (0.82 to 0.88)`, or why there is none."""
    if estimate.value is None:
        return f"undefined: {estimate.reason}"
    scale = Scale(1.0, 2)
    if not estimate.assessable:
        return f"{scale.bare(estimate.value)}, without an interval: {estimate.reason}"
    return f"{scale.bare(estimate.value)} ({span(scale, estimate.low, estimate.high)})"


def agreement_sentences(study: JudgeStudy) -> list[str]:
    """Judge and people; people with each other; where judge and people differ most."""
    found = [_pair(pair, study) for pair in study.agreement]
    people = f"All {len(study.asked.raters)} people together"
    found += [f"{people}: {NAMES[one.name]} {coefficient(one.estimate)}." for one in study.everyone]
    if study.classes:
        found += _classes(study)
    if text := _where(study):
        found.append(text)
    return [text for text in found if text]


def _pair(pair: Pair, study: JudgeStudy) -> str:
    raw = pair.measures[0].estimate
    if raw.value is None or not raw.assessable:
        return ""
    text = f"{pair.a} and {pair.b} say the same of {share(raw, 'rows')}"
    rest = [f"{NAMES[one.name]} {coefficient(one.estimate)}" for one in pair.measures[1:]]
    if pair.b == study.asked.judge and pair.silent:
        silent = whole(round(pair.silent))
        rest.append(f"{silent} rows without a verdict count as not the same")
    return "; ".join([text, *rest]) + "."


def _classes(study: JudgeStudy) -> list[str]:
    found = []
    for one in study.classes:
        if one.recall.value is None or one.precision.value is None:
            continue
        found.append(
            f"People's verdict {one.value}: the judge finds {share(one.recall, 'of them')}; people "
            f"confirm {share(one.precision, 'that it calls so')}."
        )
    return found


def _where(study: JudgeStudy) -> str:
    """The group in which they differ most, where it is shown to differ from the rest."""
    told = [row for row in study.rows if row.same is not None and row.same.value is not None]
    if len(told) < 2:
        return ""
    worst = min(told, key=_same)
    best = max(told, key=_same)
    assert worst.same is not None
    assert best.same is not None
    if worst.same.high >= best.same.low:
        return "In no group do judge and people differ more than chance explains."
    where = " and ".join(f"{name} is {value}" for name, value in worst.segment)
    return (
        f"They differ most where {where}: the same verdict on {share(worst.same, 'rows')}, against "
        f"{share(best.same, 'where ' + _named(best))}."
    )


def _same(row: Row) -> float:
    assert row.same is not None
    return row.same.value or 0.0


def _named(row: Row) -> str:
    return " and ".join(f"{name} is {value}" for name, value in row.segment)


def bias_sentences(study: JudgeStudy) -> list[str]:
    """Order, length, whose answer: what sways the judge."""
    found = _order(study.order) if study.order else []
    return found + [_favour(one) for one in study.favours]


def _order(order: Order) -> list[str]:
    if order.same.value is None:
        return ["No pair was judged in both orders."]
    found = [
        f"Shown the same pair in both orders, it says the same of {share(order.same, 'pairs')}."
    ]
    if order.first.value is None:
        return [*found, "The order decided no pair."]
    first = order.first
    text = f"Of the {whole(round(order.swayed))} pairs that the order decided, "
    text += share(first, "go to the answer shown first")
    if first.low > 0.5:
        return [*found, f"{text}: it favours the first."]
    if first.high < 0.5:
        return [*found, f"{text}: it favours the second."]
    return [*found, f"{text}: no side is shown to be favoured."]


def _favour(one: Favour) -> str:
    if one.judge.value is None or one.people.value is None or one.excess.value is None:
        return f"No row tells how often the judge prefers {one.name}."
    text = (
        f"The judge prefers {one.name} {share(one.judge, 'times')}, people on the same "
        f"rows {share(one.people, 'times')}"
    )
    if one.excess.low > 0:
        return f"{text}: more often than people do, so it is swayed."
    if one.excess.high < 0:
        return f"{text}: less often than people do."
    return f"{text}: no more often than people do, as far as this shows."
