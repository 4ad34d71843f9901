"""A probe as plain sentences: the answer, what more labels are worth, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sextant.stats.estimate import Estimate
from sextant.studies.probe.curve import Forecast
from sextant.studies.probe.result import Growth, Probe
from sextant.words.fitting import fitting
from sextant.words.nouns import capital, listed
from sextant.words.numbers import about, percent, whole
from sextant.words.probe.figures import MEASURES, MODELS, lead, number, plain_name, rows_of, worth
from sextant.words.probe.voice import COMMANDS, Voice
from sextant.words.quality.figures import in_so_many
from sextant.words.weak_segments import weak_sentence

POINT = 0.01
"""What is taken for much: one point, or of a mean error one hundredth of it."""
WIDE = 0.02
"""Numbers known to less than this are called rough."""


def headline(probe: Probe) -> str:
    """One sentence: does a model beat what is there without one, and is it enough?"""
    model, plain = probe.model, probe.plain
    assert model.lead is not None
    name = MEASURES[probe.main]
    without = ""
    if probe.leaks:
        given = listed([one.column for one in probe.leaks], most=3)
        without = f"without {given}, "
    gained = model.lead
    numbers = (
        f"{name} {number(probe.main, model.number(probe.main))} against"
        f" {number(probe.main, plain.number(probe.main))}"
    )
    if gained.value is None:
        text = f"{without}nothing can be said of a model: {gained.reason}."
    elif gained.low > 0:
        text = (
            f"{without}{MODELS[model.kind]} beats {plain_name(plain)} by"
            f" {lead(probe.main, gained)}: {numbers}."
        )
    elif gained.high < 0:
        text = f"{without}no model beats {plain_name(plain)}: {numbers}."
    else:
        text = f"{without}no model is shown to beat {plain_name(plain)}: {numbers}."
    return f"{capital(text)}{_enough(probe)}"


def _enough(probe: Probe) -> str:
    if not probe.required:
        return ""
    plain = plain_name(probe.plain)
    missed = [one.text for one in probe.required if one.verdict == "missed"]
    if missed:
        met = probe.verdict_without == "met"
        other = f" by the model, and met by {plain}" if met else ""
        return f" {capital(listed(missed))} would be missed{other}."
    open_ = [one.text for one in probe.required if one.verdict == "undecided"]
    if open_:
        return f" Whether the model would meet {listed(open_)} is undecided."
    match probe.verdict_without:
        case "met":
            return " What is required would be met, with a model and without one."
        case "missed":
            return " What is required would be met by the model alone."
        case _:
            return " What is required would be met by the model."


def sentences(probe: Probe, voice: Voice = COMMANDS) -> list[str]:
    """What every part says, the most important first."""
    return [
        *_leaks(probe, voice), *_measure(probe), *_required(probe), *_size(probe), *_more(probe),
        *_models(probe), *_fit(probe), *_noise(probe), *_weak(probe),
    ]  # fmt: skip


def _leaks(probe: Probe, voice: Voice) -> Iterator[str]:
    for one in probe.leaks:
        how = (
            f"alone ranks {in_so_many(one.estimate)} pairs rightly"
            if one.how == "alone"
            else f"is filled in {lead('accuracy', one.estimate)} more of one class than of the rest"
        )
        yield (
            f"{one.column} {how}: it may be known only afterwards, and was set aside. If it is"
            f" known when the answer is needed, {voice.keep.format(column=one.column)}."
        )
    if probe.kept:
        names = listed([one.column for one in probe.kept])
        yield f"{capital(names)} may give the answer away, and stayed because it was asked for."


def _measure(probe: Probe) -> Iterator[str]:
    if probe.main != "auc" or probe.asked.measure is not None:
        return
    counts = dict(probe.table.balance)
    most = max(counts, key=lambda one: counts[one])
    share = 100 * counts[most] / sum(counts.values())
    yield (
        f"{share:.0f} of 100 rows say {most}, so who always says it is seldom wrong and accuracy"
        f" tells little. Answers are compared by AUC: of so many of 100 pairs of one row each, the"
        f" {probe.positive} row is ranked before the other."
    )


def _required(probe: Probe) -> Iterator[str]:
    for one, plain in zip(probe.required, probe.without, strict=True):
        text = f"{one.text}: {one.verdict} by the model, {measured(one.text, one.estimate)}"
        if one.needed:
            text += f"; about {about(int(one.needed))} more labelled rows would decide it"
        yield (
            f"{text}. By {plain_name(probe.plain)} it is {plain.verdict}:"
            f" {measured(plain.text, plain.estimate)}."
        )
    if probe.required:
        yield (
            f"It is a forecast: models of {whole(probe.taught)} rows were judged on rows that did"
            f" not teach them; the model that is built must be judged itself.{_from(probe)}"
        )


def _from(probe: Probe) -> str:
    if probe.task != "binary":
        return ""
    return f" A model calls a row {probe.positive} from a chance of {probe.asked.threshold:g} on."


def measured(text: str, estimate: Estimate) -> str:
    """The number of a criterion, in the unit of what it names."""
    first = text.split(maxsplit=1)[0].partition("(")[0]
    return number(first if first in {"mae", "r2", "rmse"} else "accuracy", estimate)


def half_width(probe: Probe) -> float:
    """Half the interval of the better model's main number, as a share of it for an error."""
    one = probe.model.number(probe.main)
    if one.value is None:
        return float("inf")
    half = (one.high - one.low) / 2
    return half / one.value if probe.main == "mae" and one.value else half


def enough_rows(probe: Probe) -> int:
    """About so many tested rows give a number to within one point."""
    return int(probe.tested * (half_width(probe) / POINT) ** 2) + 1


def _size(probe: Probe) -> Iterator[str]:
    half = half_width(probe)
    if half <= WIDE:
        return
    if half == float("inf"):
        yield f"{capital(rows_of(probe))} are too few: no number has an interval."
        return
    unit = "%" if probe.main == "mae" else "points"
    yield (
        f"{capital(rows_of(probe))} are too few to tell close answers apart: the"
        f" {MEASURES[probe.main]} is known to within {100 * half:.1f} {unit} only; to within 1"
        f" takes about {about(enough_rows(probe))} tested rows."
    )


def growth_of(probe: Probe) -> Growth | None:
    """The better model's curve."""
    return next((one for one in probe.growth if one.kind == probe.model.kind), None)


def _more(probe: Probe) -> Iterator[str]:
    growth = growth_of(probe)
    if growth is None:
        yield (
            f"{capital(rows_of(probe))} are too few for a learning curve: what more labels are"
            " worth cannot be said."
        )
        return
    yield (
        f"{whole(growth.more)} more labels are worth {worth(probe.main, growth.asked)}"
        f"{_of(probe)} to {MODELS[growth.kind]} (a {percent(growth.asked.confidence)} band)"
        f"{_cost(probe, growth)}."
    )
    yield f"More data or a better model? {choice(probe, growth).says}"


def _of(probe: Probe) -> str:
    return "" if probe.main == "mae" else f" of {MEASURES[probe.main]}"


def _cost(probe: Probe, growth: Growth) -> str:
    if probe.asked.price is None:
        return ""
    return f" and cost {money(probe.asked.price * growth.more, probe.asked.currency)}"


def money(amount: float, currency: str) -> str:
    """`16,000 EUR`, `€16,000`."""
    digits = f"{amount:,.0f}" if amount >= 100 or amount == int(amount) else f"{amount:,.2f}"
    if len(currency) == 1 and not currency.isalpha():
        return f"{currency}{digits}"
    return f"{digits} {currency}".strip()


@dataclass(frozen=True, slots=True)
class Choice:
    """`more data`, `a better model`, or `open`; and the sentence."""

    what: str
    says: str


def choice(probe: Probe, growth: Growth) -> Choice:
    """What the next step should buy, by what twice the labels are worth."""
    doubled: Forecast = growth.futures[0]
    size = growth.curve.bound if probe.main == "mae" else 1.0
    much = POINT * size
    told = f"Twice the labels are worth {worth(probe.main, doubled)}"
    one = "1 % of the error" if probe.main == "mae" else "1 point"
    if doubled.high < much:
        return Choice(
            "a better model",
            f"{told}, less than {one}: better columns or a better model, not more rows like these.",
        )
    if doubled.low >= much:
        return Choice("more data", f"{told}, at least {one}: more data.")
    return Choice("open", f"{told}; whether that is more than {one} is open.")


def _models(probe: Probe) -> Iterator[str]:
    ahead = probe.ahead
    if ahead is None or ahead.value is None:
        return
    better = MODELS[probe.model.kind]
    other = "the strong model" if probe.model.kind == "simple" else "the simple model"
    if ahead.low > 0:
        yield f"{capital(better)} is ahead of {other} by {lead(probe.main, ahead)}."
    else:
        yield (
            f"{capital(better)} is not shown to be ahead of {other}:"
            f" {lead(probe.main, ahead)}. Take the simple one."
        )


def _fit(probe: Probe) -> Iterator[str]:
    if probe.fit is not None:
        yield from (one.says for one in fitting(probe.fit))


def _noise(probe: Probe) -> Iterator[str]:
    noise = probe.noise
    if noise is None:
        return
    text = (
        f"{capital(MODELS[probe.model.kind])} contradicts {in_so_many(noise.share)} labels with"
        " confidence. Wrong labels are among them, and right ones that are rare: look at some"
        " before you count them."
    )
    if noise.worst:
        label, said, rows = noise.worst[0]
        text += (
            f" Most often ({whole(rows)} rows) the label is {probe.classes[label]} and the model"
            f" is sure of {probe.classes[said]}."
        )
    yield text


def _weak(probe: Probe) -> Iterator[str]:
    if probe.weak is None:
        return
    if not probe.weak.weak:
        yield "No segment is shown in which the model errs more often than elsewhere."
        return
    yield from (weak_sentence(one, probe.weak) for one in probe.weak.weak[:3])
