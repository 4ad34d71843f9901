"""The answer to the whole contract as one sentence."""

from __future__ import annotations

from sextant.contracts.evidence import CriterionResult, Evidence
from sextant.contracts.file.draft import unwritten
from sextant.contracts.questions import rests_on_labels
from sextant.words.nouns import listed
from sextant.words.numbers import about, word


def headline(evidence: Evidence) -> str:
    """`Not ready to launch: one promise is missed, one needs about 390 more labels.`

    Criteria of role secondary inform and are not counted.
    """
    deciding = [c for c in evidence.criteria if c.criterion.role != "secondary"]
    if missing := unwritten(evidence.contract):
        return f"Only a draft. {missing}"
    missed = [c for c in deciding if c.verdict == "missed"]
    waiting = [c for c in deciding if c.verdict == "undecided"]
    if evidence.verdict == "met":
        return f"Ready to launch: {_all(len(deciding))} met."
    if not missed and not waiting:
        return "Not yet decided: no promise of this contract could be judged."
    start = "Not ready to launch" if evidence.verdict == "missed" else "Not yet decided"
    same = _common_reason(deciding, waiting)
    if same:
        return f"{start}: no promise can be judged ({same})."
    parts = [_missed(len(missed))] if missed else []
    parts += _waiting(waiting, subject_named=bool(missed))
    met = len(deciding) - len(missed) - len(waiting)
    if not missed and met:
        parts.append("the other is met" if met == 1 else f"the other {word(met)} are met")
    return f"{start}: {', '.join(parts)}."


def more_rows(result: CriterionResult) -> int | None:
    """Further rows that would decide all undecided groups; None where no number can be given.

    Groups of one split are disjoint, so their needs add up; a row counts in every split at once,
    so that over several splits the largest sum is taken.
    """
    sums: dict[tuple[str, ...], int] = {}
    for row in result.rows:
        if row.verdict != "undecided":
            continue
        if row.needed is None or row.needed.rows is None:
            return None
        grouping = tuple(name for name, _ in row.segment)
        sums[grouping] = sums.get(grouping, 0) + row.needed.rows
    return max(sums.values(), default=None)


def _all(count: int) -> str:
    few = {1: "the promise is", 2: "both promises are"}
    return few.get(count, f"all {word(count)} promises are")


def _missed(count: int) -> str:
    return "one promise is missed" if count == 1 else f"{word(count)} promises are missed"


def _waiting(waiting: list[CriterionResult], subject_named: bool) -> list[str]:
    """`one needs about 390 more labels`, `two cannot be judged yet`."""
    parts, uncounted, named = [], 0, subject_named
    needs: dict[str, list[int]] = {}
    groups: dict[str, int] = {}
    for result in waiting:
        more = more_rows(result)
        if more is None:
            uncounted += 1
        else:
            noun = "labels" if _labelled(result) else "rows"
            needs.setdefault(noun, []).append(more)
            groups[noun] = sum(row.verdict == "undecided" for row in result.rows)
    for noun, counts in needs.items():
        amounts = f"about {listed(map(about, counts))} more" if len(counts) < 3 else "more"
        verb = "needs" if len(counts) == 1 else "need"
        over = groups[noun] if len(counts) == 1 else 1
        where = f" over {word(over)} groups" if over > 1 else ""
        parts.append(f"{_count(len(counts), named)} {verb} {amounts} {noun}{where}")
        named = True
    if uncounted:
        parts.append(f"{_count(uncounted, named)} cannot be decided yet")
    return parts


def _count(count: int, subject_named: bool) -> str:
    noun = "" if subject_named else " promise" if count == 1 else " promises"
    return f"{word(count)}{noun}"


def _labelled(result: CriterionResult) -> bool:
    return rests_on_labels(result.criterion)


def _common_reason(deciding: list[CriterionResult], waiting: list[CriterionResult]) -> str:
    """The one reason why nothing at all could be judged, such as an empty table."""
    if len(waiting) < len(deciding):
        return ""
    reasons = {row.reason for result in waiting for row in result.rows}
    return reasons.pop() if len(reasons) == 1 else ""
