"""From states to verdicts: what decides, row by row, criterion by criterion."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sextant.contracts.evidence import CriterionResult, Needed, RowResult, Verdict
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract, Criterion
from sextant.contracts.partition import Partition
from sextant.contracts.questions import Question, questions_of
from sextant.metrics.facts import COUNTED
from sextant.metrics.tally import Tally
from sextant.stats.estimate import Estimate
from sextant.stats.needed import decided, factor_to_decide


def judge(contract: Contract, tally: Tally, look: Look) -> tuple[CriterionResult, ...]:
    """Every criterion with its rows and verdicts, at this look."""
    partition = Partition(contract, tally, look.folds)
    return tuple(
        judged(one, questions_of(one, tally, partition, look), look) for one in contract.criteria
    )


def overall(criteria: Sequence[CriterionResult]) -> Verdict:
    """A contract is missed when a primary or guardrail is, met when all are, else undecided."""
    verdicts = [one.verdict for one in criteria if one.criterion.role != "secondary"]
    if "missed" in verdicts:
        return "missed"
    return "met" if verdicts and all(v == "met" for v in verdicts) else "undecided"


def judged(criterion: Criterion, questions: Sequence[Question], look: Look) -> CriterionResult:
    """One criterion by its questions, whoever asks them."""
    rows = tuple(_row(criterion, question, look) for question in questions)
    compared = sum(1 for row in rows if row.estimate.assessable)
    proven = tuple(
        question.segment
        for question, row in zip(questions, rows, strict=True)
        if row.verdict == "missed" and _proven(criterion, question, look, compared)
    )
    if proven:
        verdict: Verdict = "missed"
    else:
        met = bool(rows) and all(row.verdict == "met" for row in rows)
        verdict = "met" if met else "undecided"
    sizes = tuple(size for question in questions for size in question.sizes().items())
    return CriterionResult(criterion, verdict, rows, proven, max(compared, 1), sizes)


def _proven(criterion: Criterion, question: Question, look: Look, compared: int) -> bool:
    """Holm's first step: the interval lies beyond the bound at alpha shared by all rows."""
    level = look.level(criterion, question.segment).split(compared)
    estimate = question.at(level, 1.0)
    return decided(estimate, criterion.bound, criterion.op) == "missed"


def _row(criterion: Criterion, question: Question, look: Look) -> RowResult:
    level = look.level(criterion, question.segment)
    estimate = look.stated(question.at(level, 1.0), level)
    verdict: Verdict = decided(estimate, criterion.bound, criterion.op) or "undecided"
    obstacle = question.obstacle or look.obstacle
    if obstacle and (verdict == "met" or look.obstacle):
        verdict = "undecided"
    needed = None
    if verdict == "undecided":
        needed = _needed(criterion, question, look, estimate, obstacle)
    return RowResult(
        criterion=criterion,
        segment=question.segment,
        estimate=estimate,
        confidence=criterion.confidence,
        verdict=verdict,
        rows=question.rows,
        labelled=question.labelled,
        needed=needed,
        obstacle=obstacle,
    )


def _needed(
    criterion: Criterion, question: Question, look: Look, estimate: Estimate, obstacle: str
) -> Needed:
    """How many further rows would decide at the next look, if the estimate stays as it is."""
    if obstacle:
        return Needed(why=obstacle)
    if estimate.value is None or (estimate.method == COUNTED and estimate.reason):
        return Needed(why=estimate.reason)
    following = look.following(criterion, question.segment, estimate.n)
    if following is None:
        return Needed(why=f"no look is left of the {look.locked} locked")
    base = question.labelled if question.by_labels else question.rows
    found = factor_to_decide(
        lambda factor: question.at(following, factor),
        criterion.bound,
        criterion.op,
        step=1 / base,
    )
    if found is None:
        return Needed(why="the estimate lies too close to the bound")
    factor, towards = found
    return Needed(rows=math.ceil((factor - 1) * base - 1e-6), towards=towards)
