"""Who and what a sentence speaks of: the metric's reading, the groups, the cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sextant.contracts.model import Call, Contract, Criterion
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.metric import Metric, Reading
from sextant.words.numbers import Unit

Pairs = tuple[tuple[str, str], ...]
PLURALS = frozenset({"men", "women", "people", "children", "staff"})
SINGULARS = frozenset({"yes", "is", "was", "has", "always", "sometimes", "perhaps"})
CASES: Mapping[str, tuple[str, ...]] = {
    "rows": ("rows", "cases"),
    "positive": ("actual positives",),
    "negative": ("actual negatives",),
}
FLAGGED = "flagged cases"
PLAIN: Mapping[str, str] = {
    "f1": "the balance of finding cases and being right, from 0 to 1,",
    "fbeta": "the balance of finding cases and being right, from 0 to 1,",
    "class_f1": "the balance of finding {class} and being right about it, from 0 to 1,",
    "macro_recall": "the share of cases found, every class counting alike, from 0 to 1,",
    "macro_precision": "the share of answers that are right, every class counting alike, up to 1,",
    "macro_f1": "the balance of finding cases and being right, every class counting alike,",
    "weighted_f1": "the balance of finding cases and being right, over all classes,",
    "ndcg": "how near the first {k} are to the best order, from 0 to 1,",
    "map": "how early the right ones stand among the first {k}, from 0 to 1,",
    "mrr": "how early the first right one stands, from 0 (never) to 1 (at once),",
    "recall_at": "the share of what is right for a user that stands among the first {k}",
    "precision_at": "the share of the first {k} that is right for the user",
    "mae": "the average distance of a prediction from the truth",
    "rmse": "the typical distance of a prediction from the truth, large errors counting more,",
    "bias": "the average of what the predictions are too high by",
    "skill": "the share by which the predictions are nearer to the truth than {baseline}",
    "mape": "the average distance of a prediction from the truth, in per cent of it,",
    "r2": "the share of the differences between cases that the predictions explain, up to 1,",
    "quantile_loss": "the penalty of {column} as the value that a share of {q} stays below",
    "average_precision": "the share of right alarms, from the surest down, from 0 to 1,",
    "calibration_error": "the average distance of the scores from what came true",
    "calibration_in_the_large": "what came true more often than the scores said, as a share,",
    "calibration_slope": "how far the scores go with what happens (1 is right)",
    "log_loss": "the average surprise of the scores at what happened, from 0 (perfect) up,",
    "brier": "the distance of the scores from what happened, from 0 (perfect) to 1,",
}
COUNTED = {
    "balanced_accuracy": Reading(
        "balanced accuracy",
        "cases drawn equally from both kinds",
        "are decided rightly",
        "are decided wrongly",
    ),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A criterion's metric as prose: its nouns filled in, its unit, its contract."""

    criterion: Criterion
    contract: Contract
    metric: Metric
    reading: Reading

    @property
    def call(self) -> Call:
        return self.criterion.quantity.call

    @property
    def currency(self) -> str:
        costs = self.contract.costs
        return costs.currency if costs and self.metric.unit == "money" else ""

    @property
    def counted(self) -> bool:
        """Does it read as a natural frequency: so many of 100?"""
        share = self.metric.unit == "share" or self.metric.name in COUNTED
        return share and bool(self.reading.of and self.reading.are)

    @property
    def cut(self) -> str:
        """` at a cut-off of 0.7` where it is not the contract's own threshold."""
        threshold = dict(self.call.params).get("threshold")
        if threshold is None or threshold == self.contract.threshold:
            return ""
        return f" at a cut-off of {threshold:g}"


def subject(criterion: Criterion, contract: Contract, plain: bool = False) -> Subject:
    """Look the criterion's metric up and fill its reading from parameters and names.

    `plain` puts an explanation in the place of a technical noun.
    """
    call = criterion.quantity.call
    metric = CATALOGUE[call.metric]
    reading = COUNTED.get(metric.name, metric.reading)
    noun = PLAIN.get(metric.name, reading.noun) if plain else reading.noun
    filled = Reading(
        noun=fill(noun, call),
        of=cases(fill(reading.of, call), contract),
        are=fill(reading.are, call),
        otherwise=fill(reading.otherwise, call),
        failure=reading.failure,
    )
    return Subject(criterion, contract, metric, filled)


def fill(text: str, call: Call) -> str:
    """Replace `{column}`, `{q}` … by the parameters; a range open on one side reads so."""
    values = dict(call.params)
    if "{limits}" in text:
        text = text.replace("{limits}", _limits(values.get("at_least"), values.get("at_most")))
    if "{low}" in text and values.get("low") is None:
        text = text.replace("outside {low} to", "above").replace("within {low} to", "up to")
    if "{high}" in text and values.get("high") is None:
        text = text.replace("outside {low} to {high}", "below {low}")
        text = text.replace("within {low} to {high}", "at {low} or more")
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", written(value))
    return text


def _limits(low: object, high: object) -> str:
    """`at least 4`, `at most 20`, `3 to 5`."""
    if low is not None and high is not None:
        return f"{written(low)} to {written(high)}"
    return f"at least {written(low)}" if high is None else f"at most {written(high)}"


def written(value: object) -> str:
    """A parameter as prose: `0.95`, `latency_ms`, `a, b or c`."""
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, tuple | list):
        return listed([written(item) for item in value], "or")
    return str(value)


def rows_noun(contract: Contract, which: str = "rows") -> str:
    """The plural noun for all rows, the positive or the negative ones."""
    given: str = getattr(contract.names, which)
    return given or {"positive": "positive cases", "negative": "negative cases"}.get(which, "rows")


def cases(of: str, contract: Contract) -> str:
    """The contract's own noun where the reading speaks of rows, positives or negatives."""
    for which, known in CASES.items():
        if of in known and getattr(contract.names, which):
            return rows_noun(contract, which)
    if of == FLAGGED and contract.names.rows:
        return f"flagged {contract.names.rows}"
    return of


def unit_of(subject: Subject) -> Unit:
    """The unit the criterion's number is written in: points for a difference of shares."""
    match subject.criterion.quantity.kind:
        case "ratio":
            return "ratio"
        case "gap" | "contrast" if subject.metric.unit in ("share", "percent"):
            return "points"
        case _:
            return subject.metric.unit


def is_noun(segment: str, value: str, contract: Contract) -> bool:
    """Is this value a declared plural such as `women`, fit to stand in a sentence by itself?

    So is the name of what was folded, where its last word is one: `smaller groups`.
    """
    for declared in contract.data.segments:
        if declared.name == segment:
            labels = {label for _, label in declared.labels}
            if value == declared.fold and declared.min_rows:
                return is_plural(value.rpartition(" ")[2])
            return value in labels and is_plural(value.partition(" ")[0])
    return False


def is_plural(word: str) -> bool:
    """A lower-case plural noun, as far as its ending tells: `women`, `students`."""
    ends = word.endswith("s") and not word.endswith("ss") and word not in SINGULARS
    return word.isalpha() and word.islower() and (ends or word in PLURALS)


def among(segment: Pairs, contract: Contract) -> str:
    """Where it was measured: `among women`, `where race is White and age is 16–24`."""
    nouns = [value for name, value in segment if is_noun(name, value, contract)]
    rest = [f"{name} is {value}" for name, value in segment if value not in nouns]
    parts = [f"among {' and '.join(nouns)}"] if nouns else []
    parts += [f"where {' and '.join(rest)}"] if rest else []
    return " ".join(parts)


def group_name(segment: Pairs) -> str:
    """A group as a label in a list: `women`, `women, 16–24`; the whole table: `all rows`."""
    return ", ".join(value for _, value in segment) or "all rows"


def listed(items: Iterable[str], joint: str = "and", most: int = 0) -> str:
    """`a`, `a and b`, `a, b and c`; beyond `most`: `a, b and 7 more`."""
    found = list(items)
    if most and len(found) > most:
        return f"{', '.join(found[:most])} and {len(found) - most:,} more"
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {joint} {found[-1]}"


def capital(text: str) -> str:
    """The text with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]
