"""The best threshold, today's, and what each does, as sentences."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sextant.stats.estimate import Estimate
from sextant.studies.thresholds.best import Best
from sextant.studies.thresholds.limits import Kept
from sextant.studies.thresholds.result import Exploration
from sextant.words.nouns import capital, listed
from sextant.words.numbers import Scale, percent, span, whole
from sextant.words.thresholds.figures import (
    NAMES,
    counted,
    figure_of,
    money_unit,
    nouns,
    scale,
    written,
)


def one_sided(found: Exploration) -> str:
    """The confidence of a statement that errs on one side alone: `97.5 %`."""
    return percent(1 - found.setting.alpha / 2)


def headline(found: Exploration) -> str:
    """`Cut at 0.586 instead of 0.5: it saves 0.076 USD a decision (0.031 to 0.099).`"""
    today, best = found.setting.current, found.best
    if best is None:
        return f"There is no best threshold: {found.reason}."
    proposed = written(found.cuts.threshold(best.cut))
    if best.cut == found.today:
        return f"Today's threshold of {written(today)} costs the least on these rows."
    if best.gain.low > 0:
        return f"Cut at {proposed} instead of {written(today)}: it saves {_saved(best, found)}."
    if found.limits and not _allowed(found):
        costs = _amount(best.gain, found)
        return (
            f"Cut at {proposed}: today's {written(today)} is not shown to keep the limits. "
            f"A decision then costs {costs}."
        )
    most = _money(best.regret, found).full(best.regret.high)
    return (
        f"Today's threshold of {written(today)} cannot be told apart from the best: it costs at "
        f"most {most} more a decision."
    )


def sentences(found: Exploration) -> list[str]:
    """The range of the best cut, what it and today's do, what was assumed."""
    return [*_best(found), *_does(found), *_assumed(found)]


def limit_sentences(found: Exploration) -> list[str]:
    """Each limit: from where to where it is shown to be kept, and what today's cut does."""
    return [_limit(one, found) for one in found.limits]


def _best(found: Exploration) -> Iterator[str]:
    best = found.best
    if best is None:
        return
    first, last = (found.cuts.threshold(end) for end in best.ends)
    among = " of those that keep the limits" if found.limits else ""
    if best.ends[0] == best.ends[1]:
        yield f"No other threshold{among} may be the cheapest, with {one_sided(found)} confidence."
    else:
        yield (
            f"With {one_sided(found)} confidence the cheapest threshold{among} lies from "
            f"{written(first)} to {written(last)}: within it these rows cannot tell which is best."
        )
    cost = figure_of("cost", best.cost, found.setting)
    yield (
        f"At {written(found.cuts.threshold(best.cut))} a decision costs {cost.spoken}; the "
        "limits allow for its choice on the same rows."
    )
    if best.cut != found.today and best.regret.low > 0:
        drawn = _money(best.regret, found)
        size = drawn.full(best.regret.value or 0)
        yield (
            f"Staying at {written(found.setting.current)} costs {size} a decision more than the "
            f"best would ({span(drawn, best.regret.low, best.regret.high)})."
        )


def _does(found: Exploration) -> Iterator[str]:
    """What today's and the best threshold do to people."""
    shown = [(found.today, found.setting.current)]
    if found.best and found.best.cut != found.today:
        shown.append((found.best.cut, found.cuts.threshold(found.best.cut)))
    for cut, threshold in shown:
        yield f"At {written(threshold)} {listed(_parts(found, cut))}."
    setting = found.setting
    if setting.volume:
        for cut, threshold in shown:
            yield capital(_workload(found, cut, threshold, setting.volume))


def _parts(found: Exploration, cut: int) -> list[str]:
    names, bands = nouns(found.contract), found.bands
    told = [
        ("flagged", names.rows, "are flagged"),
        ("recall", names.positive, "are found"),
        ("precision", f"flagged {names.rows}", "are wrong"),
        ("friction", names.rows, "are flagged although they should not be"),
        ("false_positive_rate", names.negative, "are"),
    ]
    parts: list[str] = []
    for measure, noun, are in told:
        estimate = bands[measure].at(cut)
        if estimate.value is None:
            continue
        if measure == "precision":
            estimate = Estimate(
                1 - estimate.value, 1 - estimate.high, 1 - estimate.low, estimate.n, ""
            )
        if measure == "false_positive_rate" and parts:
            parts[-1] += f": {counted(estimate, noun, are)}"
        else:
            parts.append(counted(estimate, noun, are))
    return parts


def _workload(found: Exploration, cut: int, threshold: float, volume: float) -> str:
    flagged, wrong = (found.bands[one].at(cut) for one in ("flagged", "friction"))
    period = found.setting.period

    def number(one: Estimate) -> str:
        value, low, high = (whole(round(x * volume)) for x in (one.value or 0.0, one.low, one.high))
        return f"{value} ({low} to {high})"

    text = f"of {whole(volume)} decisions a {period} {number(flagged)} are flagged"
    if wrong.value is not None:
        text += f", {number(wrong)} of them unnecessarily"
    return f"at {written(threshold)}, {text}."


def _limit(one: Kept, found: Exploration) -> str:
    held = np.flatnonzero(one.kept)
    name, today = one.limit.text, written(found.setting.current)
    if not held.size:
        where = "is shown to be kept at no threshold"
        if one.broken.all():
            where = "is broken at every threshold"
    else:
        ends = [written(found.cuts.threshold(int(end))) for end in held[[0, -1]]]
        where = f"is shown to be kept from {ends[0]} to {ends[1]}"
    verdict = {"met": "keeps it", "missed": "breaks it", "undecided": "may or may not keep it"}
    measure = one.band.at(found.today)
    value = figure_of(one.limit.measure, measure, found.setting).spoken
    return (
        f"{name} {where}; today's {today} {verdict[one.verdict(found.today)]}, "
        f"with {NAMES[one.limit.measure]} {value}."
    )


def _assumed(found: Exploration) -> Iterator[str]:
    setting = found.setting
    if not setting.known:
        yield "No costs were given: a missed positive and a false alarm count one error each."
    if setting.prevalence is not None and found.cuts.labelled:
        own = found.cuts.positives / found.cuts.labelled
        yield (
            f"Computed for {percent(setting.prevalence)} positives; these rows have "
            f"{100 * own:.1f} %. It assumes that only their number changes: the scores of "
            "positives and of negatives stay distributed as here."
        )
    if not found.exact:
        here = written(found.cuts.threshold(found.today))
        yield (
            f"Scores beside {written(setting.current)} share a bin; today's threshold is counted "
            f"as {here}."
        )
    ends = found.cuts.low[0], found.cuts.high[-1]
    if not ends[0] < setting.current <= ends[1]:
        what = "everybody" if found.today == 0 else "nobody"
        yield (
            f"The scores lie from {ends[0]:.6g} to {ends[1]:.6g}: the threshold "
            f"{written(setting.current)} flags {what}."
        )
    if found.cuts.low.size == 1:
        yield "All rows have the same score: it can flag everybody or nobody."
    if found.best is not None and found.best.cut != found.today:
        yield "Confirm a new threshold on new rows: write it into the contract and check that."


def _allowed(found: Exploration) -> bool:
    return all(bool(one.kept[found.today]) for one in found.limits)


def _saved(best: Best, found: Exploration) -> str:
    drawn = _money(best.gain, found)
    limits = span(drawn, best.gain.low, best.gain.high)
    return f"{drawn.full(best.gain.value or 0)} a decision ({limits})"


def _amount(gain: Estimate, found: Exploration) -> str:
    """More or less by how much."""
    value = gain.value or 0.0
    more = Estimate(-value, -gain.high, -gain.low, gain.n, "")
    drawn = _money(more, found)
    word = "more" if value < 0 else "less"
    size = drawn.full(abs(value))
    return f"{size} {word} ({span(drawn, more.low, more.high)})"


def _money(estimate: Estimate, found: Exploration) -> Scale:
    return scale(estimate, money_unit(found.setting), found.setting.costs.currency)
