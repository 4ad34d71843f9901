"""Definitions of fairness in plain words, and each verdict as a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from sextant.contracts.evidence import Verdict
from sextant.contracts.model import Contract
from sextant.stats.estimate import Estimate
from sextant.studies.fairness.result import Grouped, Judged
from sextant.words.fairness.figures import TERMS
from sextant.words.nouns import listed, rows_noun
from sextant.words.numbers import about, declared, scale_for, span

EXPLAINED: Mapping[str, str] = {
    "demographic_parity_difference": "Every group is flagged equally often.",
    "demographic_parity_ratio": (
        "No group is flagged less than four fifths as often as the one flagged most."
    ),
    "equal_opportunity_difference": "Of {positive}, equally many are found in every group.",
    "false_positive_rate_difference": (
        "Of {negative}, equally many are wrongly flagged in every group."
    ),
    "equalized_odds_difference": (
        "Both errors fall on every group equally often: {positive} missed, {negative} wrongly "
        "flagged."
    ),
    "precision_difference": "A flag is right equally often in every group.",
    "accuracy_score_difference": "Decisions are right equally often in every group.",
    "calibration_difference": (
        "A score means the same in every group: on average it lies as far from what came true."
    ),
}


def explained(judged: Judged, contract: Contract) -> str:
    """What the definition asks for, with the contract's own nouns."""
    return EXPLAINED[judged.definition.name].format(
        positive=rows_noun(contract, "positive"), negative=rows_noun(contract, "negative")
    )


def definition_sentence(judged: Judged, grouped: Grouped) -> str:
    """`African-American and Other lie 30.1 points apart (21.6 to 38.0); at most 10 may be.`."""
    if judged.among is None or judged.among.value is None:
        return _sentence(judged, judged.estimate, judged.verdict, grouped)
    names = tuple(one.name for one in judged.definition.measures)
    small = [one.name for one in grouped.groups if one.too_small(names)]
    large = _sentence(judged, judged.among, judged.among_verdict, grouped, needs=False)
    rest = f"oo small to be judged: {listed(small, most=3)}."
    if judged.verdict == judged.among_verdict:
        return f"{large} T{rest}"
    return f"{large} That alone would be {judged.among_verdict}; t{rest}"


def _sentence(
    judged: Judged, estimate: Estimate, verdict: Verdict, grouped: Grouped, needs: bool = True
) -> str:
    if estimate.value is None or estimate.between is None:
        return f"Cannot be told: {estimate.reason or grouped.reason}."
    definition, bound = judged.definition, judged.bound.value
    first, second = estimate.between
    unit = "points" if definition.kind == "gap" else "ratio"
    scale = scale_for(unit, estimate.value, estimate.low, estimate.high, bound, definition.op)  # type: ignore[arg-type]
    edge = declared(unit).exact(bound)  # type: ignore[arg-type]
    ends = span(scale, estimate.low, estimate.high)
    if definition.kind == "gap":
        text = f"{first} and {second} lie {scale.full(estimate.value)} apart ({ends}); "
        text += f"at most {edge} may be."
    else:
        text = f"{first} against {second}: flagged {scale.full(estimate.value)} times as often "
        text += f"({ends}); at least {edge} is wanted."
    if verdict == "undecided" and needs:
        text += _open(judged)
    return text


def _open(judged: Judged) -> str:
    needed = judged.needed
    if needed is None:
        return ""
    if needed.rows is None:
        return f" Open: {needed.why}." if needed.why else ""
    return f" About {about(needed.rows)} further rows would decide, if all groups grow alike."


def reads(judged: Judged) -> str:
    """`true positive rate and false positive rate`."""
    return listed(TERMS[one.name] for one in judged.definition.measures)
