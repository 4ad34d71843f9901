"""What a user is shown by score: a decision, how often such decisions are wrong, who else can look.

How much is shown goes by how badly people can be hurt. A share is said as a natural frequency, as
people read those best (Gigerenzer & Hoffrage 1995); a share that rests on too few cases is not said
at all, for a number would claim to be known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sextant.contracts.model import Contract
from sextant.stats.estimate import Estimate
from sextant.studies.thresholds.result import Exploration
from sextant.studies.thresholds.routes import Routed, routes
from sextant.words.frequency import frequency, of
from sextant.words.numbers import span, whole
from sextant.words.thresholds.figures import counted, nouns, written

Risk = Literal["minimal", "limited", "high"]
RISKS: tuple[Risk, ...] = ("minimal", "limited", "high")
FEWEST = 30
"""Labelled cases of a route, below which no share of it is shown to anybody."""
POLICY: Mapping[Risk, str] = {
    "minimal": "The decision in words. No number is shown: being wrong costs little, and a number"
    " would ask for attention that it does not deserve.",
    "limited": "The decision in words, and how often such decisions are wrong as a count of cases.",
    "high": "The decision in words, how often such decisions are wrong with its limits and on how"
    " many cases that was seen, and how to reach a person.",
}
PERSON = "You can ask for a person to look at it."


@dataclass(frozen=True, slots=True)
class Shown:
    """One route: for whom (`when`), the words a user is shown, and what they rest on."""

    route: str
    when: str
    says: str
    rests_on: str


def preview(found: Exploration, risk: Risk, at: float | None = None) -> list[Shown]:
    """What is shown on each route of the fallback band, at this risk; without a band, of `at`."""
    return [_shown(one, found.contract, risk) for one in routes(found, at)]


def _shown(one: Routed, contract: Contract, risk: Risk) -> Shown:
    names = nouns(contract)
    when = _when(one)
    rests = f"{whole(round(one.positive.n))} labelled {names.rows}"
    if one.route == "ask":
        said = ["This is not decided automatically: a person looks at it."]
        if risk != "minimal":
            said.append(_open(one.positive, names.rows, names.positive))
        return Shown("ask a person", when, " ".join(filter(None, said)), rests)
    decision = f"Decided automatically: {'flagged' if one.route == 'flag' else 'not flagged'}."
    said = [decision, *([] if risk == "minimal" else [_error(one.wrong, names.rows, risk)])]
    if risk == "high":
        said.append(PERSON)
    route = "answer: flag" if one.route == "flag" else "answer: leave"
    return Shown(route, when, " ".join(said), rests)


def _when(one: Routed) -> str:
    if one.route == "leave":
        return f"scores below {written(one.high)}"
    if one.route == "flag":
        return f"scores from {written(one.low)} on"
    return f"scores from {written(one.low)} to below {written(one.high)}"


def _error(wrong: Estimate, rows: str, risk: Risk) -> str:
    """`Of 100 such decisions about 4 are wrong (3 to 5, seen on 12,345 people).`"""
    if wrong.value is None or wrong.n < FEWEST:
        return "How often such decisions are wrong is not known yet: too few were checked."
    if risk == "high":
        said = counted(wrong, "such decisions", "are wrong").removesuffix(")")
        return f"{said[0].upper()}{said[1:]}, seen on {whole(round(wrong.n))} {rows})."
    scale = frequency(wrong.value, wrong.low, wrong.high, float("-inf"), ">=")
    return f"Of {of(scale)} such decisions about {scale.bare(wrong.value)} are wrong."


def _open(positive: Estimate, rows: str, kind: str) -> str:
    """Why the score does not settle it."""
    if positive.value is None or positive.n < FEWEST:
        return ""
    scale = frequency(positive.value, positive.low, positive.high, float("-inf"), ">=")
    limits = span(scale, positive.low, positive.high)
    return (
        f"Of {of(scale)} {rows} with such scores about {scale.bare(positive.value)} are {kind} "
        f"({limits}), so the score alone does not settle it."
    )


def preview_record(found: Exploration, at: float | None = None) -> dict[str, object]:
    """Every risk's preview as plain JSON, with the policy in words; without a band, of `at`."""
    return {
        risk: {
            "policy": POLICY[risk],
            "routes": [
                {"route": one.route, "when": one.when, "says": one.says, "rests_on": one.rests_on}
                for one in preview(found, risk, at)
            ],
        }
        for risk in RISKS
    }
