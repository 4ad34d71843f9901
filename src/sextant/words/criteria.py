"""A criterion over its groups as a sentence: the joint verdict and the group that drives it."""

from __future__ import annotations

from sextant.contracts.evidence import CriterionResult, Evidence, RowResult
from sextant.contracts.model import Contract
from sextant.words.clause import plain_clause
from sextant.words.nouns import among, capital, group_name, is_plural, listed, subject
from sextant.words.numbers import whole, word
from sextant.words.promise import promise
from sextant.words.sentences import Audience, clause, sentence

NAMED = 3


def criterion_sentence(
    result: CriterionResult, record: Evidence | Contract, audience: Audience = "product"
) -> str:
    """The criterion's joint verdict in words; over several groups it names the worst of them."""
    contract = record.contract if isinstance(record, Evidence) else record
    if not result.rows:
        return f"It cannot be said yet whether {promise(result.criterion, contract)}: no row."
    if len(result.rows) == 1:
        return sentence(result.rows[0], record, audience)
    match result.verdict:
        case "met":
            return _met(result, contract, record, audience)
        case "missed":
            return _missed(result, record, audience)
        case _:
            return _undecided(result, contract, record, audience)


def groups(result: CriterionResult) -> str:
    """`all 5 groups of race`, `all 9 groups of sex and age`."""
    names = [" x ".join(grouping) for grouping in result.criterion.scope.groupings]
    of = f" of {listed(names)}" if names else ""
    count = "both groups" if len(result.rows) == 2 else f"all {len(result.rows):,} groups"
    return f"{count}{of}"


def worst(rows: tuple[RowResult, ...]) -> RowResult:
    """The row whose estimate lies furthest on the wrong side of its bound, or nearest to it."""
    return max(rows, key=_badness)


def _badness(row: RowResult) -> float:
    value = row.estimate.value
    if value is None or not row.estimate.assessable:
        return float("-inf")
    return row.criterion.bound - value if row.criterion.op == ">=" else value - row.criterion.bound


def proven(result: CriterionResult) -> list[RowResult]:
    """The rows that make the criterion missed."""
    rows = [row for row in result.rows if row.segment in result.proven_missed]
    return rows or [row for row in result.rows if row.verdict == "missed"]


def _met(
    result: CriterionResult, contract: Contract, record: Evidence | Contract, audience: Audience
) -> str:
    row = worst(result.rows)
    extreme = _extreme(row, contract)
    if audience == "technical":
        return f"Met in {groups(result)}, {extreme}: {sentence(row, record, audience)}"
    executive = audience == "executive"
    said = plain_clause(subject(row.criterion, contract, plain=executive), row.estimate)
    where = f"in {groups(result)}, {extreme} {among(row.segment, contract)}: {said.measured}"
    if executive:
        return f"The promise is kept {where}."
    return f"Met {where}{said.consequence}; {said.bound} was promised."


def _extreme(row: RowResult, contract: Contract) -> str:
    """`lowest` or `highest`, of what the sentence counts."""
    found = subject(row.criterion, contract)
    turned = found.counted and found.reading.failure
    return "lowest" if (row.criterion.op == ">=") != turned else "highest"


def _missed(result: CriterionResult, record: Evidence | Contract, audience: Audience) -> str:
    rows = proven(result)
    first = max(rows, key=_badness)
    said = sentence(first, record, audience)
    others = [group_name(row.segment) for row in rows if row is not first]
    if not others:
        return said
    return f"{said} Also missed: {listed(others, most=NAMED)}."


def _undecided(
    result: CriterionResult, contract: Contract, record: Evidence | Contract, audience: Audience
) -> str:
    below = [row for row in result.rows if row.verdict == "missed"]
    if below:
        return _not_proven(result, below, record, audience)
    rows = [row for row in result.rows if row.verdict == "undecided"]
    judged = [row for row in rows if row.estimate.assessable]
    first = max(judged, key=_badness) if judged else rows[0]
    said = sentence(first, record, audience)
    others = [group_name(row.segment) for row in rows if row is not first]
    if others:
        said = f"{said} Also undecided: {listed(others, most=NAMED)}."
    met = sum(row.verdict == "met" for row in result.rows)
    if met and audience != "executive":
        others_met = "group is" if met == 1 else f"{whole(met)} groups are"
        said = f"{said} The other {others_met} met."
    return said


def _not_proven(
    result: CriterionResult,
    below: list[RowResult],
    record: Evidence | Contract,
    audience: Audience,
) -> str:
    contract = record.contract if isinstance(record, Evidence) else record
    side = "below" if result.criterion.op == ">=" else "above"
    names = listed([group_name(row.segment) for row in below], most=NAMED)
    verb = "look" if len(below) > 1 or is_plural(names) else "looks"
    compared = max(result.compared, len(result.rows))
    head = f"{capital(names)} {verb} {side} the bound; not proven among {word(compared)} groups."
    first = max(below, key=_badness)
    if audience == "executive":
        return f"{head[:-1]}, so it is too early to say whether the promise is kept."
    if audience == "technical":
        return f"{head} {sentence(first, record, audience)}"
    said = clause(first, subject(first.criterion, contract))
    text = f"{head} {capital(said.measured)}; {said.bound} was promised."
    waiting = [row for row in result.rows if row.verdict == "undecided"]
    if waiting:
        text += f" Undecided: {listed([group_name(row.segment) for row in waiting], most=NAMED)}."
    return text
