"""What shows each promise: evidence and studies beside each other, and what nothing shows yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sextant.contracts.model import Contract
from sextant.reports.as_dict import metric_name

Promise = Mapping[str, Any]
PROBABILITIES = ("brier", "log_loss", "calibration_error", "calibration_in_the_large",
                 "calibration_slope")  # fmt: skip
DECIDED = ("accuracy", "recall", "precision", "specificity", "false_positive_rate",
           "false_negative_rate", "selection_rate", "f1", "fbeta", "balanced_accuracy",
           "cost")  # fmt: skip
JUDGED = ("success_rate", "pass_rate", "rate", "mean")


@dataclass(frozen=True, slots=True)
class Held:
    """A kept study as the matrix reads it; `asked` are the metrics that it has questions about."""

    kind: str
    title: str
    number: int
    verdict: str
    headline: str
    asked: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What one study says of a promise: a verdict of its own question, else that it speaks of it.

    `word` is empty where the study has no question about it; then `says` is its headline.
    """

    title: str
    number: int
    verdict: str
    word: str
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """A promise, the evidence's verdict on it (empty without evidence), the studies of it."""

    promise: Promise
    verdict: str
    figures: str
    shown: tuple[Shown, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing shows it yet."""
        return not self.verdict and not self.shown


def lines(promises: Sequence[Promise], studies: Sequence[Held]) -> list[Line]:
    """Each promise with the newest study of each kind that speaks of it."""
    return [_line(one, studies) for one in promises]


def promises_of(contract: Contract) -> list[dict[str, Any]]:
    """The promises of a contract that has no evidence yet, as its evidence would name them."""
    return [
        {"text": one.text, "promise": "", "role": one.role, "metric": metric_name(one.quantity),
         "in_groups": one.scope.kind == "every" or one.quantity.kind in ("gap", "ratio"),
         "verdict": "", "top": None}
        for one in contract.criteria
    ]  # fmt: skip


def measured_promises(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The promises of an evidence's record, with their verdicts and figures."""
    return [
        {**{name: one[name] for name in ("text", "promise", "role", "metric", "verdict", "top")},
         "in_groups": bool(one["rows"]) or one["top"]["between"] is not None}
        for one in record["criteria"]
    ]  # fmt: skip


def _line(promise: Promise, studies: Sequence[Held]) -> Line:
    newest: dict[str, Shown] = {}
    for study in studies:
        if study.kind not in newest and (found := _shown(promise, study)):
            newest[study.kind] = found
    top = promise["top"]
    figures = f"{top['value']} ({top['interval']}), n {top['n']}" if top and top["value"] else ""
    return Line(promise, promise["verdict"], figures, tuple(newest.values()))


def _shown(promise: Promise, study: Held) -> Shown | None:
    """What a study says of a promise; None where it does not speak of it."""
    if promise["metric"] in study.asked:
        verdict, word = study.asked[promise["metric"]]
        return Shown(study.title, study.number, verdict, word, study.headline)
    speaks = SPEAKS.get(study.kind)
    if speaks is None or not speaks(promise):
        return None
    return Shown(study.title, study.number, study.verdict, "", study.headline)


SPEAKS: Mapping[str, Callable[[Promise], bool]] = {
    "calibration": lambda one: one["metric"] in PROBABILITIES,
    "thresholds": lambda one: one["metric"] in DECIDED,
    "fairness": lambda one: bool(one["in_groups"]),
    "weak": lambda one: bool(one["in_groups"]),
    "judge": lambda one: one["metric"] in JUDGED,
}
"""Which promises a kind without questions of its own speaks of."""
