"""A trade-off between two evidences of one contract: what was given up since, and for what.

Whether both rest on the same people nobody knows, so that no correlation is assumed: each number
has its own interval, at a share of the error, and the differences hold whatever depends on what.
"""

from __future__ import annotations

from sextant.contracts.grammar.setting import Setting
from sextant.contracts.grammar.trading import Term, Tradeoff, parse_tradeoff
from sextant.contracts.looks import UNTOLD, Look
from sextant.contracts.model import Contract, Criterion
from sextant.contracts.partition import Partition
from sextant.contracts.problems import ContractError, Problem
from sextant.contracts.questions import Question, questions_of
from sextant.metrics.tally import Tally
from sextant.stats.estimate import Estimate, Level
from sextant.studies.tradeoffs.result import Weighed
from sextant.studies.tradeoffs.weighing import CONFIDENCE, Moving, Setup, weighed

METHOD = "both evidences at half the error each (Bonferroni)"


def contract_setting(contract: Contract) -> Setting:
    """As a contract reads its criteria."""
    data = contract.data
    roles = {"label": data.label, "score": data.score, "prediction": data.prediction,
             "unit": data.unit}  # fmt: skip
    return Setting(
        segments={one.name: one for one in data.segments},
        roles=frozenset(name for name, held in roles.items() if held),
        threshold=contract.threshold, costs=contract.costs, task=contract.task,
    )  # fmt: skip


def promised_for(text: str, contract: Contract) -> tuple[Tradeoff, tuple[Criterion, Criterion]]:
    """The trade-off and the promises that measure its two sides.

    A promise says which side of its number is the good one. Raises `ContractError` where one of
    them is not promised.
    """
    agreed = parse_tradeoff(text, contract_setting(contract))
    found = [_promise(one, contract) for one in (agreed.first, agreed.second)]
    known = ", ".join(dict.fromkeys(_named(one) for one in contract.criteria if _whole(one)))
    problems = [
        Problem(f"'{term.text}'", "The contract promises nothing about it over all rows.",
                f"It measures {known or 'nothing over all rows'}. Add a criterion, secondary"
                " where it should decide nothing.")
        for term, one in zip((agreed.first, agreed.second), found, strict=True) if one is None
    ]  # fmt: skip
    if problems:
        raise ContractError(problems)
    first, second = found
    assert first is not None
    assert second is not None
    return agreed, (first, second)


def weigh_evidences(
    text: str, contract: Contract, old: Tally, new: Tally, names: tuple[str, str], look: int = 1
) -> Weighed:
    """What the newer evidence gives up and gains against the older, weighed at what was agreed.

    Both tallies hold what `contract` asks. Raises `ContractError` with every problem of the text.
    """
    agreed, promises = promised_for(text, contract)
    asked = [[_question(one, contract, tally) for tally in (old, new)] for one in promises]
    moving = [_moving(one, pair) for one, pair in zip(promises, asked, strict=True)]
    level = Level(round(1 - CONFIDENCE, 12), None if look == 1 else UNTOLD)
    following = Level(level.alpha, UNTOLD)
    newest = [pair[1] for pair in asked]
    labels = any(one.by_labels for one in newest)
    base = min(one.labelled if one.by_labels else one.rows for one in newest)
    obstacle = next((one.obstacle for pair in asked for one in pair if one.obstacle), "")
    setup = Setup(level, following, base, None, obstacle)
    unit = "labelled rows in each" if labels else "rows in each"
    return weighed(agreed, contract, names, (moving[0], moving[1]), setup, unit)


def _whole(criterion: Criterion) -> bool:
    return criterion.scope.kind in ("all", "across") and criterion.quantity.kind != "contrast"


def _promise(term: Term, contract: Contract) -> Criterion | None:
    return next(
        (one for one in contract.criteria
         if _whole(one) and (one.quantity, one.scope) == (term.quantity, term.scope)),
        None,
    )  # fmt: skip


def _named(criterion: Criterion) -> str:
    """A promise without its bound: what a trade-off can name."""
    head, _, tail = criterion.text.partition(f" {criterion.op} ")
    _, across, segment = tail.partition(" across ")
    return f"{head}{across}{segment.partition(' with ')[0]}"


def _question(criterion: Criterion, contract: Contract, tally: Tally) -> Question:
    (found,) = questions_of(criterion, tally, Partition(contract, tally), Look())
    return found


def _moving(criterion: Criterion, pair: list[Question]) -> Moving:
    old, new = pair

    def at(level: Level, factor: float) -> Estimate:
        each = level.split(2)
        before, after = old.at(each, factor), new.at(each, factor)
        n = min(before.n, after.n)
        if before.value is None or after.value is None:
            return Estimate.undefined(before.reason or after.reason, n)
        value = after.value - before.value
        if not (before.assessable and after.assessable):
            return Estimate.unassessable(value, n, before.reason or after.reason)
        return Estimate(value, after.low - before.high, after.high - before.low, n, METHOD)

    return Moving(at, 1.0 if criterion.op == ">=" else -1.0)
